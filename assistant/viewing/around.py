"""The papers around one: its versions, its Ergänzungen, and those that it names or that name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.supplements import family_entries, is_later, told_effect
from index.store import Store
from index.types import Access, Document, DocumentSummary, Drucksachennummer, Mention, Span
from ingest.expressions import find_references

MOST_NAMING = 30
MOST_NAMED = 60
SEARCHED_WHOLE = 60_000
"""Characters: numbers are looked for in the whole text up to this length, else in a part."""
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Naming:
    """Another paper that names the number of this one, and where it first does."""

    entry: DocumentSummary
    span: Span


@dataclass(frozen=True, slots=True)
class Around:
    """What else there is beside a paper.

    Attributes:
        newer: the version that took this one's place; None where this one is valid.
        versions: the other versions of the same paper, the newest first.
        effects: Ergänzungen that follow it, each with what it does ("ersetzt durch …").
        earlier: papers of the same number that it extends.
        naming: valid papers that name its number; `more_naming` are further ones.
        named: numbers on record that its text names, each with the place where it first does;
            of a long text that of the shown part alone. `more_named` are further ones.
    """

    newer: DocumentSummary | None
    versions: tuple[DocumentSummary, ...]
    effects: tuple[tuple[DocumentSummary, str], ...]
    earlier: tuple[DocumentSummary, ...]
    naming: tuple[Naming, ...]
    more_naming: int
    named: tuple[tuple[Drucksachennummer, Span], ...]
    more_named: int


def is_long(document: Document) -> bool:
    """Whether named numbers are those of the shown part only."""
    return len(document.text) > SEARCHED_WHOLE


def around(
    store: Store, access: Access, document: Document, entry: DocumentSummary, part: Span
) -> Around:
    """Looks up everything that hangs on a paper and that `access` may see; `part` is shown."""
    versions = _versions(store, access, entry)
    family = family_entries(store, access, entry)
    own = {entry.id, *(other.id for other in versions), *(other.id for other in family)}
    naming = _naming(store, access, entry, own)
    searched = part if is_long(document) else Span(0, len(document.text))
    named = list(_named(store, access, entry, document.text, searched))
    return Around(
        newer=_newest(entry, versions),
        versions=versions,
        effects=tuple((other, told_effect(other)) for other in family if is_later(other, entry)),
        earlier=tuple(other for other in family if not is_later(other, entry)),
        naming=tuple(naming[:MOST_NAMING]),
        more_naming=max(0, len(naming) - MOST_NAMING),
        named=tuple(named[:MOST_NAMED]),
        more_named=max(0, len(named) - MOST_NAMED),
    )


def _versions(store: Store, access: Access, entry: DocumentSummary) -> tuple[DocumentSummary, ...]:
    """The chain that a paper stands in, as far as it can be seen."""
    newer: list[DocumentSummary] = []
    older: list[DocumentSummary] = []
    seen = {entry.id}
    for chain, following in ((newer, "superseded_by"), (older, "supersedes")):
        now: DocumentSummary | None = entry
        while now is not None and len(seen) < _LONGEST_CHAIN:
            name = getattr(now, following)
            now = None
            if name is not None and name not in seen:
                now = store.summaries(access, [name]).get(name)
            if now is not None:
                seen.add(now.id)
                chain.append(now)
    return (*reversed(newer), *older)


def _newest(
    entry: DocumentSummary, versions: tuple[DocumentSummary, ...]
) -> DocumentSummary | None:
    if entry.superseded_by is None:
        return None
    return next((other for other in versions if other.superseded_by is None), None)


def _naming(store: Store, access: Access, entry: DocumentSummary, own: set[str]) -> list[Naming]:
    """Papers that name the number, the earliest first."""
    number = entry.kopfdaten.nummer
    if number is None:
        return []
    first: dict[str, Mention] = {}
    for mention in store.mentions(access, number.value):
        if mention.document_id not in own:
            first.setdefault(mention.document_id, mention)
    found = store.summaries(access, list(first))
    naming = [Naming(other, first[name].span) for name, other in found.items()]
    return sorted(naming, key=lambda one: (_day(one.entry), one.entry.title, one.entry.id))


def _day(entry: DocumentSummary) -> str:
    return entry.kopfdaten.datum.value.isoformat() if entry.kopfdaten.datum else ""


def _named(
    store: Store, access: Access, entry: DocumentSummary, text: str, searched: Span
) -> Iterator[tuple[Drucksachennummer, Span]]:
    """Numbers that a stretch of text names and that papers on record bear, each once."""
    known = {number.key for number in store.numbers(access)}
    done = {entry.kopfdaten.nummer.value.key} if entry.kopfdaten.nummer else set()
    for reference in find_references(searched.cut(text)):
        key = reference.number.key
        if key in known and key not in done:
            done.add(key)
            yield reference.number, reference.span.shifted(searched.start)
