"""Where minutes speak of a topic, and where it was only planned to be.

An item of minutes is about a topic where its heading holds the words, or where title, subject or
Beschlussvorschlag of a paper named there do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.sittings.minutes import Item, items_of, same_body, sittings_on_record
from assistant.types import Claim, Label
from assistant.understanding.same_words import Way, holds, ways_to_say
from index.german import terms
from index.store import Store
from index.types import Access, Document, DocumentSummary, SectionKind, Span

DEPTH = 100_000
"""More passages than a store is built for: the words of a topic find all of them."""
MOST_PLANNED = 5
RULE = (
    "Regel: {} im Tagesordnungspunkt einer Niederschrift oder in Titel, Betreff oder "
    "Beschlussvorschlag einer Drucksache, die dort behandelt wurde."
)


@dataclass(frozen=True, slots=True)
class AboutIt:
    """A paper that is about the topic, and the words of it that say so."""

    document: Document
    field: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Found:
    """An item that is about the topic; `paper` where only a paper named there says so."""

    day: date
    item: Item
    paper: AboutIt | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A sitting without minutes at which the topic was to be, and where that stands."""

    day: date
    gremium: str
    document: Document
    place: Span
    said: str


class Topic:
    """What is on record about one topic, as far as somebody may see it.

    Args:
        words: of the topic, as typed.
        gremium: whose sittings count; None for all.
        years: of which a sitting has to be; empty for any.
        first: whether the first sitting comes first, not the last.
    """

    def __init__(
        self,
        store: Store,
        access: Access,
        words: Sequence[str],
        gremium: str | None,
        *,
        years: Sequence[int] = (),
        first: bool = False,
    ) -> None:
        self.store, self.access = store, access
        self.gremium, self.years, self.first = gremium, years, first
        self.ways = ways_to_say(words)
        query = " ".join(word for way in self.ways for word in way)
        hits = store.keyword_search(access, query, DEPTH)
        ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))
        self.speaking = store.summaries(access, ids)
        self.minutes = list(sittings_on_record(store, access, "Niederschrift", gremium))
        self._papers: dict[str, AboutIt | None] = {}

    def papers(self) -> Iterator[DocumentSummary]:
        """The valid papers with a number that speak of the topic anywhere."""
        for summary in self.speaking.values():
            if summary.kopfdaten.nummer and summary.superseded_by is None:
                yield summary

    def paper(self, summary: DocumentSummary) -> AboutIt | None:
        """The paper where its title, subject or Beschlussvorschlag hold the topic."""
        if summary.id not in self._papers:
            document = self.store.document(self.access, summary.id)
            self._papers[summary.id] = about(document, self.ways) if document else None
        return self._papers[summary.id]

    def is_of_years(self, day: date) -> bool:
        """Whether a day is of one of the years that are asked for."""
        return not self.years or day.year in self.years

    def found(self) -> list[Found]:
        """Every item about the topic in minutes, the one that is asked for first."""
        numbers: dict[tuple[str, str], list[DocumentSummary]] = {}
        for paper in self.papers():
            assert paper.kopfdaten.nummer is not None
            key = (paper.mandant, paper.kopfdaten.nummer.value.key)
            numbers.setdefault(key, []).append(paper)
        found: list[Found] = []
        for summary in self.minutes:
            named = {n.key for b in summary.kopfdaten.beschluesse for n in b.drucksachen}
            with_paper = any((summary.mandant, key) in numbers for key in named)
            if summary.id not in self.speaking and not with_paper:
                continue
            document = self.store.document(self.access, summary.id)
            for item in items_of(document) if document else ():
                if item.day is None or not self.is_of_years(item.day):
                    continue
                if holds(self.ways, set(terms(item.title))):
                    found.append(Found(item.day, item, None))
                    continue
                keys = ((summary.mandant, number.key) for number in item.numbers)
                bearers = [paper for key in keys for paper in numbers.get(key, ())]
                about = [p for b in bearers if (p := self.paper(b)) and item.names(p.document)]
                if about:
                    found.append(Found(item.day, item, about[0]))
        return sorted(found, key=lambda one: one.day, reverse=not self.first)

    def planned(self, beyond: date | None) -> list[Planned]:
        """Sittings without minutes for which the topic was planned, beyond the day that was found.

        That is later than the last sitting, or earlier than the first.
        """
        found: dict[tuple[str, date], Planned] = {}
        for plan in (*self._by_papers(beyond), *self._by_invitations(beyond)):
            found.setdefault((" ".join(plan.gremium.split()).casefold(), plan.day), plan)
        ordered = sorted(found.values(), key=lambda p: p.day, reverse=not self.first)
        return ordered[:MOST_PLANNED]

    def _is_open(self, gremium: str, day: date | None, beyond: date | None) -> bool:
        """Whether a sitting may be named as planned: asked for, beyond the day, without minutes."""
        if day is None or not self.is_of_years(day):
            return False
        name, first = self.gremium, self.first
        if name is not None and not same_body(gremium, name):
            return False
        if beyond is not None and (day >= beyond if first else day <= beyond):
            return False
        return not any(
            m.kopfdaten.datum
            and m.kopfdaten.datum.value == day
            and m.kopfdaten.gremium
            and same_body(m.kopfdaten.gremium.value, gremium)
            for m in self.minutes
        )

    def _by_papers(self, beyond: date | None) -> Iterator[Planned]:
        for summary in self.papers():
            stations = [
                station
                for station in summary.kopfdaten.beratungsfolge
                if self._is_open(station.gremium, station.datum, beyond)
            ]
            paper = self.paper(summary) if stations else None
            for station in stations if paper else ():
                assert paper is not None and station.datum is not None
                name = paper_name(paper.document)
                yield Planned(station.datum, station.gremium, paper.document, station.span, name)

    def _by_invitations(self, beyond: date | None) -> Iterator[Planned]:
        name = self.gremium
        for summary in sittings_on_record(self.store, self.access, "Einladung", name):
            kopf = summary.kopfdaten
            body = kopf.gremium.value if kopf.gremium else ""
            day = kopf.datum.value if kopf.datum else None
            if summary.id not in self.speaking or not self._is_open(body, day, beyond):
                continue
            document = self.store.document(self.access, summary.id)
            for item in items_of(document) if document else ():
                if day is not None and holds(self.ways, set(terms(item.title))):
                    said = f"Einladung, {item.name}"
                    yield Planned(day, body, item.document, item.heading, said)


