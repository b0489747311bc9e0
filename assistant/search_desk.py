"""The search page's desk: a choice in, a page of papers out, a line in the audit record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from assistant.audit import OPERATOR, AuditEntry
from assistant.fundstelle import paper_name
from assistant.lists.fields import bodies_of, is_decided_on
from assistant.records.supplements import later_papers
from assistant.searching.choice import Choice, read_choice
from assistant.searching.found import Found, find, matching
from assistant.searching.register import Entry, Register
from assistant.searching.saved import SavedSearch
from assistant.types import AnswerTable
from assistant.wire.papers import NICHT_ERFASST
from assistant.wiring import Parts
from index.types import Access

COLUMNS = (
    "Art",
    "Nummer",
    "Datum",
    "Wahlperiode",
    "Antragsteller",
    "Dienststelle",
    "Gegenstand",
    "Gremien",
    "Ergebnis",
    "Ergebnis laut",
    "Quelle",
)


@dataclass(frozen=True, slots=True)
class Searched:
    """A page of a search; `later` says by id what follows a paper of the page."""

    found: Found
    later: dict[str, tuple[str, ...]]
    documents: int


@dataclass(frozen=True, slots=True)
class News:
    """A kept search and how many papers match it now that did not when it was last opened."""

    search: SavedSearch
    new: int


def search_papers(
    parts: Parts, register: Register, choice: Choice, access: Access, *, who: str = OPERATOR
) -> Searched:
    """One page of a search; recorded where words were searched for, without them.

    Raises:
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    with parts.store.snapshot():
        view = register.view(parts.store, access)
        found = find(parts, view, access, choice)
        shown = [hit.entry.paper for hit in (*found.hits, *found.near)]
        later = {paper.id: later_papers(parts.store, access, paper) for paper in shown}
    if choice.text:
        ids = tuple(paper.id for paper in shown)
        parts.audit.append(AuditEntry("suche", who, parts.mandant, document_ids=ids))
    return Searched(found, later, len(view.entries))


def search_table(
    parts: Parts, register: Register, choice: Choice, access: Access, *, who: str = OPERATOR
) -> AnswerTable:
    """The whole list of a search, cell by cell; recorded like the search."""
    with parts.store.snapshot():
        found = find(parts, register.view(parts.store, access), access, choice)
    if choice.text:
        # The first page stands for the list, which may be as long as the register.
        ids = tuple(hit.entry.paper.id for hit in found.hits)
        parts.audit.append(AuditEntry("suche", who, parts.mandant, document_ids=ids))
    return AnswerTable(COLUMNS, tuple(_cells(entry) for entry in found.entries))


def matching_ids(
    parts: Parts, register: Register, choice: Choice, access: Access
) -> frozenset[str]:
    """Ids of all papers that a choice counts."""
    with parts.store.snapshot():
        narrowed = matching(parts, register.view(parts.store, access), access, choice)
    return frozenset(entry.paper.id for entry in narrowed.entries)


def news(
    parts: Parts, register: Register, searches: Sequence[SavedSearch], access: Access
) -> list[News]:
    """What each kept search has that is new."""
    return [
        News(one, len(one.unseen(matching_ids(parts, register, choice_of(one), access))))
        for one in searches
    ]


def choice_of(search: SavedSearch) -> Choice:
    """The choice that a kept search stands for."""
    return read_choice(parse_qsl(search.address))


def _cells(entry: Entry) -> tuple[str, ...]:
    paper, kopf, decided = entry.paper, entry.paper.kopfdaten, entry.decided
    subject = kopf.tagesordnungspunkt
    missing = NICHT_ERFASST if is_decided_on(kopf) else ""
    fields = (
        kopf.benennung,
        str(kopf.nummer.value) if kopf.nummer else "",
        kopf.datum.value.isoformat() if kopf.datum else "",
        str(kopf.wahlperiode or ""),
        ", ".join(mover.value for mover in kopf.antragsteller),
        kopf.dienststelle.value if kopf.dienststelle else "",
        subject.value if subject else paper.title,
        ", ".join(list(bodies_of(kopf).values())[::-1]),
        decided.ergebnis.text if decided else missing,
        paper_name(decided.source) if decided else "",
        paper.source,
    )
    return tuple(" ".join(field.split()) for field in fields)
