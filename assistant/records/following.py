"""What came after a paper: reports on its carrying out, later papers that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.fundstelle import Ledger, paper_name
from assistant.types import Claim, Label
from index.store import Store
from index.types import Access, Document, Drucksachennummer, Mention, Span
from ingest.papers.table_reading import reading_of, row_at

MOST_REFERRING = 20


def followed(
    store: Store,
    access: Access,
    number: Drucksachennummer,
    known: Collection[str],
    ledger: Ledger,
) -> Iterator[Claim]:
    """What the Beschlusskontrolle reports, and which papers not yet `known` name it."""
    referring: dict[str, Mention] = {}
    for mention in store.mentions(access, number):
        if mention.document_id not in known:
            referring.setdefault(mention.document_id, mention)
    named: list[Claim] = []
    for mention in referring.values():
        other = store.document(access, mention.document_id)
        if other is None or other.kopfdaten.art is None:
            continue
        art = other.kopfdaten.art.value
        if art == "Beschlusskontrolle":
            yield _progress(other, mention, ledger)
        elif art not in ("Niederschrift", "Einladung", "Bekanntmachung"):
            cited = (ledger.cite_line(other, mention.span), *ledger.cite_name(other))
            named.append(Claim(f"Darauf bezieht sich {paper_name(other)}.", Label.BELEGT, cited))
    yield from named[:MOST_REFERRING]


def _progress(control: Document, mention: Mention, ledger: Ledger) -> Claim:
    """What a Beschlusskontrolle says of the paper: the row of its table, or the line."""
    row = row_at(control, mention.span.start)
    span: Span = row.span if row else mention.span
    said = reading_of(control, span) if row else ""
    numbers = [ledger.cite(control, span)] if row else [ledger.cite_line(control, span)]
    numbers += ledger.cite_name(control)
    quote = said or next(c.quote for c in ledger.citations if c.number == numbers[0])
    words = " ".join(quote.split())
    text = f"Umsetzung laut Beschlusskontrolle ({paper_name(control)}): {words}"
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))
