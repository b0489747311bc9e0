"""Footnotes of Word: a part of their own, with references to it in the text.

A paragraph has one note for all it rests on: place and quote of what is new, and "siehe auch Fn. 3"
for what an earlier note tells, by a field that Word renumbers when somebody adds a note before it.
Words that the paragraph itself quotes are not repeated in its note.
Source: ECMA-376 part 1, 17.11 (footnotes) and 17.16.5.41 (NOTEREF).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.begruendung.docx_styles import Styled
from assistant.begruendung.docx_text import one_line
from assistant.types import Citation

_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))
_AFTER_FOOTNOTE_SETTINGS = (
    *("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema"),
    *("w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats"),
    *("w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown"),
    *("w:smartTagType", "sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags"),
    *("w:decimalSymbol", "w:listSeparator"),
)


@dataclass(slots=True)
class Footnotes:
    """The notes of one document while it is written.

    Attributes:
        styled: the styles of note and reference.
        before: how many notes stand before ours in the text of the template.
    """

    document: Document
    styled: Styled
    before: int
    root: Any = field(init=False)
    _note_of: dict[int, int] = field(default_factory=dict)
    _runs: dict[int, Run] = field(default_factory=dict)
    _marks: dict[int, str] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        """Takes over the notes of the text that stands already."""
        self.root = _taken_over(self.document)

    def refer(self, paragraph: Paragraph, citations: Sequence[Citation]) -> None:
        """Adds one note for all citations of a paragraph at its end; new ones go first."""
        if not citations:
            return
        run = paragraph.add_run()
        run.style = self.styled.reference
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), self._add(citations, run, paragraph.text))
        run._r.append(mark)

    def _add(self, citations: Sequence[Citation], run: Run, text: str) -> str:
        ident = str(max((int(n.get(qn("w:id"))) for n in self.root), default=0) + 1)
        self._count += 1
        paragraph = self._new_note(ident)
        new = [c for c in citations if c.number not in self._note_of]
        known = sorted({self._note_of[c.number] for c in citations if c not in new})
        self._runs[self._count] = run
        self._note_of |= {c.number: self._count for c in new}
        said = f" {'; '.join(_said(new, text))}" if new else ""
        paragraph.add_run(said)
        for place, note in enumerate(known):
            first = "; siehe auch Fn. " if new else " Wie Fn. "
            last = place == len(known) - 1
            paragraph.add_run(first if not place else " und " if last else ", ")
            field_ = simple_field(f"NOTEREF {self._mark(note)} \\h", str(self.before + note))
            paragraph._p.append(field_)
        if known or not said.endswith((".“", "!“", "?“")):
            paragraph.add_run(".")
        return ident

    def _new_note(self, ident: str) -> Paragraph:
        note = OxmlElement("w:footnote", attrs={qn("w:id"): ident})
        element = OxmlElement("w:p")
        note.append(element)
        self.root.append(note)
        paragraph = Paragraph(element, self.document)
        paragraph.style = self.styled.note
        number = paragraph.add_run()
        number.style = self.styled.reference
        number._r.append(OxmlElement("w:footnoteRef"))
        return paragraph

    def _mark(self, note: int) -> str:
        """The bookmark around the reference to one of our notes."""
        if note not in self._marks:
            run = self._runs[note]._r
            body = self.document.element.body
            there = list(body.iter(qn("w:bookmarkStart")))
            ident = str(max((int(mark.get(qn("w:id"))) for mark in there), default=-1) + 1)
            bookmark = f"_Beleg{note}"
            # An earlier draft may serve as the template of this one.
            while any(mark.get(qn("w:name")) == bookmark for mark in there):
                bookmark += "n"
            start = OxmlElement("w:bookmarkStart")
            start.set(qn("w:id"), ident)
            start.set(qn("w:name"), bookmark)
            run.addprevious(start)
            run.addnext(OxmlElement("w:bookmarkEnd", attrs={qn("w:id"): ident}))
            self._marks[note] = bookmark
        return self._marks[note]

    def close(self) -> None:
        """Puts the notes into the package, with what the settings must say of them."""
        part = self.document.part
        known = next(
            (r for r in part.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES), None
        )
        name = known.target_part.partname if known else PackURI("/word/footnotes.xml")
        notes = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self.root, part.package)
        if known:
            for rel in known.target_part.rels.values():
                notes.load_rel(rel.reltype, rel.target_part, rel.rId)
            del part.rels[known.rId]
        part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        self._settle()

    def _settle(self) -> None:
        # A template's own numbering (letters, anew on each page) would belie "wie Fn. 3".
        for section in self.document.element.body.iter(qn("w:sectPr")):
            for own in section.findall(qn("w:footnotePr")):
                section.remove(own)
        settings = self.document.settings.element
        for own in settings.findall(qn("w:footnotePr")):
            settings.remove(own)
        told = OxmlElement("w:footnotePr")
        for note in self.root:
            if note.get(qn("w:type"), "normal") != "normal":
                told.append(OxmlElement("w:footnote", attrs={qn("w:id"): note.get(qn("w:id"))}))
        settings.insert_element_before(told, *_AFTER_FOOTNOTE_SETTINGS)


def _said(citations: Sequence[Citation], text: str) -> Iterator[str]:
    """Place and quote of each; of several from one paper, its name stands with the first."""
    for _, of_one in groupby(citations, key=lambda citation: citation.document_id):
        cited = list(of_one)
        places = [one_line(citation.fundstelle) for citation in cited]
        name = begin_alike(places)
        told = []
        for citation, place in zip(cited, places, strict=True):
            quote = one_line(citation.quote)
            shown = place.removeprefix(name)
            told.append(shown if quote in one_line(text) else f"{shown}: „{quote}“")
        first, *others = dict.fromkeys(told)
        yield name + first
        yield from (f"ebd., {one}" if name else one for one in others)


def begin_alike(places: Sequence[str]) -> str:
    """What all places begin with, in whole parts between commas."""
    parts = [place.split(", ") for place in places]
    alike = 0
    for column in zip(*(one[:-1] for one in parts), strict=False):
        if len(set(column)) > 1:
            break
        alike += 1
    return "".join(f"{part}, " for part in parts[0][:alike])


def simple_field(instruction: str, shown: str) -> Any:
    """A field whose instruction is ours, with what it shows until it is brought up to date."""
    made = OxmlElement("w:fldSimple", attrs={qn("w:instr"): f" {instruction} "})
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    made.append(run)
    return made


def _taken_over(document: Document) -> Any:
    """The notes that the text refers to, with the lines that part notes from text."""
    used = {mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))}
    parts = [
        rel.target_part
        for rel in document.part.rels.values()
        if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    ]
    root = parse_xml(parts[0].blob if parts else f"<w:footnotes {nsdecls('w', 'r')}/>")
    for note in list(root):
        if note.get(qn("w:type"), "normal") == "normal" and note.get(qn("w:id")) not in used:
            root.remove(note)
    for kind, ident in reversed(_SEPARATORS):
        if not any(note.get(qn("w:type")) == kind for note in root):
            taken = [int(note.get(qn("w:id"))) for note in root]
            free = str(min(taken) - 1) if int(ident) in taken else ident
            root.insert(0, _line(kind, free))
    return root


def _line(kind: str, ident: str) -> Any:
    return parse_xml(
        f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{ident}"><w:p><w:pPr><w:spacing '
        f'w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
    )
