"""Every sitting that papers name: held by minutes, known from a result, or only planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from assistant.records.held import Session
from index.store import Store
from index.types import Access, Document, Kopfdaten, Span

_MINUTES = "Niederschrift"
_INVITATION = "Einladung"


class Standing(IntEnum):
    """What shows a sitting, the surest first."""

    MINUTES = 0
    RESULT = 1
    """A Beratungsfolge notes what came of it there."""
    PLANNED = 2
    """An invitation or a Beratungsfolge names its day, and no more."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting as one paper names it; `spans` are where that paper does.

    `name` is what the paper calls it ("28" for the 28th), "" in a Beratungsfolge.
    """

    session: Session
    name: str
    document: Document
    spans: tuple[Span, ...]
    standing: Standing
    invites: bool = False


def sittings_named(
    store: Store, access: Access, wanted: Callable[[Session, str], bool]
) -> Iterator[Sitting]:
    """Every sitting that a valid paper names and that is wanted, by its session and name.

    Only papers that name such a sitting are read whole.
    """
    for summary in store.documents(access, current_only=True):
        if not any(wanted(session, name) for session, name, *_ in _named(summary.kopfdaten)):
            continue
        document = store.document(access, summary.id)
        if document is not None:
            yield from (
                Sitting(session, name, document, spans, standing, invites)
                for session, name, spans, standing, invites in _named(document.kopfdaten)
                if wanted(session, name)
            )


def _named(kopf: Kopfdaten) -> Iterator[tuple[Session, str, tuple[Span, ...], Standing, bool]]:
    art = kopf.art.value if kopf.art else ""
    if art in (_MINUTES, _INVITATION) and kopf.gremium and kopf.datum:
        spans = tuple(field.span for field in (kopf.gremium, kopf.datum, kopf.sitzung) if field)
        session = Session(kopf.gremium.value, kopf.datum.value)
        name = kopf.sitzung.value if kopf.sitzung else ""
        standing = Standing.MINUTES if art == _MINUTES else Standing.PLANNED
        yield session, name, spans, standing, art == _INVITATION
    for station in kopf.beratungsfolge:
        if station.datum:
            session = Session(station.gremium, station.datum)
            standing = Standing.RESULT if station.ergebnis else Standing.PLANNED
            yield session, "", (station.span,), standing, False
