"""The course of a paper as far as it is on record: results, stations, and who else tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import Ledger
from assistant.records.vorgang import Result, deciding_station
from assistant.review.stock import Place, Stock
from assistant.review.wording import flat
from index.types import Beratung, Document, Span
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import row_at
from ingest.sentences import split_sentences

_AROUND = 600


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one paper.

    Attributes:
        results: its own results, then those of the other papers of its number.
        told: sentences and rows of other papers that name its number.
    """

    paper: Document
    results: tuple[Result, ...]
    own_results: tuple[Result, ...]
    told: tuple[Place, ...]

    @property
    def stations(self) -> tuple[Beratung, ...]:
        """The stations of its Beratungsfolge."""
        return self.paper.kopfdaten.beratungsfolge

    @property
    def texts(self) -> list[str]:
        """The words of all that tells of its course."""
        notes = [flat(result.ergebnis.text) for result in self.results]
        return notes + [flat(span.cut(document.text)) for document, span in self.told]

    def days(self) -> set[date]:
        """Every day on which it was, or was to be, before a body, or which is told with it."""
        found = {station.datum for station in self.stations if station.datum}
        found |= {day for result in self.results if (day := day_of(result)) is not None}
        return found | {day for text in self.texts for day in days_in(text)}

    def days_of(self, body: str) -> set[date]:
        """The days on which it was, or was to be, before one body."""
        found = {s.datum for s in self.stations if s.datum and flat(s.gremium) == body}
        found |= {
            day
            for result in self.results
            if body_of(result) == body and (day := day_of(result)) is not None
        }
        return found | {day for text in self.texts if body in text for day in days_in(text)}

    def knows(self, body: str) -> bool:
        """Whether anything tells of this body."""
        bodies = {flat(station.gremium) for station in self.stations}
        bodies |= {body_of(result) for result in self.results}
        return body in bodies or any(body in text for text in self.texts)

    def deciding(self) -> Beratung | None:
        """The station that was to decide."""
        return deciding_station(self.paper)

    def of(self, body: str) -> Beratung | None:
        """The station of a body."""
        return next((s for s in self.stations if flat(s.gremium) == body), None)

    def cite_station(self, station: Beratung, ledger: Ledger) -> str:
        """A station in words, cited."""
        ledger.cite_line(self.paper, station.span)
        day = f" am {station.datum:%d.%m.%Y}" if station.datum else ""
        role = f" ({station.rolle})" if station.rolle else ""
        return f"{flat(station.gremium)}{day}{role}"


def course_of(stock: Stock, paper: Document) -> Course:
    """What is on record of a paper."""
    own = tuple(stock.results(paper))
    others = [result for other in stock.family(paper) for result in stock.results(other)]
    number = paper.kopfdaten.nummer
    mentions = stock.mentioned(number.value) if number else []
    told = tuple((document, _around(document, span)) for document, span in mentions)
    return Course(paper, own + tuple(r for r in others if r not in own), own, told)


def _around(document: Document, span: Span) -> Span:
    """The row or the sentence that a number stands in."""
    row = row_at(document, span.start)
    if row is not None:
        return row.span
    start = document.text.rfind("\n\n", 0, span.start) + 1
    end = document.text.find("\n\n", span.end)
    end = len(document.text) if end < 0 else end
    start, end = max(start, span.start - _AROUND), min(end, span.end + _AROUND)
    for piece in split_sentences(document.text[start:end]):
        if piece.shifted(start).contains(span):
            return piece.shifted(start)
    return span


def day_of(result: Result) -> date | None:
    """The day of the sitting that a result is from; None for a note on the paper."""
    datum = result.document.kopfdaten.datum
    return datum.value if result.from_minutes and datum else None


def body_of(result: Result) -> str:
    """The body whose minutes a result is from; "" for a note on the paper."""
    gremium = result.document.kopfdaten.gremium
    return flat(gremium.value) if result.from_minutes and gremium else ""


def days_in(text: str) -> set[date]:
    """The full dates in a text."""
    return {
        date.fromisoformat(e.value)
        for e in find_expressions(text)
        if e.kind is Kind.DATE and e.value[0] != "-"
    }
