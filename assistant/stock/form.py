"""The form of an answer about the stock: what was counted, by which rule, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from assistant.records.exact import Finding
from assistant.types import AnswerStatus, AnswerTable, Citation, Claim, Label
from index.store import Store
from index.types import Access, DocumentSummary, Schutzstufe

RESERVED = (
    "Auskünfte über den Bestand und Aufträge dazu sind der Administration vorbehalten. "
    "Es wurde nichts geändert."
)


def sees_all(access: Access) -> bool:
    """Whether somebody may see every Schutzstufe: only then may the stock be told."""
    return access.stufen >= frozenset(Schutzstufe)


def reserved() -> Finding:
    """What everybody else is told: nothing of the stock."""
    return Finding(AnswerStatus.ABSTAINED, text=RESERVED, objection=RESERVED)


def by_register(store: Store, access: Access, what: str = "") -> str:
    """The rule that a sentence rests on, with the state it was read from."""
    how = f" ({what})" if what else ""
    return f"Abgeleitet aus dem Verzeichnis{how}, Stand Generation {store.generation(access)}."


def derived(text: str) -> Claim:
    """A sentence that rests on the register, not on the words of a paper."""
    return Claim(text, Label.ABGELEITET, ())


def told(
    head: str,
    lines: Iterable[str],
    *,
    table: AnswerTable | None = None,
    notes: Sequence[str] = (),
) -> Finding:
    """An answer that rests on the register alone."""
    return with_claims([derived(head), *map(derived, lines)], table=table, notes=notes)


def with_claims(
    claims: Sequence[Claim],
    *,
    citations: Sequence[Citation] = (),
    table: AnswerTable | None = None,
    notes: Sequence[str] = (),
) -> Finding:
    """An answer of these sentences, each on a line of its own."""
    return Finding(
        AnswerStatus.ANSWERED,
        tuple(claims),
        tuple(citations),
        "\n".join(claim.text for claim in claims),
        notes=tuple(notes),
        table=table,
    )


def moment(at: str) -> datetime:
    """A stamp of the store as local time."""
    read = datetime.fromisoformat(at)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone()


def day_of(at: str) -> date:
    """The local day of a stamp of the store."""
    return moment(at).date()


def when(at: str) -> str:
    """A stamp of the store as officials write it."""
    return f"{moment(at):%d.%m.%Y, %H:%M} Uhr"


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun: "1 Datei", "2 Dateien", "0 Dateien"."""
    return f"{count} {one if count == 1 else many}"


def is_of(document: DocumentSummary, kinds: frozenset[str]) -> bool:
    """Whether a document is of one of the kinds that are asked about; all are where none is."""
    kopf = document.kopfdaten
    names = (kopf.benennung.lower(), kopf.art.value.lower() if kopf.art else "")
    return not kinds or any(name.endswith(kind) for kind in kinds for name in names)
