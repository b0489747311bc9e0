"""The document that a draft is written into: a Mandant's own template, or an empty sheet.

A template comes from a file, and is a stranger's file until it was looked at: nothing in it may
reach out of the document.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document as open_document
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml.etree import XMLSyntaxError

from assistant.begruendung.docx_fields import DRAFT, Bad, ask_for_alt_texts, fill_fields
from assistant.errors import SettingsInvalid

MARKER = f"{{{{{DRAFT}}}}}"
_MAX_BYTES = 32 << 20
_MAX_UNPACKED_BYTES = 128 << 20
_OF_THE_FRAME = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FOOTNOTES,
}
_FETCHES = re.compile(
    r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE)\b", re.IGNORECASE
)
_LINKS_TO_DROP = {qn("w:attachedTemplate"), qn("a:hlinkClick"), qn("a:hlinkHover")}
_IN_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A document ready to be written into.

    Attributes:
        section: the properties of the section that the draft will stand in.
        marker: the paragraph that the draft replaces; None where it is the whole text.
        is_own: there is no template.
        has_title: the template's text has the draft's title in a place of its own.
    """

    document: Document
    section: Any
    marker: Any
    is_own: bool
    has_title: bool = False


def template_of(home: Path | None, mandant: str) -> Path | None:
    """The template of a Mandant, `vorlage-MANDANT.docx` in the home; None where it has none."""
    own = home / f"vorlage-{mandant}.docx" if home else None
    return own if own is not None and own.is_file() else None


def open_frame(template: Path | None, values: Mapping[str, str] | None = None) -> Frame:
    """The document to write into.

    Args:
        template: a Mandant's DOCX; None for an empty sheet.
        values: what its fields (`{{titel}}` and the like) are filled with.

    Raises:
        SettingsInvalid: the template is no DOCX, or has something in it that cannot be used.
    """
    if template is None:
        return _blank()

    def bad(why: str) -> SettingsInvalid:
        return SettingsInvalid(
            f"Die Dokumentvorlage »{template.name}« lässt sich nicht verwenden: {why}"
        )

    document = _read(template, bad)
    filled = fill_fields(document, values or {}, bad)
    for rel in list(document.part.rels.values()):
        if rel.reltype == RELATIONSHIP_TYPE.GLOSSARY_DOCUMENT:
            del document.part.rels[rel.rId]
    _forget_preview(document)
    marker = _marker(document, bad)
    if marker is None:
        if filled:
            raise bad(
                f"Ihr Text hat Felder, aber keine Marke {MARKER}. Bitte die Marke allein in einen "
                "Absatz setzen, dorthin, wo der Entwurf stehen soll."
            )
        _empty(document)
    _cut_links(document, bad)
    ask_for_alt_texts(document, bad)
    following = [] if marker is None else [marker, *marker.itersiblings()]
    sections = [s for element in following for s in element.iter(qn("w:sectPr"))]
    body = document.element.body
    section = sections[0] if sections else body.get_or_add_sectPr()
    return Frame(document, section, marker, is_own=False, has_title="titel" in filled)


def _blank() -> Frame:
    document = open_document()
    _empty(document)
    _forget_preview(document)
    settings = document.settings.element
    for checked in settings.findall(qn("w:proofState")):
        settings.remove(checked)
    for kind in settings.iter(qn("w:compatSetting")):
        if kind.get(qn("w:name")) == "compatibilityMode":
            kind.set(qn("w:val"), "15")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.header_distance = section.footer_distance = Cm(1.25)
    return Frame(document, section._sectPr, None, is_own=True)


