"""Answers to what the admin asks of the stock; everybody else learns nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.records.exact import Finding
from assistant.stock.changes import tell_changes
from assistant.stock.exposure import tell_exposure
from assistant.stock.form import reserved, sees_all
from assistant.stock.gaps import tell_minutes, tell_results, tell_scans, tell_twins
from assistant.stock.missing import tell_missing
from assistant.stock.request import StockRequest, Topic
from assistant.stock.silence import tell_silence
from index.store import Store
from index.types import Access


class Parts(Protocol):
    """What answering needs; with a record of what was asked, see `silence.Audited`, more."""

    @property
    def store(self) -> Store:
        """The register."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what it is answered from."""

    parts: Parts
    access: Access
    request: StockRequest
    today: date

    @property
    def store(self) -> Store:
        """The register."""
        return self.parts.store


_Teller = Callable[[_Asked], Finding]


def answer_stock(parts: Parts, access: Access, request: StockRequest, today: date) -> Finding:
    """Looks up what is asked for, as of `today`."""
    if not sees_all(access):
        return reserved()
    return _TELLERS[request.topic](_Asked(parts, access, request, today))


def understood_of(request: StockRequest) -> list[str]:
    """What was understood, in German, one filter each."""
    said = [request.topic.value]
    if request.period is not None:
        said.append(str(request.period))
    if request.gremium:
        said.append(f"Gremium {request.gremium}")
    return said


def _missing(asked: _Asked) -> Finding:
    number, label = asked.request.number, asked.request.label
    assert number is not None
    return tell_missing(asked.store, asked.access, number, label, min(asked.access.mandanten))


_TELLERS: dict[Topic, _Teller] = {
    Topic.CHANGES: lambda a: tell_changes(a.store, a.access, a.request),
    Topic.MISSING: _missing,
    Topic.TWINS: lambda a: tell_twins(a.store, a.access),
    Topic.EXPOSURE: lambda a: tell_exposure(a.store, a.access),
    Topic.SCANS: lambda a: tell_scans(a.store, a.access),
    Topic.SILENCE: lambda a: tell_silence(a.parts, a.access, a.request.period, a.today),
    Topic.MINUTES: lambda a: tell_minutes(a.store, a.access, a.request, a.today),
    Topic.RESULTS: lambda a: tell_results(a.store, a.access, a.request, a.today),
}
