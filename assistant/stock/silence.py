"""Which kinds of questions were left without an answer: counts, no wording, no person."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from assistant.audit import AuditLog, Ausgang
from assistant.records.exact import Finding
from assistant.stock.form import counted, day_of, told
from assistant.stock.period import Period
from assistant.types import AnswerStatus, AnswerTable
from index.types import Access

DAYS = 30
"""What is counted where the question names no period."""
NO_WORDING = (
    "Der Nachweis hält weder den Wortlaut von Fragen fest, noch wird hier nach Personen gezählt: "
    "Gezählt wird nach Art der Frage."
)
NO_RECORD = "Der Nachweis der gestellten Fragen liegt hier nicht vor."
_OUTCOMES = (Ausgang.BEANTWORTET, Ausgang.NICHT_BELEGT, Ausgang.RUECKFRAGE)


@runtime_checkable
class Audited(Protocol):
    """Parts that keep a record of what was asked."""

    @property
    def audit(self) -> AuditLog:
        """The record."""


def tell_silence(parts: object, access: Access, period: Period | None, today: date) -> Finding:
    """Questions of the Mandant by kind and by how they ended."""
    if not isinstance(parts, Audited):
        return Finding(AnswerStatus.ABSTAINED, text=NO_RECORD, objection=NO_RECORD)
    days = period or Period(today - timedelta(days=DAYS))
    asked: Counter[tuple[str, str]] = Counter()
    for line in parts.audit.entries():
        of_mandant = line.action == "frage" and line.mandant in access.mandanten
        if of_mandant and days.holds(day_of(line.at)):
            asked[line.kind or "unbekannt", line.outcome] += 1
    kinds = sorted({kind for kind, _ in asked}, key=lambda kind: (-_open(asked, kind), kind))
    rows = tuple(
        (
            kind,
            str(_all(asked, kind)),
            *(str(asked[kind, outcome.value]) for outcome in _OUTCOMES),
            str(asked[kind, ""]),
        )
        for kind in kinds
    )
    total = sum(asked.values())
    unanswered = sum(_open(asked, kind) for kind in kinds)
    unknown = sum(count for (_, outcome), count in asked.items() if not outcome)
    notes = [NO_WORDING]
    if unknown:
        notes.append(
            f"Bei {counted(unknown, 'Frage', 'Fragen')} steht im Nachweis kein Ausgang; sie "
            "stammen aus der Zeit, bevor er festgehalten wurde."
        )
    return told(
        f"Fragen ohne belegte Antwort {days}: {unanswered} von {total}. Abgeleitet aus dem "
        "Nachweis der gestellten Fragen, gezählt nach Art der Frage.",
        [_line(asked, kind) for kind in kinds if _open(asked, kind)],
        table=AnswerTable(
            ("Art der Frage", "Gestellt", *(o.value for o in _OUTCOMES), "ohne Vermerk"), rows
        ),
        notes=notes,
    )


def _all(asked: Counter[tuple[str, str]], kind: str) -> int:
    return sum(count for (of, _), count in asked.items() if of == kind)


def _open(asked: Counter[tuple[str, str]], kind: str) -> int:
    return asked[kind, Ausgang.NICHT_BELEGT.value] + asked[kind, Ausgang.RUECKFRAGE.value]


def _line(asked: Counter[tuple[str, str]], kind: str) -> str:
    silent = asked[kind, Ausgang.NICHT_BELEGT.value]
    back = counted(asked[kind, Ausgang.RUECKFRAGE.value], "Rückfrage", "Rückfragen")
    return f"{kind}: {silent} nicht belegt, {back}, von {_all(asked, kind)} gestellten"
