"""What a Mandant's template asks for: its fields, and pictures that say what they show.

Word cuts a paragraph into runs as it likes, so a field is looked for in the paragraph's whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from assistant.begruendung.docx_text import one_line
from assistant.begruendung.types import Entwurf
from assistant.errors import SettingsInvalid
from assistant.hausregeln import Hausregeln
from index.types import Schutzstufe

Bad = Callable[[str], SettingsInvalid]
DRAFT = "entwurf"
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TEXT, _PARAGRAPH = qn("w:t"), qn("w:p")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SHAPE, _IMAGE = "{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:vml}imagedata"


def values_of(entwurf: Entwurf, rules: Hausregeln) -> dict[str, str]:
    """What the fields of a template are filled with; `entwurf` is where the draft itself goes."""
    is_open = entwurf.schutz is Schutzstufe.OEFFENTLICH
    return {
        "titel": entwurf.titel,
        "datum": f"{entwurf.tag:%d.%m.%Y}",
        "mandant": rules.name or entwurf.mandant,
        "kurz": rules.kurz or entwurf.mandant.upper(),
        "bearbeitung": one_line(entwurf.bearbeitung) or "nicht angegeben",
        "schutzstufe": "öffentlich" if is_open else "nichtöffentlich",
    }


def fill_fields(document: Document, values: Mapping[str, str], bad: Bad) -> frozenset[str]:
    """Fills the fields of text, header and footer; gives the names of those of the text.

    Raises:
        SettingsInvalid: a field is none that can be filled.
    """
    in_text: set[str] = set()
    for root in _roots(document):
        for paragraph in root.iter(_PARAGRAPH):
            found = set(_fill(paragraph, values, bad))
            if root is document.element:
                in_text |= found
    return frozenset(in_text)


def _roots(document: Document) -> Iterator[Any]:
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield part.element


def _fill(paragraph: Any, values: Mapping[str, str], bad: Bad) -> Iterator[str]:
    texts = [t for t in paragraph.iter(_TEXT) if _paragraph_of(t) is paragraph]
    words = "".join(t.text or "" for t in texts)
    for field in reversed(list(_FIELD.finditer(words))):
        name = field[1].casefold()
        if name != DRAFT and name not in values:
            known = ", ".join(f"{{{{{one}}}}}" for one in (DRAFT, *values))
            raise bad(f"Das Feld {field[0]} gibt es nicht. Möglich sind: {known}.")
        value = f"{{{{{DRAFT}}}}}" if name == DRAFT else one_line(values[name])
        _replace(texts, field.start(), field.end(), value)
        yield name


def _paragraph_of(text: Any) -> Any:
    """The innermost paragraph: a text box in a paragraph has paragraphs of its own."""
    return next(element for element in text.iterancestors(_PARAGRAPH))


def _replace(texts: list[Any], start: int, end: int, value: str) -> None:
    """Puts the value where the stretch begins, and takes the rest of the stretch away."""
    at = 0
    for text in texts:
        held = text.text or ""
        begins, ends = max(start - at, 0), min(end - at, len(held))
        at += len(held)
        if begins >= ends:
            continue
        text.text = held[:begins] + value + held[ends:]
        text.set(_SPACE, "preserve")
        value = ""


def ask_for_alt_texts(document: Document, bad: Bad) -> None:
    """Refuses a picture that says nothing to who cannot see it.

    Raises:
        SettingsInvalid: there is one that has no alternative text and is not marked as decorative.
    """
    for root in _roots(document):
        for drawn in root.iter(_DRAWN):
            said = drawn.get("descr", "").strip()
            if not said and not any(e.get("val") == "1" for e in drawn.iter(_DECORATIVE)):
                raise bad(_silent(drawn.get("name", "")))
        for shape in root.iter(_SHAPE):
            if shape.find(f".//{_IMAGE}") is not None and not shape.get("alt", "").strip():
                raise bad(_silent(shape.get("id", "")))


def _silent(name: str) -> str:
    named = f" »{one_line(name)}«" if one_line(name) else ""
    return (
        f"Das Bild{named} hat keinen Alternativtext. Bitte in Word unter »Alternativtext anzeigen« "
        "beschreiben, was es zeigt, oder es als dekorativ kennzeichnen."
    )