def _read(template: Path, bad: Bad) -> Document:
    no_docx = "Sie ist keine lesbare DOCX-Datei. Bitte in Word oder LibreOffice als .docx sichern."
    try:
        if template.stat().st_size > _MAX_BYTES:
            raise bad(f"Sie ist größer als {_MAX_BYTES >> 20} MiB.")
        content = template.read_bytes()
        with ZipFile(BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_UNPACKED_BYTES:
                raise bad(f"Entpackt ist sie größer als {_MAX_UNPACKED_BYTES >> 20} MiB.")
        document = open_document(BytesIO(content))
        if None in (document.element.body, document.styles, document.settings):
            raise bad(no_docx)
    except OSError as error:
        raise bad(f"Sie lässt sich nicht öffnen ({error.strerror}).") from error
    except (
        *(BadZipFile, zlib.error, PackageNotFoundError, XMLSyntaxError),
        *(KeyError, ValueError, AttributeError, AssertionError, RuntimeError),
    ):
        raise bad(no_docx) from None
    return document


def _forget_preview(document: Document) -> None:
    """Takes out the picture of a first page that is not this document's."""
    rels = document.part.package.rels
    for ident in [rel.rId for rel in rels.values() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[ident]


def _marker(document: Document, bad: Bad) -> Any:
    """The paragraph of the body that holds the marker and nothing else."""
    alone = [p._p for p in document.paragraphs if p.text.strip() == MARKER]
    named = "".join(text.text or "" for text in document.element.body.iter(qn("w:t")))
    count = named.count(MARKER)
    if count > 1:
        raise bad(f"Die Marke {MARKER} steht mehrmals darin.")
    if count and not alone:
        raise bad(
            f"Die Marke {MARKER} muss allein in einem Absatz stehen, nicht in einer Tabelle oder "
            "neben anderem Text."
        )
    return alone[0] if alone else None


def _empty(document: Document) -> None:
    """Takes the text out of a document; page set-up, header and footer stay."""
    body = document.element.body
    sections = list(body.iter(qn("w:sectPr")))
    last: Any = deepcopy(sections[-1]) if sections else None
    # A section without a header of its own has the one before it.
    for earlier in reversed(sections[:-1]):
        for kind in (qn("w:footerReference"), qn("w:headerReference")):
            for reference in earlier.findall(kind):
                own = {r.get(qn("w:type")) for r in last.findall(kind)}
                if reference.get(qn("w:type")) not in own:
                    last.insert(0, deepcopy(reference))
    for element in list(body):
        body.remove(element)
    if last is not None:
        body.append(last)
    used = {value for e in body.iter() for key, value in e.attrib.items() if key.startswith(_IN_R)}
    rels = document.part.rels
    for ident in [r.rId for r in rels.values() if r.reltype not in _OF_THE_FRAME]:
        if ident not in used:
            del rels[ident]
    settings = document.settings.element
    for notes in settings.findall(qn("w:endnotePr")):
        settings.remove(notes)


def _cut_links(document: Document, bad: Bad) -> None:
    """Takes out every link that leads out of the document; its words stay."""
    package = document.part.package
    for ident in [rel.rId for rel in package.rels.values() if rel.is_external]:
        del package.rels[ident]
    for part in package.iter_parts():
        outside = {rel.rId for rel in part.rels.values() if rel.is_external}
        if outside and not isinstance(part, XmlPart):
            raise bad(f"Ihr Teil {part.partname} verweist auf etwas außerhalb der Datei.")
        if isinstance(part, XmlPart):
            if any(map(_FETCHES.match, _instructions(part.element))):
                raise bad("Ein Feld darin lädt fremde Inhalte nach. Bitte das Feld entfernen.")
            for element in list(part.element.iter()):
                _cut(element, outside, bad)
        for ident in outside:
            del part.rels[ident]


def _instructions(root: Any) -> Iterator[str]:
    """What the fields of a part do. Word may cut an instruction into several runs."""
    told: list[str] = []
    for element in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        if element.tag == qn("w:fldSimple"):
            yield element.get(qn("w:instr"), "")
        elif element.tag == qn("w:instrText"):
            told[-1:] = ["".join(told[-1:]) + (element.text or "")]
        elif element.get(qn("w:fldCharType")) == "begin":
            told.append("")
        elif told:
            yield told.pop()


def _cut(element: Any, outside: set[str], bad: Bad) -> None:
    if not outside & {v for key, v in element.attrib.items() if key.startswith(_IN_R)}:
        return
    if element.tag == qn("w:hyperlink"):
        for child in list(element):
            element.addprevious(child)
        element.getparent().remove(element)
    elif element.tag in _LINKS_TO_DROP:
        element.getparent().remove(element)
    else:
        raise bad("Ein Bild oder Objekt darin liegt außerhalb der Datei. Bitte einbetten.")
