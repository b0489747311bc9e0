"""When a matter was last, or first, before a Gremium: by minutes alone, never by a plan.

An item of minutes is about a topic where its heading holds the words, or where title, subject or
Beschlussvorschlag of a paper named there do. What is only planned is named apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.sittings.consultation_question import ConsultationRequest
from assistant.sittings.minutes import Item, items_of, same_body, sitting_name, sittings_on_record
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from assistant.understanding.same_words import Way, holds, ways_to_say
from index.german import terms
from index.store import Store
from index.types import (
    Access,
    Document,
    DocumentSummary,
    SectionKind,
    Span,
)

DEPTH = 100_000
"""More passages than a store is built for: the words of a topic find all of them."""
MOST_PLANNED = 5
COLUMNS = ("Tag", "Gremium", "TOP", "Gegenstand", "Ergebnis", "Passt, weil", "Quelle")
_RULE = (
    "Regel: {} im Tagesordnungspunkt einer Niederschrift oder in Titel, Betreff oder "
    "Beschlussvorschlag einer Drucksache, die dort behandelt wurde."
)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper that is about the topic, and the words of it that say so."""

    document: Document
    field: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class _Found:
    """An item that is about the topic; `paper` where only a paper named there says so."""

    day: date
    item: Item
    paper: _Paper | None


@dataclass(frozen=True, slots=True)
class _Planned:
    """A sitting without minutes at which the topic was to be, and where that stands."""

    day: date
    gremium: str
    document: Document
    place: Span
    said: str


class _Topic:
    """What is on record about one topic, as far as somebody may see it."""

    def __init__(self, store: Store, access: Access, request: ConsultationRequest) -> None:
        self.store, self.access, self.request = store, access, request
        self.ways = ways_to_say(request.words)
        query = " ".join(word for way in self.ways for word in way)
        hits = store.keyword_search(access, query, DEPTH)
        ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))
        self.speaking = store.summaries(access, ids)
        self.minutes = list(sittings_on_record(store, access, "Niederschrift", request.body.name))
        self._papers: dict[str, _Paper | None] = {}

    def papers(self) -> Iterator[DocumentSummary]:
        """The valid papers with a number that speak of the topic anywhere."""
        for summary in self.speaking.values():
            if summary.kopfdaten.nummer and summary.superseded_by is None:
                yield summary

    def paper(self, summary: DocumentSummary) -> _Paper | None:
        """The paper where its title, subject or Beschlussvorschlag hold the topic."""
        if summary.id not in self._papers:
            document = self.store.document(self.access, summary.id)
            self._papers[summary.id] = _about(document, self.ways) if document else None
        return self._papers[summary.id]

    def is_of_years(self, day: date) -> bool:
        """Whether a day is of one of the years that are asked for."""
        return not self.request.years or day.year in self.request.years

    def found(self) -> list[_Found]:
        """Every item about the topic in minutes, the one that is asked for first."""
        numbers: dict[tuple[str, str], list[DocumentSummary]] = {}
        for paper in self.papers():
            assert paper.kopfdaten.nummer is not None
            key = (paper.mandant, paper.kopfdaten.nummer.value.key)
            numbers.setdefault(key, []).append(paper)
        found: list[_Found] = []
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
                    found.append(_Found(item.day, item, None))
                    continue
                keys = ((summary.mandant, number.key) for number in item.numbers)
                bearers = [paper for key in keys for paper in numbers.get(key, ())]
                about = [p for b in bearers if (p := self.paper(b)) and item.names(p.document)]
                if about:
                    found.append(_Found(item.day, item, about[0]))
        return sorted(found, key=lambda one: one.day, reverse=not self.request.first)

    def planned(self, beyond: date | None) -> list[_Planned]:
        """Sittings without minutes for which the topic was planned, beyond the day that was found.

        That is later than the last sitting, or earlier than the first.
        """
        found: dict[tuple[str, date], _Planned] = {}
        for plan in (*self._by_papers(beyond), *self._by_invitations(beyond)):
            found.setdefault((" ".join(plan.gremium.split()).casefold(), plan.day), plan)
        ordered = sorted(found.values(), key=lambda p: p.day, reverse=not self.request.first)
        return ordered[:MOST_PLANNED]

    def _is_open(self, gremium: str, day: date | None, beyond: date | None) -> bool:
        """Whether a sitting may be named as planned: asked for, beyond the day, without minutes."""
        if day is None or not self.is_of_years(day):
            return False
        name, first = self.request.body.name, self.request.first
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

    def _by_papers(self, beyond: date | None) -> Iterator[_Planned]:
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
                yield _Planned(station.datum, station.gremium, paper.document, station.span, name)

    def _by_invitations(self, beyond: date | None) -> Iterator[_Planned]:
        name = self.request.body.name
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
                    yield _Planned(day, body, item.document, item.heading, said)


