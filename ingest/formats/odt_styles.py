"""Styles and automatic numbering of OpenDocument texts: what the page shows and the text lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.formats.docx_styles import attribute, in_form, local

MAX_DEPTH = 10
_PLACEHOLDER = re.compile(r"%([1-9]|10)%")
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TITLE_NAMES = frozenset({"title", "titel"})
_LONGEST_LINE = 20


def small_number(text: str, otherwise: int) -> int:
    """A number of at most nine digits."""
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def below(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """The elements that a path of local names leads to."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from below(child, *path[1:])


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    list_style: str
    bold: bool | None
    hidden: bool


class OdtStyles:
    """The styles of the body, or of headers and footers: their automatic ones share names."""

    def __init__(self, containers: Iterator[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        for container in containers:
            for element in below(container, "style"):
                key = (attribute(element, "family"), attribute(element, "name"))
                self._styles[key] = _read_style(element)

    def is_bold(self, family: str, name: str, *, otherwise: bool) -> bool:
        """Whether the style prints bold."""
        line = self._line(family, name)
        return next((bool(s.bold) for s in line if s.bold is not None), otherwise)

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether the style hides its text."""
        return any(style.hidden for style in self._line(family, name))

    def is_title(self, name: str) -> bool:
        """Whether paragraphs of the style are the title of the whole text."""
        return any(s.name.casefold() in _TITLE_NAMES for s in self._line("paragraph", name))

    def list_style(self, name: str) -> str:
        """The list style that a paragraph style brings along, "" for none."""
        return next((s.list_style for s in self._line("paragraph", name) if s.list_style), "")

    def _line(self, family: str, name: str) -> list[_Style]:
        line: list[_Style] = []
        while (family, name) in self._styles and len(line) < _LONGEST_LINE:
            style = self._styles[family, name]
            line.append(style)
            name = style.parent
        return line


def _read_style(element: etree._Element) -> _Style:
    bold: bool | None = None
    hidden = False
    for properties in below(element, "text-properties"):
        weight = attribute(properties, "font-weight")
        if weight:
            bold = weight == "bold" or small_number(weight, 0) >= 600
        hidden |= attribute(properties, "display") == "none"
    for properties in below(element, "section-properties"):
        hidden |= attribute(properties, "display") == "none"
    return _Style(
        attribute(element, "display-name") or attribute(element, "name"),
        attribute(element, "parent-style-name"),
        attribute(element, "list-style-name"),
        bold,
        hidden,
    )


@dataclass(frozen=True, slots=True)
class _Level:
    bullet: bool
    form: str
    pattern: str
    prefix: str
    suffix: str
    start: int
    shown_levels: int


Counts = list[int | None]


class OdtNumbering:
    """Counts list items and headings as the text goes on."""

    def __init__(self, containers: Iterator[etree._Element]) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        self._by_list: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}
        self._headings: Counts = [None] * MAX_DEPTH
        for container in containers:
            for element in below(container, "list-style"):
                self._levels[attribute(element, "name")] = _read_levels(element)
            for element in below(container, "outline-style"):
                self._outline = _read_levels(element)

    def counts_of(self, element: etree._Element, style: str) -> Counts:
        """The counts that a list goes on with: its own, or those of the one it continues."""
        continued, own = attribute(element, "continue-list"), attribute(element, "id")
        counts = self._by_list.get(continued) if continued else None
        if counts is None and attribute(element, "continue-numbering") == "true":
            counts = self._by_style.get(style)
        if counts is None:
            counts = [None] * MAX_DEPTH
        self._by_list[own] = self._by_style[style] = counts
        return counts

    def item_marker(self, style: str, depth: int, counts: Counts, start: int | None) -> str:
        """The number or bullet before the next item, with a blank; "" for none."""
        return _next_marker(self._levels.get(style, {}), depth, counts, start)

    def heading_marker(self, level: int) -> str:
        """The number before the next heading of the outline, with a blank; "" for none."""
        return _next_marker(self._outline, min(level, MAX_DEPTH) - 1, self._headings, None)


def _read_levels(element: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for child in element:
        depth = small_number(attribute(child, "level"), 0) - 1
        if 0 <= depth < MAX_DEPTH:
            levels[depth] = _Level(
                bullet=local(child).endswith(("-bullet", "-image")),
                form=attribute(child, "num-format"),
                pattern=attribute(child, "num-list-format"),
                prefix=attribute(child, "num-prefix"),
                suffix=attribute(child, "num-suffix"),
                start=small_number(attribute(child, "start-value"), 1),
                shown_levels=small_number(attribute(child, "display-levels"), 1),
            )
    return levels


def _next_marker(levels: dict[int, _Level], depth: int, counts: Counts, start: int | None) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    if level.bullet:
        return "- "
    current = counts[depth]
    if start is not None:
        counts[depth] = start
    else:
        counts[depth] = level.start if current is None else current + 1
    counts[depth + 1 :] = [None] * (MAX_DEPTH - depth - 1)
    if not level.form:
        return ""

    def printed(index: int) -> str:
        of = levels.get(index, level)
        number = counts[index] if counts[index] is not None else of.start
        return in_form(number, _FORMS.get(of.form, "decimal")) if of.form else ""

    if level.pattern:
        marker = _PLACEHOLDER.sub(lambda match: printed(int(match[1]) - 1), level.pattern)
    else:
        first = max(0, depth - level.shown_levels + 1)
        numbers = (printed(index) for index in range(first, depth + 1))
        marker = level.prefix + ".".join(filter(None, numbers)) + level.suffix
    return marker.strip() + " " if marker.strip() else ""
