"""Sittings as their minutes record them: items, what was voted on, the papers named there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger
from assistant.records.vorgang import art_fits
from index.store import Store
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Kopfdaten,
    Outcome,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_references

_NUMBER = re.compile(r"(?:TOP|Punkt|Zu)?\s*(\d+(?:\.\d+)*)\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One Tagesordnungspunkt of minutes or of an invitation.

    Attributes:
        top: its number as printed ("2.1"), "" where it has none.
        title: its heading without the number.
        heading, span: where the heading and the whole item stand.
        votes: what minutes record under it.
    """

    document: Document
    top: str
    title: str
    heading: Span
    span: Span
    votes: tuple[TopBeschluss, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of the sitting."""
        datum = self.document.kopfdaten.datum
        return datum.value if datum else None

    @property
    def name(self) -> str:
        """The item as officials name it: "TOP 3 „Klimabilanz 2021“"."""
        return f"TOP {self.top} „{self.title}“" if self.top else f"„{self.title}“"

    @property
    def numbers(self) -> tuple[Drucksachennummer, ...]:
        """The papers that the heading or a vote of the item is about."""
        named = [number for vote in self.votes for number in vote.drucksachen]
        headed = find_references(self.heading.cut(self.document.text))
        return tuple(dict.fromkeys([*named, *(reference.number for reference in headed)]))

    @property
    def taken_off(self) -> bool:
        """Whether the item was taken off the agenda."""
        outcomes = [vote.ergebnis.outcome for vote in self.votes if vote.ergebnis]
        return bool(outcomes) and set(outcomes) == {Outcome.ABGESETZT}

    def names(self, paper: Document) -> bool:
        """Whether the item is about a paper, not about another art's paper of that number."""
        nummer, kopf = paper.kopfdaten.nummer, paper.kopfdaten
        if nummer is None or nummer.value not in self.numbers:
            return False
        labels = {
            reference.label.lower()
            for reference in find_references(self.span.cut(self.document.text))
            if reference.number == nummer.value and reference.label
        }
        arten = (kopf.art.value if kopf.art else "", kopf.benennung)
        return not labels or any(art_fits(arten, label) for label in labels)

    def cite(self, ledger: Ledger) -> list[int]:
        """Cites the heading of the item and the lines that name the sitting."""
        kopf = self.document.kopfdaten
        spans = [self.heading, *(r.span for r in (kopf.gremium, kopf.datum) if r)]
        return [ledger.cite_line(self.document, span) for span in spans if len(span)]


def items_of(document: Document) -> list[Item]:
    """The items of minutes or of an invitation, in order; those that may be seen."""
    beschluesse = document.kopfdaten.beschluesse
    found: list[Item] = []
    for section in document.sections:
        if section.kind is not SectionKind.TOP:
            continue
        number = _NUMBER.match(section.title)
        top = number[1] if number else ""
        own = tuple(b for b in beschluesse if b.top == top and section.span.contains(b.span))
        title = " ".join((section.title[number.end() :] if number else section.title).split())
        found.append(Item(document, top, title, section.heading, section.span, own))
    told = {id(vote) for item in found for vote in item.votes}
    for vote in beschluesse:
        if id(vote) not in told:
            found.append(Item(document, vote.top, vote.titel, vote.span, vote.span, (vote,)))
    return sorted(found, key=lambda item: item.span.start)


def sitting_name(kopf: Kopfdaten) -> str:
    """A sitting in words: "Landschaftsausschuss am 26.10.2023"."""
    body = kopf.gremium.value if kopf.gremium else "Gremium nicht erfasst"
    return f"{body} am {kopf.datum.value:%d.%m.%Y}" if kopf.datum else body


def sittings_on_record(
    store: Store, access: Access, art: str, gremium: str | None
) -> Iterator[DocumentSummary]:
    """Valid minutes ("Niederschrift") or invitations ("Einladung"), of one Gremium or of all."""
    for summary in store.documents(access, current_only=True):
        kopf = summary.kopfdaten
        if kopf.art is None or kopf.art.value != art:
            continue
        if gremium is None or (kopf.gremium and same_body(kopf.gremium.value, gremium)):
            yield summary


def same_body(one: str, other: str) -> bool:
    """Whether two names of a Gremium are the same."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