def _about(document: Document, ways: Sequence[Way]) -> _Paper | None:
    """The paper with the field of it that holds the topic; None where none does."""
    subject = document.kopfdaten.tagesordnungspunkt
    if subject and holds(ways, set(terms(subject.value))):
        return _Paper(document, "Betreff", subject.span)
    if holds(ways, set(terms(document.title))):
        start = document.text.find(document.title) if document.title else -1
        place = Span(start, start + len(document.title)) if start >= 0 else None
        return _Paper(document, "Titel", place)
    for section in document.sections:
        if section.kind is SectionKind.BESCHLUSSVORSCHLAG:
            body = Span(section.heading.end or section.span.start, section.span.end)
            if holds(ways, set(terms(body.cut(document.text)))):
                return _Paper(document, "Beschlussvorschlag", body)
    return None


def answer_consultation(store: Store, access: Access, request: ConsultationRequest) -> Finding:
    """The last or first sitting on a topic, by what rule it counts, and what is only planned."""
    if request.body.problem:
        problem = request.body.problem
        status = AnswerStatus.CLARIFY if request.body.choices else AnswerStatus.ABSTAINED
        return Finding(status, text=problem, objection=problem)
    topic = _Topic(store, access, request)
    found = topic.found()
    counted = [one for one in found if not one.item.taken_off]
    ledger = Ledger()
    claims: list[Claim] = []
    if counted:
        nearest = [one for one in counted if one.day == counted[0].day]
        claims += [claim for one in nearest for claim in _told(one, request, ledger)]
        claims.append(Claim(_rule(topic, len(found)), Label.ABGELEITET, ()))
    else:
        claims.append(Claim(_nothing(topic), Label.ABGELEITET, ()))
    planned = topic.planned(counted[0].day if counted else None)
    claims += [_as_planned(plan, ledger) for plan in planned]
    claims = [ledger.state(claim) for claim in claims]
    text = "\n".join(claim.text for claim in claims)
    if not counted and not planned:
        return Finding(AnswerStatus.ABSTAINED, text=text, objection=text)
    notes = tuple(
        f"Nicht mitgezählt, weil von der Tagesordnung abgesetzt: "
        f"{sitting_name(one.item.document.kopfdaten)}, {one.item.name}."
        for one in found
        if one.item.taken_off
    )
    table = AnswerTable(COLUMNS, tuple(_cells(one) for one in counted)) if counted else None
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=notes, table=table)


def _told(one: _Found, request: ConsultationRequest, ledger: Ledger) -> Iterator[Claim]:
    """One sitting: its day and item, why it counts, what is recorded there."""
    item, which = one.item, "Zuerst" if request.first else "Zuletzt"
    text = f"{which} laut Niederschrift: {sitting_name(item.document.kopfdaten)}, {item.name}."
    yield Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(item.cite(ledger))))
    if one.paper:
        paper = one.paper
        numbers = list(ledger.cite_name(paper.document))
        if paper.place is not None:
            numbers.append(ledger.cite(paper.document, paper.place))
        text = f"Dort behandelt: {paper_name(paper.document)}; das Thema steht im {paper.field}."
        yield Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))
    for vote in item.votes:
        if vote.ergebnis is not None:
            about = f" ({vote.gegenstand})" if vote.gegenstand else ""
            text = f"Verzeichnet ist dort{about}: „{' '.join(vote.ergebnis.text.split())}“"
            cited = ledger.cite(item.document, vote.ergebnis.span)
            yield Claim(text, Label.BELEGT, (cited,))


def _rule(topic: _Topic, items: int) -> str:
    """By what rule an item counts, and how much was looked through."""
    through = f"Durchgesehen: {len(topic.minutes)} Niederschriften, {items} passende Punkte."
    return f"{_RULE.format(_words(topic.ways))} {through}"


def _nothing(topic: _Topic) -> str:
    request = topic.request
    where = f" ({request.body.name})" if request.body.name else ""
    years = f" aus {' und '.join(map(str, request.years))}" if request.years else ""
    return (
        f"Keine der {len(topic.minutes)} durchgesehenen Niederschriften{where}{years} verzeichnet "
        f"das Thema. {_RULE.format(_words(topic.ways))}"
    )


def _words(ways: Sequence[Way]) -> str:
    """The words that were looked for: "„KI“ (auch „künstliche Intelligenz“)"."""
    said = []
    for typed, *others in ways:
        also = ", ".join(f"„{other}“" for other in others)
        said.append(f"„{typed}“" + (f" (auch {also})" if also else ""))
    return " und ".join(said)


def _as_planned(plan: _Planned, ledger: Ledger) -> Claim:
    numbers = [ledger.cite_line(plan.document, plan.place), *ledger.cite_name(plan.document)]
    text = (
        f"Nur vorgesehen, ohne Niederschrift: {plan.gremium} am {plan.day:%d.%m.%Y} ({plan.said})."
    )
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _cells(one: _Found) -> tuple[str, ...]:
    item = one.item
    kopf = item.document.kopfdaten
    why = f"{paper_name(one.paper.document)}: {one.paper.field}" if one.paper else "Überschrift"
    results = "; ".join(" ".join(v.ergebnis.text.split()) for v in item.votes if v.ergebnis)
    body = kopf.gremium.value if kopf.gremium else ""
    source = item.document.source
    return (one.day.isoformat(), body, item.top, item.title, results, why, source)