def about(document: Document, ways: Sequence[Way]) -> AboutIt | None:
    """The paper with the field of it that holds the topic; None where none does."""
    subject = document.kopfdaten.tagesordnungspunkt
    if subject and holds(ways, set(terms(subject.value))):
        return AboutIt(document, "Betreff", subject.span)
    if holds(ways, set(terms(document.title))):
        start = document.text.find(document.title) if document.title else -1
        place = Span(start, start + len(document.title)) if start >= 0 else None
        return AboutIt(document, "Titel", place)
    for section in document.sections:
        if section.kind is SectionKind.BESCHLUSSVORSCHLAG:
            body = Span(section.heading.end or section.span.start, section.span.end)
            if holds(ways, set(terms(body.cut(document.text)))):
                return AboutIt(document, "Beschlussvorschlag", body)
    return None


def rule_of(ways: Sequence[Way]) -> str:
    """By what rule an item is about a topic, with every word that was looked for."""
    said = []
    for typed, *others in ways:
        also = ", ".join(f"„{other}“" for other in others)
        said.append(f"„{typed}“" + (f" (auch {also})" if also else ""))
    return RULE.format(" und ".join(said))


def planned_claim(plan: Planned, ledger: Ledger) -> Claim:
    """A planned sitting as a sentence that never says it took place."""
    numbers = [ledger.cite_line(plan.document, plan.place), *ledger.cite_name(plan.document)]
    text = (
        f"Nur vorgesehen, ohne Niederschrift: {plan.gremium} am {plan.day:%d.%m.%Y} ({plan.said})."
    )
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))
