"""Rows of a budget that a question may mean whose word names none: "Förderung" asks which.

Asking back is better than a silence, and better than taking the one row that happens to fit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.amounts.naming import is_of_the_house
from assistant.amounts.request import AmountRequest
from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.types import AnswerStatus
from index.german import analyse, terms
from index.store import Store
from index.types import Access, Document, Row
from ingest.papers.table_reading import caption_of, heading_of

MOST_ROWS = 8


def ask_which_row(store: Store, access: Access, request: AmountRequest) -> Finding | None:
    """Offers the rows of budgets that hold the one word asked for, also within a compound.

    None where the question has more words, names no year, or where too many rows would fit.
    """
    if len(request.named) != 1 or not request.periods:
        return None
    (name,) = request.named
    wanted = set(analyse(name).words)
    rows: dict[str, tuple[Document, Row, str]] = {}
    for document in _budgets(store, access):
        for table in document.tables:
            for row in table.rows:
                heading = " ".join(heading_of(document, row).split())
                if wanted and wanted <= set(terms(heading)):
                    rows.setdefault(heading, (document, row, caption_of(document, table)))
    if not rows or len(rows) > MOST_ROWS or _names_one_of(rows, wanted):
        return None
    ledger = Ledger()
    choices = []
    for heading, (document, row, caption) in sorted(rows.items()):
        ledger.cite(document, row.span)
        place = ", ".join(filter(None, (" ".join(caption.split()), paper_name(document))))
        choices.append(f"„{heading}“ ({place})")
    text = (
        f"Eine Zeile „{name}“ hat kein Haushaltsplan. Gemeint sein kann: {'; '.join(choices)}. "
        "Welche?"
    )
    nearest = tuple(ledger.citations)
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=nearest)


def _names_one_of(headings: Collection[str], wanted: set[str]) -> bool:
    """Whether the word stands whole in the only heading there is: nothing to ask then."""
    return len(headings) == 1 and all(wanted <= set(analyse(h).words) for h in headings)


def _budgets(store: Store, access: Access) -> Iterator[Document]:
    for summary in store.documents(access, current_only=True):
        art = summary.kopfdaten.art
        if art is None or art.value != "Haushaltsplan":
            continue
        document = store.document(access, summary.id)
        if document is not None and is_of_the_house(document):
            yield document
