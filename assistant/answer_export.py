"""One answer as a DOCX or PDF: question, sentences with labels, footnotes with quotes, its Stand.

What a machine made says so at the top, and each quote was cut from its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from docx.document import Document
from docx.section import Section
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.begruendung.docx_file import package_bytes
from assistant.begruendung.docx_notes import Footnotes, simple_field
from assistant.begruendung.docx_styles import LANGUAGE, Styled, settle_styles
from assistant.begruendung.docx_tables import Column, add_table, text_width
from assistant.begruendung.docx_template import Frame, open_frame
from assistant.begruendung.docx_text import one_line
from assistant.begruendung.exporting import as_pdf
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation

TITLE = "Antwort aus den Akten"
MADE_BY_MODEL = (
    "KI-Hinweis: Diese Antwort ist maschinell erstellt. Ein Sprachmodell ({name}) hat die Sätze "
    "aus den Belegen gebildet; jeder wurde gegen den Wortlaut geprüft. Maßgeblich ist der Wortlaut "
    "der Akten."
)
MADE_BY_RULES = (
    "Hinweis: Diese Antwort ist maschinell erstellt, ohne Sprachmodell, aus den Kopfdaten und dem "
    "Wortlaut der Akten. Maßgeblich ist der Wortlaut der Akten."
)
_LONGEST_PROPERTY = 255
_SOURCES = (Column("Nr.", 0.08), Column("Fundstelle", 0.37), Column("Wortlaut", 0.55))
_STAND = (Column("Angabe", 0.35), Column("Wert", 0.65))
_AIR = 3
_LONG_CELL = 30
_WIDEST = 6
"""Columns of a table on an upright page; those that no row fills are left out first."""


def answer_docx(question: str, answer: Answer, mandant: str, day: date) -> bytes:
    """An answer as the bytes of a DOCX; the same answer and day give the same bytes."""
    frame = open_frame(None)
    styled = settle_styles(frame.document, is_own=True)
    _describe(frame.document, question, day)
    _head_and_foot(frame.document, mandant)
    _Writer(frame, styled, question, answer, day).write()
    return package_bytes(frame.document)


def answer_pdf(question: str, answer: Answer, mandant: str, day: date) -> bytes:
    """The same as a PDF.

    Raises:
        InputInvalid: there is no LibreOffice here, or it fails.
    """
    return as_pdf(answer_docx(question, answer, mandant, day))


def _describe(document: Document, question: str, day: date) -> None:
    about = document.core_properties
    about.title = one_line(f"{TITLE}: {question}")[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = "Aktenkundig"
    about.language = LANGUAGE
    about.created = about.modified = datetime.combine(day, time(), UTC)
    about.revision = 1
    about.comments = "Maschinell erstellt. Maßgeblich ist der Wortlaut der Akten."
    about.subject = about.keywords = about.category = about.content_status = ""


def _head_and_foot(document: Document, mandant: str) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].add_run(f"Aktenkundig, Mandant {one_line(mandant)}")
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("Seite ")
    paragraph._p.append(simple_field("PAGE", "1"))
    paragraph.add_run(" von ")
    paragraph._p.append(simple_field("NUMPAGES", "1"))


def _columns(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Columns as wide as what they hold asks for, within reason."""
    longest = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    wanted = [
        max(len(title) + _AIR, min(length, _LONG_CELL))
        for title, length in zip(titles, longest, strict=True)
    ]
    return [Column(title, n / sum(wanted)) for title, n in zip(titles, wanted, strict=True)]


@dataclass(slots=True)
class _Writer:
    frame: Frame
    styled: Styled
    question: str
    answer: Answer
    day: date

    def write(self) -> None:
        notes = Footnotes(self.frame.document, self.styled, 0)
        self._say(TITLE, self.styled.title)
        model = self.answer.generator_id
        self._say(MADE_BY_MODEL.format(name=model) if model else MADE_BY_RULES, self.styled.label)
        self._say("Frage", self.styled.heading)
        self._say(self.question, self.styled.text)
        if self.answer.status is AnswerStatus.ANSWERED and self.answer.claims:
            self._claims(notes)
        else:
            self._silence()
        for note in self.answer.notes:
            self._say(f"Hinweis: {note}", self.styled.text)
        if self.answer.table:
            self._list(self.answer.table)
        self._sources("Belege", self.answer.citations)
        if not self.answer.citations:
            self._sources("Nächste Fundstellen, sie tragen die Antwort nicht", self.answer.nearest)
        self._stand()
        notes.close()

    def _claims(self, notes: Footnotes) -> None:
        known = {citation.number: citation for citation in self.answer.citations}
        self._say("Antwort", self.styled.heading)
        for claim in self.answer.claims:
            paragraph = self._say(claim.text, self.styled.text)
            paragraph.add_run(" ")
            paragraph.add_run(f"({claim.label.value})").style = self.styled.origin
            for problem in claim.problems:
                paragraph.add_run(f" {one_line(problem)}").style = self.styled.origin
            notes.refer(paragraph, [known[number] for number in claim.citations])

    def _silence(self) -> None:
        is_asking = self.answer.status is AnswerStatus.CLARIFY
        self._say("Rückfrage" if is_asking else "Nicht belegt", self.styled.heading)
        self._say(self.answer.text, self.styled.text)
        because = self.answer.abstained_because
        if because and because not in self.answer.text:
            self._say(because, self.styled.text)

    def _list(self, table: AnswerTable) -> None:
        filled = [n for n, _ in enumerate(table.columns) if any(row[n] for row in table.rows)]
        kept = filled[:_WIDEST]
        if not kept:
            return
        self._say("Tabelle", self.styled.heading)
        columns = [Column(table.columns[n], 1 / len(kept)) for n in kept]
        self._table(
            "Die Antwort als Tabelle", columns, [[row[n] for n in kept] for row in table.rows]
        )
        if left := [table.columns[n] for n in filled[_WIDEST:]]:
            told = f"Nicht abgedruckt, in der CSV-Datei enthalten: {', '.join(left)}."
            self._below_a_table(told)

    def _sources(self, heading: str, citations: Sequence[Citation]) -> None:
        if not citations:
            return
        self._say(heading, self.styled.heading)
        self._table(
            heading,
            _SOURCES,
            [(str(c.number), one_line(c.fundstelle), f"„{one_line(c.quote)}“") for c in citations],
        )
        self._below_a_table("Jedes Zitat ist aus seiner Quelle ausgeschnitten.")

    def _stand(self) -> None:
        self._say("Stand", self.styled.heading)
        rows = (
            ("Tag der Ausgabe", f"{self.day:%d.%m.%Y}"),
            ("Indexgeneration", str(self.answer.index_generation)),
            ("Sprachmodell", self.answer.generator_id or "ohne Sprachmodell"),
        )
        self._table("Womit geantwortet wurde", _STAND, rows)

    def _say(self, text: str, style: ParagraphStyle) -> Paragraph:
        return self.frame.document.add_paragraph(one_line(text), style=style)

    def _below_a_table(self, text: str) -> None:
        self._say(text, self.styled.text).paragraph_format.space_before = Pt(8)

    def _table(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        document = self.frame.document
        width = text_width(Section(self.frame.section, document.part))
        add_table(document, self.styled, width, name, columns, rows)
