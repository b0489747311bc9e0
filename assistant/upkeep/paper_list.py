"""The documents as their admin sees them: where each stands, filtered and in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import NotFound
from assistant.records.schutz import closed_because
from assistant.stock.bestand import state_of
from assistant.wire.status import number_of
from index.life import Depublication, Zustand
from index.store import Store
from index.types import Access, DocumentSummary, PageQuality, PageState, Schutzstufe

PAGE_SIZE = 50


class Wanted(StrEnum):
    """What the list can be narrowed to."""

    ALLE = ""
    GUELTIG = "gueltig"
    ERSETZT = "ersetzt"
    VERBORGEN = "verborgen"
    UNSICHER = "unsicher"
    TEILWEISE = "teilweise"


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """What is looked for. `text` stands in title, number or path; empty fields do not narrow."""

    text: str = ""
    state: Wanted = Wanted.ALLE
    art: str = ""
    visibility: Schutzstufe | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document and where it stands; `bad_pages` were read badly or not at all."""

    document: DocumentSummary
    state: Zustand
    bad_pages: int

    @property
    def number(self) -> str | None:
        """The number it bears, as officials write it."""
        return number_of(self.document)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of the list, newest first; `arten` are those of all documents."""

    rows: tuple[PaperRow, ...]
    total: int
    page: int
    pages: int
    arten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadPage:
    """A page that was read badly or not at all; `quality` is not known of a hidden document."""

    number: int
    quality: PageQuality | None


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """All about one document.

    Attributes:
        hidden: why it is shown to nobody, where that is so.
        passages: how many of each Schutzstufe; empty for a hidden document.
        further: other files with the same bytes or text.
        versions: every version under its identity, oldest first, itself among them.
        closed_because: what keeps it from being public.
    """

    row: PaperRow
    hidden: Depublication | None
    passages: dict[Schutzstufe, int]
    further: tuple[str, ...]
    versions: tuple[DocumentSummary, ...]
    bad_pages: tuple[BadPage, ...]
    closed_because: str | None


def all_rows(store: Store, access: Access) -> list[PaperRow]:
    """Every document, hidden ones too, newest first."""
    hidden = [_row(item.entry, Zustand.DEPUBLIZIERT) for item in store.depublished(access)]
    shown = [_row(document, state_of(document)) for document in store.documents(access)]
    return sorted(
        [*hidden, *shown], key=lambda row: (row.document.ingested_at, row.document.source)
    )[::-1]


def paper_page(store: Store, access: Access, query: PaperQuery) -> PaperPage:
    """The page of the list that a query asks for; the last one where it asks for more."""
    everything = all_rows(store, access)
    found = [row for row in everything if _fits(row, query)]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(1, query.page), pages)
    return PaperPage(
        tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        len(found),
        page,
        pages,
        tuple(sorted({_art(row.document) for row in everything} - {""})),
    )


def paper_sheet(store: Store, access: Access, document_id: str) -> PaperSheet:
    """One document, hidden or not.

    Raises:
        NotFound: there is none that `access` may see.
    """
    hidden = next((i for i in store.depublished(access) if i.entry.id == document_id), None)
    known = {document.id: document for document in store.documents(access)}
    document = hidden.entry if hidden else known.get(document_id)
    if document is None:
        raise NotFound("Dieses Dokument gibt es nicht.")
    passages: dict[Schutzstufe, int] = {}
    for passage in store.passages(access, document_id):
        passages[passage.visibility] = passages.get(passage.visibility, 0) + 1
    further = [s.source for s in store.sources(access, document_id) if s.source != document.source]
    return PaperSheet(
        _row(document, Zustand.DEPUBLIZIERT if hidden else state_of(document)),
        hidden,
        passages,
        tuple(dict.fromkeys(further)),
        _versions(document, list(known.values())),
        tuple(_bad_pages(store, access, document)),
        None if Schutzstufe.OEFFENTLICH in passages else closed_because(document),
    )


def _row(document: DocumentSummary, state: Zustand) -> PaperRow:
    return PaperRow(document, state, len(document.uncertain) + len(document.unread))


def _art(document: DocumentSummary) -> str:
    return document.kopfdaten.art.value if document.kopfdaten.art else ""


def _fits(row: PaperRow, query: PaperQuery) -> bool:
    document = row.document
    places = f"{document.title}\n{row.number or ''}\n{document.source}\n{document.id}".casefold()
    return (
        all(word in places for word in query.text.casefold().split())
        and (not query.art or _art(document) == query.art)
        and (query.visibility is None or document.visibility is query.visibility)
        and _stands(row, query.state)
    )


def _stands(row: PaperRow, wanted: Wanted) -> bool:
    if wanted is Wanted.ALLE:
        return True
    if wanted is Wanted.UNSICHER:
        return row.bad_pages > 0
    states = {
        Wanted.GUELTIG: {Zustand.INDEXIERT, Zustand.TEILWEISE},
        Wanted.ERSETZT: {Zustand.ERSETZT},
        Wanted.VERBORGEN: {Zustand.DEPUBLIZIERT},
        Wanted.TEILWEISE: {Zustand.TEILWEISE},
    }
    return row.state in states[wanted]


def _versions(
    document: DocumentSummary, known: Sequence[DocumentSummary]
) -> tuple[DocumentSummary, ...]:
    """Follows the chain of versions both ways; a link to what is not shown ends it."""
    by_id = {entry.id: entry for entry in (*known, document)}
    chain = [document]
    seen = {document.id}
    while (earlier := by_id.get(chain[0].supersedes or "")) and earlier.id not in seen:
        chain.insert(0, earlier)
        seen.add(earlier.id)
    while (later := by_id.get(chain[-1].superseded_by or "")) and later.id not in seen:
        chain.append(later)
        seen.add(later.id)
    return tuple(chain)


def _bad_pages(store: Store, access: Access, summary: DocumentSummary) -> list[BadPage]:
    document = store.document(access, summary.id)
    if document is None:
        numbers = sorted({page.number for page in summary.uncertain} | set(summary.unread))
        return [BadPage(number, None) for number in numbers]
    return [
        BadPage(number, quality)
        for number, quality in enumerate(document.page_quality, start=1)
        if quality.state in (PageState.UNSICHER, PageState.UNGELESEN, PageState.AUSSTEHEND)
    ]
