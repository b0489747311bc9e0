"""Where minutes treat a paper: the items whose heading names it."""

from __future__ import annotations

from collections.abc import Iterator

from index.store import Store
from index.types import Access, Document, Section, SectionKind, Span
from ingest.expressions import find_references

LONGEST_LINE = 160
HEAD_LINES = 6
"""Lines at the top of an item in which its papers are named."""


def items_of(
    store: Store, access: Access, document: Document
) -> Iterator[tuple[Document, Section]]:
    """The items of minutes whose heading names the paper."""
    number = document.kopfdaten.nummer
    if number is None:
        return
    seen: set[tuple[str, Span]] = set()
    for mention in store.mentions(access, number.value):
        minutes = store.document(access, mention.document_id)
        art = minutes.kopfdaten.art if minutes else None
        if minutes is None or art is None or art.value != "Niederschrift":
            continue
        items = [
            section
            for section in minutes.sections
            if section.kind is SectionKind.TOP and section.span.contains(mention.span)
        ]
        item = max(items, key=lambda section: section.level, default=None)
        if item is None or (minutes.id, item.span) in seen:
            continue
        if _heads(minutes, item, mention.span) and _is_art(document, minutes, mention.span):
            seen.add((minutes.id, item.span))
            yield minutes, item


def _heads(minutes: Document, item: Section, named: Span) -> bool:
    """Whether a mention stands in the first short lines of an item, not in what was said.

    A line that begins with the paper's name may end with a stop: "Antrag Nr. 14/131 Die Linke."
    """
    if item.heading.contains(named):
        return True
    above = minutes.text[item.span.start : named.start].split("\n")
    end = minutes.text.find("\n", named.end)
    start = minutes.text.rfind("\n", 0, named.start) + 1
    line = minutes.text[start : end if end >= 0 else len(minutes.text)].strip()
    is_name = named.start == start or not line.endswith(".")
    lines = sum(bool(text.strip()) for text in above)
    return lines <= HEAD_LINES and len(line) <= LONGEST_LINE and is_name


def _is_art(document: Document, minutes: Document, named: Span) -> bool:
    """Whether the word before a number fits the paper, for counters run side by side."""
    start = max(0, named.start - 40)
    around = minutes.text[start : named.end]
    labels = [r.label.lower() for r in find_references(around) if r.label]
    name = document.kopfdaten.benennung.lower()
    stems = ("antrag", "vorlage", "anfrage", "resolution")
    said = {stem for stem in stems for label in labels[-1:] if stem in label.replace("ä", "a")}
    return not said or any(stem in name.replace("ä", "a") for stem in said) or not name
