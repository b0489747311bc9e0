"""The sentences of an answer from tables: a cell each, what it changed by, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.amounts.change import changes, cite_entry
from assistant.amounts.naming import asked_stages, is_of_the_house, missing
from assistant.amounts.reckoning import amount_of, converted
from assistant.amounts.request import AmountRequest, Stage
from assistant.amounts.series import Entry, Series, place_of, said
from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.records.supplements import Supplements, effect_claim
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.types import Document
from ingest.papers.table_reading import heading_of, value_of
from ingest.units import counts_things

COLUMNS = ("Mandant", "Zeile", "Tabelle", "Spalte", "Wert", "Einheit", "Fundstelle", "Quelle")
MOST_NAMED = 6


def write_finding(
    request: AmountRequest,
    found: Sequence[Series],
    read: Sequence[Series],
    supplements: Supplements,
) -> Finding:
    """The amounts in sentences and as a table, what they changed by, and what follows the papers.

    `found` is what is told; `read` also holds what a later paper took the place of.
    """
    ledger = Ledger()
    several = len({series.document.id for series in found}) > 1
    claims: list[Claim] = []
    notes: list[str] = []
    rows: list[tuple[str, ...]] = []
    for series in sorted(found, key=_order):
        named = several or not is_of_the_house(series.document)
        places = [cite_entry(series, entry, ledger) for entry in series.entries]
        lead, naming = _lead(series.document, ledger) if named else ("", ())
        for entry, place in zip(series.entries, places, strict=True):
            cited = tuple(dict.fromkeys((*place, *naming)))
            claims.append(Claim(f"{lead}{said(series, entry)}.", Label.BELEGT, cited))
            rows.append(_cells(series, entry, ledger))
            claims += _in_unit(series, entry, request, claims[-1])
        notes += _notes(series, request, f"{paper_name(series.document)}: " if named else "")
    reckoned, why_not = changes(request, sorted(found, key=_order), ledger)
    claims += reckoned
    notes += why_not
    if _differ(found):
        notes.append("Die Quellen nennen dazu verschiedene Werte.")
    claims += _effects(found, read, supplements, ledger)
    claims = list(dict.fromkeys(ledger.state(claim) for claim in claims))
    table = AnswerTable(COLUMNS, tuple(rows)) if len(rows) > 1 else None
    return Finding(
        AnswerStatus.ANSWERED,
        tuple(claims),
        tuple(ledger.citations),
        notes=tuple(dict.fromkeys(notes)),
        table=table,
    )


def _lead(document: Document, ledger: Ledger) -> tuple[str, tuple[int, ...]]:
    """A paper's name and what it is about, for its amounts are of that; with what is cited."""
    kopf = document.kopfdaten
    numbers = ledger.cite_name(document)
    subject = kopf.tagesordnungspunkt
    if subject is None:
        return f"{paper_name(document)}: ", tuple(numbers)
    numbers.append(ledger.cite_line(document, subject.span))
    about = " ".join(subject.value.split())
    return f"{paper_name(document)} ({about}): ", tuple(numbers)


def _order(series: Series) -> tuple[str, str, int]:
    return series.document.mandant, series.document.source, series.table.span.start


def _cells(series: Series, entry: Entry, ledger: Ledger) -> tuple[str, ...]:
    document = series.document
    number = ledger.cite(document, entry.row.span, entry.cell.span)
    place = ledger.citations[number - 1].fundstelle
    row = heading_of(document, entry.row)
    name, label = (row, entry.column) if series.by_row else (entry.column, row)
    value = _without_unit(document, entry)
    return (
        document.mandant,
        name,
        series.caption,
        label,
        value,
        entry.unit,
        place,
        document.source,
    )


def _without_unit(document: Document, entry: Entry) -> str:
    """What the cell prints beside the unit, which has a column of its own."""
    cell, words = entry.cell, entry.cell.span.cut(document.text)
    if cell.unit is not None and cell.span.contains(cell.unit.span):
        start, end = (at - cell.span.start for at in (cell.unit.span.start, cell.unit.span.end))
        words = words[:start] + words[end:]
    return " ".join(words.split())


def _in_unit(series: Series, entry: Entry, request: AmountRequest, claim: Claim) -> Iterator[Claim]:
    """The amount in the unit that the question wishes for, where the table has another one."""
    words = entry.cell.span.cut(series.document.text)
    amount = amount_of(words, entry.unit)
    if not request.unit or amount is None or request.unit == entry.unit:
        return
    other = converted(amount, request.unit)
    if other is not None:
        text = f"{place_of(series, entry)}: {other} (umgerechnet aus {amount})."
        yield Claim(text, Label.ABGELEITET, claim.citations)


def _notes(series: Series, request: AmountRequest, lead: str) -> Iterator[str]:
    name = ", ".join(filter(None, (series.name, series.table_name)))
    lacking = [
        " ".join(filter(None, (stage.value if stage else "", period)))
        for stage, period in missing(series, request)
    ]
    if lacking:
        yield f"{lead}{name}: {_listed(lacking)} nicht erfasst."
    bare = [e for e in series.entries if not e.unit and is_of_the_house(series.document)]
    if any(not counts_things(f"{series.name} {entry.column}") for entry in bare):
        yield f"{lead}{name}: Eine Einheit nennt die Tabelle nicht."
    stages = {(e.period, e.stage) for e in series.entries}
    if asked_stages(series, request) or request.planned or len({s for _, s in stages}) < 2:
        return
    periods = dict.fromkeys(entry.period for entry in series.entries)
    planned = [period for period in periods if (period, Stage.ERGEBNIS) not in stages]
    if planned:
        yield f"{lead}{name}: Für {_listed(planned)} ist kein Ergebnis erfasst."


def _listed(words: Sequence[str]) -> str:
    if len(words) > MOST_NAMED:
        return f"{', '.join(words[:MOST_NAMED])} und {len(words) - MOST_NAMED} weitere"
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _differ(found: Sequence[Series]) -> bool:
    """Whether two papers give one cell of one kind of table different values."""
    values: dict[tuple[object, ...], set[str]] = {}
    for series in found:
        for entry in series.entries:
            key = (series.document.mandant, series.key, series.words, entry.stage, entry.period)
            amount = amount_of(entry.cell.span.cut(series.document.text), entry.unit)
            same = (amount and converted(amount, "€")) or value_of(series.document, entry.cell)
            values.setdefault(key, set()).add(str(same))
    return any(len(held) > 1 for held in values.values())


def _effects(
    found: Sequence[Series], read: Sequence[Series], supplements: Supplements, ledger: Ledger
) -> Iterator[Claim]:
    """What follows the cited papers, and what they took the place of."""
    cited = {series.document.id: series.document for series in found}
    for document in {s.document.id: s.document for s in read}.values():
        for later in supplements.later(document):
            if document.id in cited or later.id in cited:
                yield effect_claim(document, later, ledger)
