"""What a sitting dealt with, item by item, and what came of it, from its minutes.

Where there are none, what it was to deal with, from the invitation and from the Beratungsfolgen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.records.vorgang import art_fits, may_be_called
from assistant.sittings.agenda_question import ANY_PAPER, AgendaRequest
from assistant.sittings.minutes import Item, items_of
from assistant.sittings.on_record import Sitting, Standing
from assistant.sittings.one_sitting import OneSitting, find_sittings
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access, Document, DocumentSummary, Drucksachennummer, Outcome, Span
from ingest.expressions import find_references

COLUMNS = ("Tag", "Gremium", "TOP", "Gegenstand", "Drucksachen", "Ergebnis", "Quelle")
_DECIDED = (Outcome.BESCHLOSSEN, Outcome.GEAENDERT)


def answer_agenda(store: Store, access: Access, request: AgendaRequest, today: date) -> Finding:
    """Lists the items of the sittings that are asked for, with what the minutes record of each."""
    sittings = find_sittings(store, access, request.sitting, today)
    if isinstance(sittings, Finding):
        return sittings
    ledger = Ledger()
    claims: list[Claim] = []
    rows: list[tuple[str, ...]] = []
    for sitting in sittings:
        told = _Telling(store, access, request, ledger)
        claims += told.claims_of(sitting)
        rows += told.rows
    stated = tuple(ledger.state(claim) for claim in claims)
    return Finding(
        AnswerStatus.ANSWERED,
        stated,
        tuple(ledger.citations),
        "\n".join(claim.text for claim in stated),
        table=AnswerTable(COLUMNS, tuple(rows)) if rows else None,
    )


class _Telling:
    """Tells one sitting after another in sentences and rows."""

    def __init__(
        self, store: Store, access: Access, request: AgendaRequest, ledger: Ledger
    ) -> None:
        self._store, self._access = store, access
        self._label, self._invited = request.label, request.invited
        self._ledger = ledger
        self.rows: list[tuple[str, ...]] = []

    def claims_of(self, sitting: OneSitting) -> Iterator[Claim]:
        """What it dealt with, or was to."""
        all_items = [item for paper in self._sources(sitting) for item in items_of(paper)]
        items = [item for item in all_items if self._fits(item)]
        stations = [
            one
            for one in sitting.stations()
            if self._is_asked(one.document) and not any(i.names(one.document) for i in all_items)
        ]
        yield Claim(self._head(sitting, items), Label.ABGELEITET, ())
        for item in items:
            self.rows.append(_row(sitting, item))
            yield self._item_claim(item)
        if stations:
            yield Claim(_stations_head(sitting, items), Label.ABGELEITET, ())
        for one in stations:
            self.rows.append(_station_row(one))
            yield self._station_claim(one)

    def _sources(self, sitting: OneSitting) -> list[Document]:
        minutes, invitations = sitting.papers(minutes=True), sitting.papers(minutes=False)
        return (invitations or minutes) if self._invited else (minutes or invitations)

    def _head(self, sitting: OneSitting, items: Sequence[Item]) -> str:
        about = {"": "", ANY_PAPER: " mit Drucksachen"}.get(
            self._label, f" zu einer Drucksache der Art „{self._label.capitalize()}“"
        )
        count = f"{len(items)} Tagesordnungspunkte{about}"
        if len(items) == 1:
            count = f"ein Tagesordnungspunkt{about}"
        if self._invited and sitting.papers(minutes=False):
            return f"{sitting.name}, laut Einladung: {count}."
        if sitting.standing is Standing.MINUTES:
            recorded = [item for item in items if _results(item)]
            decided = [item for item in recorded if _is_decided(item)]
            told = f"{sitting.name}, laut Niederschrift: {count}"
            if not items:
                return f"{sitting.name}, laut Niederschrift: kein Tagesordnungspunkt{about}."
            passed = f" ({len(decided)} beschlossen, auch mit Änderungen)" if decided else ""
            return f"{told}, davon {len(recorded)} mit verzeichnetem Ergebnis{passed}."
        head = f"{sitting.name}: Die Niederschrift liegt nicht vor."
        if sitting.papers(minutes=False):
            head += f" Vorgesehen waren laut Einladung: {count}."
        return head

    def _item_claim(self, item: Item) -> Claim:
        """One item with its papers, and each result in the words of the record."""
        papers = list(_papers(item))
        named = f" ({'; '.join(words for words, _ in papers)})" if papers else ""
        numbers = [self._ledger.cite(item.document, span) for _, span in _results(item)]
        numbers += item.cite(self._ledger)
        numbers += [self._ledger.cite_line(item.document, span) for _, span in papers]
        said = "; ".join(words for words, _ in _results(item))
        text = f"{item.name}{named}" + (f": {said}" if said else "")
        return Claim(text if said else f"{text}.", Label.BELEGT, tuple(dict.fromkeys(numbers)))

    def _station_claim(self, one: Sitting) -> Claim:
        station = next(s for s in one.document.kopfdaten.beratungsfolge if s.span in one.spans)
        said = [station.rolle] if station.rolle else []
        said += [f"„{_flat(station.ergebnis.text)}“"] if station.ergebnis else []
        numbers = [self._ledger.cite_line(one.document, span) for span in one.spans]
        numbers += self._ledger.cite_name(one.document)
        told = f": {', '.join(said)}" if said else ""
        text = f"{paper_name(one.document)}{told}."
        return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))

    def _fits(self, item: Item) -> bool:
        """Whether an item is about a paper of the kind that is asked for."""
        if self._label in ("", ANY_PAPER):
            return not self._label or bool(item.numbers)
        return any(self._is_of_kind(item, number) for number in item.numbers)

    def _is_of_kind(self, item: Item, number: Drucksachennummer) -> bool:
        """As the item calls the paper, else as the paper on record is called."""
        called = [
            reference.label
            for reference in find_references(item.span.cut(item.document.text))
            if reference.number == number and reference.label
        ]
        if called:
            return any(art_fits((self._label,), label.lower()) for label in called)
        return any(self._is_asked(entry) for entry in self._store.by_number(self._access, number))

    def _is_asked(self, paper: Document | DocumentSummary) -> bool:
        return self._label in ("", ANY_PAPER) or may_be_called(paper, self._label)


def _stations_head(sitting: OneSitting, items: Sequence[Item]) -> str:
    if sitting.standing is Standing.MINUTES:
        return (
            "Die Beratungsfolge weiterer Drucksachen nennt diese Sitzung; einen Tagesordnungspunkt "
            "dazu verzeichnet die Niederschrift nicht:"
        )
    return "Laut Beratungsfolge der Drucksachen:" if not items else "Dazu laut Beratungsfolge:"


def _results(item: Item) -> list[tuple[str, Span]]:
    """Each result of an item in the words of the record, with what it was about."""
    return [
        (
            (f"{vote.gegenstand}: " if vote.gegenstand else "") + f"„{_flat(vote.ergebnis.text)}“",
            vote.ergebnis.span,
        )
        for vote in item.votes
        if vote.ergebnis is not None
    ]


def _is_decided(item: Item) -> bool:
    """Whether the item itself was decided, not only a part of it."""
    own = [vote.ergebnis for vote in item.votes if vote.ergebnis and not vote.gegenstand]
    return any(ergebnis.outcome in _DECIDED for ergebnis in own)


def _papers(item: Item) -> Iterator[tuple[str, Span]]:
    """The papers of an item as it names them, each once, and where it does."""
    seen = set()
    for reference in find_references(item.span.cut(item.document.text)):
        if reference.number in item.numbers and reference.number not in seen:
            seen.add(reference.number)
            span = reference.span.shifted(item.span.start)
            yield _flat(span.cut(item.document.text)), span


def _row(sitting: OneSitting, item: Item) -> tuple[str, ...]:
    session = sitting.named[0].session
    return (
        session.datum.isoformat(),
        session.gremium,
        item.top,
        item.title,
        "; ".join(str(number) for number in item.numbers),
        "; ".join(words for words, _ in _results(item)),
        paper_name(item.document),
    )


def _station_row(one: Sitting) -> tuple[str, ...]:
    kopf = one.document.kopfdaten
    station = next(s for s in kopf.beratungsfolge if s.span in one.spans)
    number = str(kopf.nummer.value) if kopf.nummer else ""
    result = f"„{_flat(station.ergebnis.text)}“" if station.ergebnis else ""
    day, body = one.session.datum.isoformat(), one.session.gremium
    return (day, body, "", one.document.title, number, result, paper_name(one.document))


def _flat(words: str) -> str:
    return " ".join(words.split())
