"""Cuts a document into the passages that are embedded and found.

A passage never crosses a section, holds whole sentences, and keeps paragraphs together where they
fit. What a passage needs to be understood by itself (title, headings, the header row of its
table) goes with it into the texts for searching, never into the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Document, Passage, Section, SectionKind, Span
from ingest.papers.table_reading import heading_lines, whole_rows
from ingest.sentences import split_sentences

CHUNKER = "1"
"""Names this way of cutting, texts for searching included. It changes with whatever changes a
passage or such a text, for a generation of the index is cut in one way."""

TARGET_CHARS = 800
"""Where a passage is full. About 200 tokens: one thought of administrative prose, and three or
four of them fit into a prompt of 350 uncached tokens only as single sentences anyway."""

MAX_CHARS = 1200
"""What a passage may reach so that no short rest or list is torn from its paragraph."""

HARD_CHARS = 1600
"""A single sentence longer than this is cut at a space: the embedder reads 512 tokens."""

SHORT_CHARS = 200
"""A rest shorter than this joins the passage before it."""

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_ROW = re.compile(r"[^\n]*\t[^\n]*")
# Headings that say something themselves; the others ("Begründung:") only name what follows.
_TELLING = frozenset({SectionKind.TOP, SectionKind.PARAGRAPH, SectionKind.FRAGE})
_ABSATZ = re.compile(r"^[ \t]*\((\d{1,3})[a-z]?\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not divided further: a paragraph, or a sentence or row of one that is too long."""

    span: Span
    holds_next: bool


def chunk(document: Document) -> list[Passage]:
    """The passages of `document` in order of the text; together they hold all of its prose."""
    passages: list[Passage] = []
    for section, stretch in _stretches(document.text, document.sections):
        path = tuple(s.title for s in document.sections if s.title and s.span.contains(stretch))
        visibility = section.visibility if section else document.visibility
        for span in _pack(document, stretch):
            ordinal = len(passages)
            passages.append(
                Passage(
                    id=f"{document.id}:{ordinal}",
                    document_id=document.id,
                    ordinal=ordinal,
                    span=span,
                    text=span.cut(document.text),
                    heading_path=path,
                    pages=_pages(document.pages, span),
                    visibility=visibility,
                )
            )
    return passages


def embedding_text(document: Document, passage: Passage) -> str:
    """What is embedded for a passage: its place in the file, then its words."""
    return "\n".join([*_context(document, passage), passage.text])


def keyword_text(document: Document, passage: Passage) -> str:
    """What a passage is found by in keyword search: its place in the file, then its words."""
    return embedding_text(document, passage)


def paragraph_number(document: Document, section: Section, span: Span) -> int:
    """Which Absatz of `section` the `span` begins in, counted from 1.

    The heading does not count; a list counts as a paragraph of its own. In a § the printed
    number "(2)" is the one that counts.
    """
    start = max(section.heading.end, section.span.start)
    before = document.text[start : max(start, span.start + 1)]
    if section.kind is SectionKind.PARAGRAPH:
        printed = _ABSATZ.findall(document.text[start : _line_end(document.text, span.start)])
        if printed:
            return int(printed[-1])
    return max(1, sum(1 for _ in _PARAGRAPH.finditer(before)))


def _line_end(text: str, start: int) -> int:
    """Behind the mark "(2)" that a span at `start` may begin with."""
    mark = _ABSATZ.match(text, start)
    return mark.end() if mark else start


def _context(document: Document, passage: Passage) -> Iterator[str]:
    kopf = document.kopfdaten
    name = " ".join(
        part
        for part in (
            kopf.benennung,
            str(kopf.nummer.value) if kopf.nummer else "",
            kopf.gremium.value if kopf.gremium else "",
            kopf.datum.value.strftime("%d.%m.%Y") if kopf.datum else "",
        )
        if part
    )
    first = ": ".join(part for part in (name, document.title) if part)
    if first:
        yield first
    if passage.heading_path:
        yield " › ".join(passage.heading_path)
    above = heading_lines(document, passage.span.start)
    if above:
        yield from (line for line in above if line not in passage.heading_path)
    elif header := _table_header(document.text, passage.span):
        yield header


