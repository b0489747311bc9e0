"""The rows of a list of papers: as claims with their citations, and cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger, paper_name
from assistant.lists.vote_fit import vote_cell
from assistant.records.vorgang import Result
from assistant.types import Claim, Label
from index.types import Document

NOT_COUNTED = "Nicht mitgezählt, weil"
SOURCE = "Quelle"
COLUMNS = (
    "Art",
    "Nummer",
    "Datum",
    "Antragsteller",
    "Gegenstand",
    "Ergebnis",
    "Ergebnis laut",
    "Abstimmung",
    NOT_COUNTED,
    SOURCE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of the list with the result that counts, where one is on record."""

    document: Document
    result: Result | None


def cells(row: Row, missing: str) -> tuple[str, ...]:
    """The row's cells under `COLUMNS`; `missing` is why it is not counted, else empty."""
    kopf, result = row.document.kopfdaten, row.result
    subject = kopf.tagesordnungspunkt
    fields = (
        kopf.benennung,
        str(kopf.nummer.value) if kopf.nummer else "",
        kopf.datum.value.isoformat() if kopf.datum else "",
        ", ".join(mover.value for mover in kopf.antragsteller),
        subject.value if subject else row.document.title,
        result.ergebnis.text if result else "",
        paper_name(result.document) if result else "",
        vote_cell(result.ergebnis) if result else "",
        missing,
        row.document.source,
    )
    return tuple(" ".join(field.split()) for field in fields)


def newest_first(row: Row) -> tuple[int, str]:
    """Sorts by the paper's date, latest first, then by name."""
    kopf = row.document.kopfdaten
    return (-kopf.datum.value.toordinal() if kopf.datum else 0, paper_name(row.document))


def row_claim(row: Row, ledger: Ledger) -> Claim:
    """One paper of the list, each part with its citation."""
    document, kopf = row.document, row.document.kopfdaten
    numbers = ledger.cite_name(document)
    numbers += [ledger.cite_line(document, mover.span) for mover in kopf.antragsteller]
    movers = ", ".join(" ".join(mover.value.split()) for mover in kopf.antragsteller)
    parts = [paper_name(document), f" ({movers})" if movers else ""]
    subject = kopf.tagesordnungspunkt
    title = " ".join((subject.value if subject else document.title).split())
    if title and title not in parts[0]:
        parts.append(f": {title}")
        if subject:
            numbers.append(ledger.cite_line(document, subject.span))
    if row.result:
        quoted = " ".join(row.result.ergebnis.text.split())
        parts.append(f" – Ergebnis: „{quoted}“")
        numbers.append(ledger.cite(row.result.document, row.result.ergebnis.span))
    return Claim("".join(parts), Label.BELEGT, tuple(dict.fromkeys(numbers)))


def apart(missing: str, rows: Sequence[Row], ledger: Ledger) -> Claim:
    """The papers that cannot be judged, by name, with what is missing of them."""
    numbers = [
        ledger.cite_line(row.document, row.document.kopfdaten.nummer.span)
        for row in rows
        if row.document.kopfdaten.nummer
    ]
    names = "; ".join(paper_name(row.document) for row in rows)
    text = f"Nicht mitgezählt, {missing} ({len(rows)}): {names}."
    return Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))
