"""Footnotes of Word: a part of their own, with references to it in the text.

Word has no footnote for two places, so a citation that is given again gets a note of its own; it
says "wie Fn. 3" by a field that Word renumbers when somebody adds a footnote before it.
Source: ECMA-376 part 1, 17.11 (footnotes) and 17.16.5.41 (NOTEREF).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    _first: dict[int, Run] = field(default_factory=dict)
    _marks: dict[int, tuple[str, str]] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        """Takes over the notes of the text that stands already."""
        self.root = _taken_over(self.document)

    def refer(self, paragraph: Paragraph, citations: Sequence[Citation]) -> None:
        """Adds a note for each citation at the end of a paragraph, commas between their marks."""
        for place, citation in enumerate(citations):
            if place:
                paragraph.add_run(", ").style = self.styled.reference
            run = paragraph.add_run()
            run.style = self.styled.reference
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), self._add(citation, run))
            run._r.append(mark)

    def _add(self, citation: Citation, run: Run) -> str:
        ident = str(max((int(n.get(qn("w:id"))) for n in self.root), default=0) + 1)
        self._count += 1
        paragraph = self._new_note(ident)
        if citation.number in self._first:
            bookmark, shown = self._mark(citation.number)
            paragraph.add_run(" wie Fn. ")
            paragraph._p.append(simple_field(f"NOTEREF {bookmark} \\h", shown))
            paragraph.add_run(".")
        else:
            self._first[citation.number] = run
            self._marks[citation.number] = ("", str(self.before + self._count))
            paragraph.add_run(f" {one_line(citation.fundstelle)}: „{one_line(citation.quote)}“")
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

    def _mark(self, number: int) -> tuple[str, str]:
        """The bookmark around the first reference to a citation, and the number shown there."""
        bookmark, shown = self._marks[number]
        if not bookmark:
            run = self._first[number]._r
            body = self.document.element.body
            there = list(body.iter(qn("w:bookmarkStart")))
            ident = str(max((int(mark.get(qn("w:id"))) for mark in there), default=-1) + 1)
            bookmark = f"_Beleg{number}"
            # An earlier draft may serve as the template of this one.
            while any(mark.get(qn("w:name")) == bookmark for mark in there):
                bookmark += "n"
            start = OxmlElement("w:bookmarkStart")
            start.set(qn("w:id"), ident)
            start.set(qn("w:name"), bookmark)
            run.addprevious(start)
            run.addnext(OxmlElement("w:bookmarkEnd", attrs={qn("w:id"): ident}))
            self._marks[number] = (bookmark, shown)
        return bookmark, shown

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