def _table_header(text: str, span: Span) -> str:
    """The first row of the table in whose midst `span` begins; "" where it begins elsewhere."""
    line_start = text.rfind("\n", 0, span.start) + 1
    if not _ROW.match(text, line_start):
        return ""
    first = line_start
    while first > 0:
        above = text.rfind("\n", 0, first - 1) + 1
        if not _ROW.fullmatch(text, above, first - 1):
            break
        first = above
    return text[first : text.find("\n", first)] if first < line_start else ""


def _stretches(text: str, sections: Sequence[Section]) -> Iterator[tuple[Section | None, Span]]:
    """The parts of the text between the edges of sections, each with its deepest section."""
    edges = {0, len(text)}
    for section in sections:
        edges |= {section.span.start, section.span.end}
    points = sorted(edges)
    stack: list[Section] = []
    following = iter(sorted(sections, key=lambda s: (s.span.start, -s.span.end, s.level)))
    upcoming = next(following, None)
    for start, end in pairwise(points):
        while stack and stack[-1].span.end <= start:
            stack.pop()
        while upcoming is not None and upcoming.span.start <= start:
            if len(upcoming.span):
                stack.append(upcoming)
            upcoming = next(following, None)
        deepest = stack[-1] if stack else None
        stretch = Span(start, end)
        if deepest is not None and deepest.span.start == start:
            stretch = _without_label(text, deepest, stretch)
        if stretch.cut(text).strip():
            yield deepest, stretch


def _without_label(text: str, section: Section, stretch: Span) -> Span:
    """Leaves out a heading that says nothing itself, unless it is all there is."""
    heading = section.heading
    if section.kind in _TELLING or not stretch.contains(heading) or not len(heading):
        return stretch
    body = Span(heading.end, stretch.end)
    return body if body.cut(text).strip() or stretch.end < section.span.end else stretch


def _pack(document: Document, stretch: Span) -> Iterator[Span]:
    """Joins units into passages of about TARGET_CHARS."""
    packed: list[Span] = []
    holds = False
    for unit in _units(document, stretch):
        last = packed[-1] if packed else None
        if last is not None:
            joined = Span(last.start, unit.span.end)
            short = len(unit.span) < SHORT_CHARS or len(last) < SHORT_CHARS
            limit = MAX_CHARS if holds or short else TARGET_CHARS
            if len(joined) <= limit:
                packed[-1] = joined
                holds = unit.holds_next
                continue
        packed.append(unit.span)
        holds = unit.holds_next
    yield from packed


def _units(document: Document, stretch: Span) -> Iterator[_Unit]:
    text = document.text
    for match in _PARAGRAPH.finditer(text, stretch.start, stretch.end):
        words = match.group().rstrip()
        span = Span(match.start(), match.start() + len(words))
        if len(span) <= TARGET_CHARS:
            yield _Unit(span, words.endswith(":"))
            continue
        sentences = (sentence.shifted(span.start) for sentence in split_sentences(words))
        for whole in whole_rows(document, sentences):
            for piece in _hard_cut(text, whole):
                yield _Unit(piece, piece.cut(text).endswith(":"))


def _hard_cut(text: str, span: Span) -> Iterator[Span]:
    """A monstrous sentence in pieces that end at a space where there is one."""
    start = span.start
    while span.end - start > HARD_CHARS:
        at = text.rfind(" ", start + HARD_CHARS // 2, start + HARD_CHARS)
        end = at if at > start else start + HARD_CHARS
        yield Span(start, end)
        start = end + 1 if text[end] == " " else end
    if start < span.end:
        yield Span(start, span.end)


def _pages(pages: Sequence[Span], span: Span) -> tuple[int, ...] | None:
    if not pages:
        return None
    return tuple(n for n, page in enumerate(pages, start=1) if page.overlaps(span)) or None
