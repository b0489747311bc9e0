"""Styles and automatic numbering of Word documents: what the page shows and the text lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_HEADING_NAME = re.compile(r"^(?:heading|überschrift)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titel"})
_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_DEPTH = 9


def local(element: etree._Element) -> str:
    """The tag without its namespace: transitional and strict files differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute in whatever namespace, "" where it is missing."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def truthy(element: etree._Element) -> bool:
    """Whether an on/off element is on."""
    return attribute(element, "val") not in ("0", "false", "off", "none")


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if local(child) == name), None)


def _value(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return attribute(child, "val") if child is not None else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    outline: int | None
    number_id: str
    depth: int
    bold: bool | None
    hidden: bool


class Styles:
    """The paragraph and character styles of one document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in root if root is not None else ():
            if local(element) != "style":
                continue
            style_id = attribute(element, "styleId")
            self._styles[style_id] = _read_style(element)
            if attribute(element, "type") == "paragraph" and attribute(element, "default") == "1":
                self._default = style_id

    def of_paragraph(self, paragraph: etree._Element) -> tuple[str, str, int]:
        """Style id, number id ("" for none) and depth of a paragraph."""
        properties = _child(paragraph, "pPr")
        style = _value(properties, "pStyle") or self._default
        numbering = _child(properties, "numPr")
        if numbering is not None:
            number_id, depth = _value(numbering, "numId"), _number(_value(numbering, "ilvl")) or 0
        else:
            found = next((s for s in self._line(style) if s.number_id), None)
            number_id, depth = (found.number_id, found.depth) if found else ("", 0)
        return style, "" if number_id == "0" else number_id, min(depth, _MAX_DEPTH - 1)

    def heading_level(self, paragraph: etree._Element, style: str) -> int:
        """1 to 9 for a heading, 0 for anything else."""
        said = _number(_value(_child(paragraph, "pPr"), "outlineLvl"))
        if said is not None:
            return said + 1 if said < _MAX_DEPTH else 0
        for ancestor in self._line(style):
            match = _HEADING_NAME.match(ancestor.name)
            if match:
                return int(match[1])
            if ancestor.name.casefold() in _TITLE_NAMES:
                return 1
            if ancestor.outline is not None:
                return ancestor.outline + 1 if ancestor.outline < _MAX_DEPTH else 0
        return 0

    def is_bold(self, style: str) -> bool:
        """Whether the style prints bold."""
        return next((bool(s.bold) for s in self._line(style) if s.bold is not None), False)

    def is_hidden(self, style: str) -> bool:
        """Whether the style hides its text."""
        return any(s.hidden for s in self._line(style))

    def _line(self, style: str) -> list[_Style]:
        """The style and its ancestors."""
        line: list[_Style] = []
        while style in self._styles and len(line) < 20:
            line.append(self._styles[style])
            style = self._styles[style].parent
        return line


def _read_style(element: etree._Element) -> _Style:
    paragraph, run = _child(element, "pPr"), _child(element, "rPr")
    numbering = _child(paragraph, "numPr")
    bold, hidden = _child(run, "b"), _child(run, "vanish")
    return _Style(
        name=_value(element, "name").strip(),
        parent=_value(element, "basedOn"),
        outline=_number(_value(paragraph, "outlineLvl")),
        number_id=_value(numbering, "numId"),
        depth=_number(_value(numbering, "ilvl")) or 0,
        bold=truthy(bold) if bold is not None else None,
        hidden=hidden is not None and truthy(hidden),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str


class Numbering:
    """Counts automatic numbers as the document goes on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._levels[attribute(element, "abstractNumId")] = _read_levels(element)
            elif local(element) == "num":
                self._list_of[attribute(element, "numId")] = _value(element, "abstractNumId")

    def next_marker(self, number_id: str, depth: int) -> str:
        """The number or bullet before the next item of a list, with a blank; "" for none."""
        list_id = self._list_of.get(number_id, "")
        levels = self._levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return "- "
        counts = self._counts.setdefault(list_id, [None] * _MAX_DEPTH)
        current = counts[depth]
        counts[depth] = level.start if current is None else current + 1
        counts[depth + 1 :] = [None] * (_MAX_DEPTH - depth - 1)

        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = levels.get(index, level)
            return in_form(counts[index] if counts[index] is not None else of.start, of.form)

        return _PLACEHOLDER.sub(fill, level.pattern).strip() + " "


def _read_levels(element: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for child in element:
        depth = _number(attribute(child, "ilvl"))
        if local(child) == "lvl" and depth is not None and depth < _MAX_DEPTH:
            start = _number(_value(child, "start"))
            form = _value(child, "numFmt") or "decimal"
            levels[depth] = _Level(1 if start is None else start, form, _value(child, "lvlText"))
    return levels


def in_form(number: int | None, form: str) -> str:
    """A number as Word's number formats print it."""
    number = number or 0
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        text += sign * (number // value)
        number %= value
    return text
