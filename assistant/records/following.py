"""What came after a paper: reports on its carrying out, later papers that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger, paper_name
from assistant.records.vorgang import art_fits
from assistant.types import Claim, Label
from index.store import Store
from index.types import Access, Document, DocumentSummary, Drucksachennummer, Mention, Span
from ingest.expressions import find_references
from ingest.papers.table_reading import reading_of, row_at

MOST_REFERRING = 20


@dataclass(frozen=True, slots=True)
class Followers:
    """Papers that name a number, each with the first place: reports on it, and others."""

    reports: tuple[tuple[Document, Mention], ...]
    referring: tuple[tuple[Document, Mention], ...]


def followers(
    store: Store,
    access: Access,
    number: Drucksachennummer,
    known: Collection[str],
    names: Sequence[str] = (),
) -> Followers:
    """Who names a number, of papers not yet `known`; not minutes, invitations or notices.

    `names` are the kinds that the paper of the number may be called by: a place that calls it
    something else is about another paper of that number.
    """
    reports, referring = [], []
    seen = set(known)
    for mention in store.mentions(access, number):
        if mention.document_id in seen:
            continue
        other = store.document(access, mention.document_id)
        if other is None or other.kopfdaten.art is None:
            seen.add(mention.document_id)
            continue
        if not art_fits(names, _label_at(other, mention)):
            continue
        seen.add(mention.document_id)
        art = other.kopfdaten.art.value
        if art == "Beschlusskontrolle":
            reports.append((other, mention))
        elif art not in ("Niederschrift", "Einladung", "Bekanntmachung"):
            referring.append((other, mention))
    return Followers(tuple(reports), tuple(referring))


def names_of(document: Document | DocumentSummary) -> tuple[str, ...]:
    """The kinds that a paper may be called by; none where its kind is not on record."""
    kopf = document.kopfdaten
    return tuple(dict.fromkeys((kopf.art.value, kopf.benennung))) if kopf.art else ()


def _label_at(document: Document, mention: Mention) -> str | None:
    """What the line of a place calls the paper that it names ("antrag"); None where nothing."""
    text = document.text
    start = text.rfind("\n", 0, mention.span.start) + 1
    end = text.find("\n", mention.span.end)
    for reference in find_references(text[start : end if end >= 0 else len(text)]):
        if reference.span.shifted(start).overlaps(mention.span) and reference.label:
            return reference.label.lower()
    return None


def followed(
    store: Store,
    access: Access,
    number: Drucksachennummer,
    known: Collection[str],
    ledger: Ledger,
    names: Sequence[str] = (),
) -> Iterator[Claim]:
    """What the Beschlusskontrolle reports, and which papers not yet `known` name it."""
    found = followers(store, access, number, known, names)
    for control, mention in found.reports:
        yield progress_claim(control, mention, ledger)
    for other, mention in found.referring[:MOST_REFERRING]:
        cited = (ledger.cite_line(other, mention.span), *ledger.cite_name(other))
        yield Claim(f"Darauf bezieht sich {paper_name(other)}.", Label.BELEGT, cited)


def progress_claim(control: Document, mention: Mention, ledger: Ledger) -> Claim:
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
