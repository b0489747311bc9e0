"""A draft as a DOCX: footnotes, marked origins, open points, Mitzeichnung and the list of sources.

Whoever opens the file sees without colours what a machine put together, what the person who drafts
said, and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.begruendung.docx_fields import values_of
from assistant.begruendung.docx_file import package_bytes, write_new
from assistant.begruendung.docx_notes import Footnotes, begin_alike, simple_field
from assistant.begruendung.docx_styles import LANGUAGE, Styled, settle_styles
from assistant.begruendung.docx_tables import Column, add_table, text_width
from assistant.begruendung.docx_template import Frame, open_frame
from assistant.begruendung.docx_text import listed, one_line, pieces, printable
from assistant.begruendung.mitzeichnung import stellen
from assistant.begruendung.types import Absatz, Entwurf, Herkunft
from assistant.hausregeln import Hausregeln
from assistant.types import Citation
from index.types import Schutzstufe

NO_TITLE = "Entwurf ohne Titel"
_LONGEST_PROPERTY = 255
_ID_SHOWN = 12
_MARKS = {Herkunft.ABGELEITET: "(abgeleitet)", Herkunft.EIGEN: "(Angabe der Bearbeitung)"}
_MITZEICHNUNG = (
    Column("Stelle", 0.38),
    Column("Name", 0.22),
    Column("Datum", 0.15),
    Column("Vermerk", 0.25),
)
_OFFEN = (Column("Nr.", 0.08), Column("Offene Angabe", 0.62), Column("Erledigt (Datum, Name)", 0.3))
_ENTSTEHUNG = (Column("Angabe", 0.3), Column("Wert", 0.7))
_QUELLEN = (
    Column("Nr.", 0.08),
    Column("Stelle", 0.27),
    Column("Zitat", 0.65),
)


def write_docx(
    entwurf: Entwurf, rules: Hausregeln, path: Path, *, template: Path | None = None
) -> None:
    """Writes a draft as a DOCX of that name.

    Args:
        entwurf: whether it may leave the house at all is for the caller to say; a closed one names
            its Schutzstufe at the top.
        rules: of its Mandant: the name above each page, who has to sign.
        path: a file that is not there yet.
        template: see `docx_bytes`.

    Raises:
        InputInvalid: there is a file of that name, or it cannot be written.
        SettingsInvalid: the template cannot be used.
    """
    write_new(path, docx_bytes(entwurf, rules, template=template))


def docx_bytes(entwurf: Entwurf, rules: Hausregeln, *, template: Path | None = None) -> bytes:
    """A draft as the bytes of a DOCX; the same draft, rules and template give the same bytes.

    Args:
        entwurf: every citation that a paragraph names must be there.
        rules: of its Mandant.
        template: a Mandant's DOCX. Its styles, page set-up, header and footer are used; its text
            is kept where one paragraph of it is "{{entwurf}}", which the draft then replaces; its
            other fields are those of `values_of`.

    Raises:
        SettingsInvalid: the template cannot be used.
        ValueError: a carried paragraph names no citation, or one that is not there.
    """
    _check(entwurf)
    frame = open_frame(template, values_of(entwurf, rules))
    styled = settle_styles(frame.document, is_own=frame.is_own)
    _describe(frame.document, entwurf)
    _head_and_foot(frame, rules.name or entwurf.mandant)
    _Writer(frame, styled, entwurf, rules).write()
    return package_bytes(frame.document)


def _check(entwurf: Entwurf) -> None:
    known = {citation.number for citation in entwurf.citations}
    for section in entwurf.abschnitte:
        for absatz in section.absaetze:
            if not known.issuperset(absatz.citations):
                raise ValueError("a paragraph names a citation that the draft does not have")
            if absatz.herkunft is Herkunft.BELEGT and not absatz.citations:
                raise ValueError("a carried paragraph names no citation")


def _describe(document: Document, entwurf: Entwurf) -> None:
    about = document.core_properties
    day = datetime.combine(entwurf.tag, time(), UTC)
    about.title = one_line(entwurf.titel)[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = one_line(entwurf.bearbeitung)[:_LONGEST_PROPERTY]
    about.language = LANGUAGE
    about.created = about.modified = day
    about.revision = 1
    about.comments = "Entwurf, maschinell zusammengestellt; ungeprüft."
    about.subject = about.keywords = about.category = about.content_status = ""


def _head_and_foot(frame: Frame, mandant: str) -> None:
    """A header and a footer, each where the template has none of its own."""
    sections = list(frame.document.sections)
    if all(section.header.is_linked_to_previous for section in sections):
        sections[0].header.paragraphs[0].add_run(one_line(mandant))
    if all(section.footer.is_linked_to_previous for section in sections):
        paragraph = sections[0].footer.paragraphs[0]
        paragraph.add_run("Seite ")
        paragraph._p.append(simple_field("PAGE", "1"))
        paragraph.add_run(" von ")
        paragraph._p.append(simple_field("NUMPAGES", "1"))


@dataclass(slots=True)
class _Writer:
    frame: Frame
    styled: Styled
    entwurf: Entwurf
    rules: Hausregeln

    def write(self) -> None:
        """Writes at the end of the body, and moves all but the annex to where the marker is."""
        body = self.frame.document.element.body
        there = set(body)
        notes = Footnotes(self.frame.document, self.styled, self._notes_before())
        self._head()
        self._sections(notes)
        self._open_points()
        self._mitzeichnung()
        if self.frame.marker is not None:
            _put_in_place([e for e in body if e not in there], self.frame.marker)
        self._quellenblatt()
        notes.close()

    def _head(self) -> None:
        entwurf = self.entwurf
        by = (
            f"Sprachmodell: {entwurf.generator_id}" if entwurf.generator_id else "Ohne Sprachmodell"
        )
        self._paragraph(
            f"Entwurf, maschinell zusammengestellt am {entwurf.tag:%d.%m.%Y} aus den unten "
            f"genannten Quellen; ungeprüft. {by}.",
            self.styled.label,
        )
        if entwurf.schutz is not Schutzstufe.OEFFENTLICH:
            self._paragraph(
                "Schutzstufe: nichtöffentlich. Nicht in öffentliche Unterlagen übernehmen.",
                self.styled.schutz,
            )
        if not self.frame.has_title:
            title = entwurf.titel if one_line(entwurf.titel) else NO_TITLE
            self._paragraph(title, self.styled.title)

    def _sections(self, notes: Footnotes) -> None:
        citations = {citation.number: citation for citation in self.entwurf.citations}
        for section in self.entwurf.abschnitte:
            self._paragraph(section.abschnitt.titel, self.styled.heading)
            for absatz in section.absaetze:
                if text := printable(absatz.text):
                    carried = [citations[number] for number in dict.fromkeys(absatz.citations)]
                    self._absatz(text, absatz, notes, carried)

    def _absatz(
        self, text: str, absatz: Absatz, notes: Footnotes, carried: Sequence[Citation]
    ) -> None:
        is_placeholder = absatz.herkunft is Herkunft.PLATZHALTER
        lead, points = listed(text) if self.styled.item is not None else (text, ())
        stretches = [(lead, self.styled.text)] if lead else []
        stretches += [(point, self.styled.item or self.styled.text) for point in points]
        for words, style in stretches:
            paragraph = self._piecewise(words, style, is_placeholder=is_placeholder)
        if mark := _MARKS.get(absatz.herkunft):
            paragraph.add_run(" ")
            paragraph.add_run(mark).style = self.styled.origin
        notes.refer(paragraph, carried)

    def _piecewise(self, text: str, style: ParagraphStyle, *, is_placeholder: bool) -> Paragraph:
        """A paragraph with its placeholders marked."""
        paragraph = self.frame.document.add_paragraph(style=style)
        for piece in pieces(text, is_placeholder=is_placeholder):
            run = paragraph.add_run(piece.text)
            if piece.is_open:
                run.bold = True
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return paragraph

    def _open_points(self) -> None:
        self._paragraph("Offene Punkte", self.styled.heading)
        offen = self.entwurf.offen
        if not offen:
            self._paragraph("Im Entwurf ist kein Platzhalter offen.", self.styled.text)
            return
        told = "Diese Angaben fehlen im Entwurf oder sind zu prüfen."
        self._paragraph(told, self.styled.text).paragraph_format.keep_with_next = True
        rows = [(str(number), point, "") for number, point in enumerate(offen, start=1)]
        self._table("Offene Punkte des Entwurfs", _OFFEN, rows)

    def _mitzeichnung(self) -> None:
        self._paragraph("Mitzeichnung", self.styled.heading)
        rows = [(stelle, "", "", "") for stelle in stellen(self.rules)]
        if not rows:
            self._paragraph(
                "Die Hausregeln nennen keine Stelle, die mitzeichnet.", self.styled.text
            )
            return
        self._table("Mitzeichnung", _MITZEICHNUNG, rows)
        self._below_a_table("Noch hat niemand mitgezeichnet.")

    def _quellenblatt(self) -> None:
        entwurf = self.entwurf
        heading = self._paragraph("Quellenblatt", self.styled.heading)
        heading.paragraph_format.page_break_before = True
        made_so = self._paragraph("So ist der Entwurf entstanden.", self.styled.text)
        made_so.paragraph_format.keep_with_next = True
        made = (
            ("Tag", f"{entwurf.tag:%d.%m.%Y}"),
            ("Bearbeitung", one_line(entwurf.bearbeitung) or "nicht angegeben"),
            ("Indexgeneration", str(entwurf.index_generation)),
            ("Sprachmodell", entwurf.generator_id or "ohne Sprachmodell"),
        )
        self._table("Entstehung des Entwurfs", _ENTSTEHUNG, made)
        if not entwurf.citations:
            self._below_a_table("Der Entwurf zitiert keine Quelle.")
            return
        self._below_a_table("Jedes Zitat ist aus seiner Quelle ausgeschnitten.")
        for ident in dict.fromkeys(c.document_id for c in entwurf.citations):
            self._source([c for c in entwurf.citations if c.document_id == ident])
        self._below_a_table(
            f"„Dokument“ nennt die ersten {_ID_SHOWN} Zeichen der Prüfsumme (SHA-256) der Datei."
        )

    def _source(self, cited: Sequence[Citation]) -> None:
        """One paper with every place of it that the draft rests on."""
        places = [one_line(citation.fundstelle) for citation in cited]
        name = begin_alike(places)
        said = name.removesuffix(", ") or places[0]
        ident = cited[0].document_id[:_ID_SHOWN]
        self._paragraph(f"{said} (Dokument {ident})", self.styled.subheading)
        rows = [
            (str(c.number), place.removeprefix(name), f"„{one_line(c.quote)}“")
            for c, place in zip(cited, places, strict=True)
        ]
        self._table(f"Zitate aus: {said}", _QUELLEN, rows)

    def _paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        return self.frame.document.add_paragraph(one_line(text), style=style)

    def _below_a_table(self, text: str) -> None:
        self._paragraph(text, self.styled.text).paragraph_format.space_before = Pt(8)

    def _table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        document = self.frame.document
        section = Section(self.frame.section, document.part)
        add_table(document, self.styled, text_width(section), name, columns, list(rows))

    def _notes_before(self) -> int:
        """Notes of the template's text that stand before the draft, as Word counts them."""
        marker = self.frame.marker
        earlier = [] if marker is None else marker.itersiblings(preceding=True)
        mark, own = qn("w:footnoteReference"), qn("w:customMarkFollows")
        return sum(m.get(own) is None for element in earlier for m in element.iter(mark))


def _put_in_place(written: Sequence[Any], marker: Any) -> None:
    """Moves what was written to where the marker is, and takes the marker away.

    Word keeps the end of a section in its last paragraph, which the marker may have been; the last
    element written is a paragraph.
    """
    for element in written:
        marker.addprevious(element)
    ends = marker.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if ends is not None:
        written[-1].get_or_add_pPr().append(ends)
    marker.getparent().remove(marker)
