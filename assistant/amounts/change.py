"""How an amount changed, reckoned from two cells of like units and of one stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.amounts.reckoning import amount_of, difference
from assistant.amounts.request import AmountRequest
from assistant.amounts.series import Entry, Series, place_of
from assistant.fundstelle import Ledger
from assistant.tables import head_spans
from assistant.types import Claim, Label
from ingest.papers.table_reading import heading_of

Place = tuple[Series, Entry]


def cite_entry(series: Series, entry: Entry, ledger: Ledger) -> tuple[int, ...]:
    """Cites the row of an entry, its column named, with what heads it."""
    document, row = series.document, entry.row.span
    numbers = [ledger.cite(document, row, entry.cell.span)]
    numbers += [ledger.cite(document, head) for head in head_spans(document, row)]
    return tuple(dict.fromkeys(numbers))


def changes(
    request: AmountRequest, found: Sequence[Series], ledger: Ledger
) -> tuple[list[Claim], list[str]]:
    """The differences asked for, and why one is not formed."""
    claims: list[Claim] = []
    notes: list[str] = []
    if not (request.change or request.develops):
        return claims, notes
    for first, second in _pairs(request, found):
        problem = _unlike(request, first, second)
        claim = None if problem else _claim(first, second, ledger, notes, request.rising)
        if claim is not None:
            claims.append(claim)
        else:
            why = problem or "weil Zahlen oder Einheiten nicht zueinander passen"
            notes.append(f"{_between(first, second)}: Unterschied nicht gebildet, {why}.")
    return claims, notes


def _pairs(request: AmountRequest, found: Sequence[Series]) -> Iterator[tuple[Place, Place]]:
    owners = {series.document.mandant for series in found}
    single = all(len(series.entries) == 1 for series in found)
    if len(found) == len(owners) == 2 and single and request.change:
        yield (found[0], found[0].entries[0]), (found[1], found[1].entries[0])
        return
    for series in found:
        for one, two in _ends(request, series):
            yield (series, one), (series, two)


def _ends(request: AmountRequest, series: Series) -> list[tuple[Entry, Entry]]:
    """The entries whose difference is asked for: of each stage that both years have."""
    ordered = sorted(series.entries, key=lambda e: (e.period, e.stage or ""))
    if len(ordered) < 2:
        return []
    if request.change and len(request.stages) > 1:
        return [(ordered[0], ordered[1])] if len(ordered) == 2 else []
    first, last = ordered[0].period, ordered[-1].period
    if first == last:
        return []
    alike = [
        (opening, closing)
        for opening in (e for e in ordered if e.period == first)
        for closing in (e for e in ordered if e.period == last)
        if opening.stage is closing.stage
    ]
    return alike or [(ordered[0], ordered[-1])]


def _unlike(request: AmountRequest, first: Place, second: Place) -> str:
    """Why two entries must not be set against each other unasked; "" where they may."""
    if first[0].key != second[0].key:
        captions = f"{first[0].caption}; {second[0].caption}"
        return f"weil die Tabellen verschieden sind ({captions})"
    if first[1].stage is second[1].stage or (request.change and len(request.stages) > 1):
        return ""
    named = [f"{e.stage.value if e.stage else 'Wert'} {e.period}" for _, e in (first, second)]
    meant = f"„Unterschied zwischen {named[0]} und {named[1]}“"
    return f"weil Ergebnis, Ansatz und Planung nicht dasselbe sind; ausdrücklich gefragt: {meant}"


def _claim(
    first: Place, second: Place, ledger: Ledger, notes: list[str], rising: bool | None
) -> Claim | None:
    amounts = [
        amount_of(entry.cell.span.cut(series.document.text), entry.unit)
        for series, entry in (first, second)
    ]
    if amounts[0] is None or amounts[1] is None:
        return None
    reckoned = difference(amounts[0], amounts[1])
    if reckoned is None:
        return None
    same_owner = first[0] is second[0]
    if same_owner and rising is not None and reckoned.value and (reckoned.value > 0) is not rising:
        went = "gestiegen" if reckoned.value > 0 else "gesunken"
        notes.append(f"Der Wert ist {went}; die Frage geht vom Gegenteil aus.")
    numbers = [n for series, entry in (first, second) for n in cite_entry(series, entry, ledger)]
    text = f"{_between(first, second)}: {reckoned.text}."
    return Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))


def _between(first: Place, second: Place) -> str:
    """What is set against what: "Lernmittel, Tabelle „Schulen“, von Ansatz 2023 zu …"."""
    (series, one), (other, two) = first, second
    if series is other and series.by_row and one.row is two.row:
        name = heading_of(series.document, one.row)
        words = (name, series.table_name, f"von {one.column} zu {two.column}")
        return ", ".join(filter(None, words))
    if series is other:
        return f"Von {place_of(series, one)} zu {place_of(other, two)}"
    owners = [s.document.mandant.upper() for s in (series, other)]
    return f"Von {owners[0]} zu {owners[1]}, {place_of(series, one)}"
