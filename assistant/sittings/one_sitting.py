"""One sitting as all papers tell it together, and which of them a question means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.sittings.agenda_question import AgendaRequest, Which
from assistant.sittings.minutes import same_body
from assistant.sittings.on_record import Sitting, Standing, sittings_named
from index.store import Store
from index.types import Access, Document

MOST_NAMED = 12


@dataclass(slots=True)
class OneSitting:
    """All that papers say of one sitting."""

    named: list[Sitting]

    @property
    def day(self) -> date:
        return self.named[0].session.datum

    @property
    def standing(self) -> Standing:
        return min(one.standing for one in self.named)

    @property
    def name(self) -> str:
        """In words: "28. Sitzung, Landschaftsausschuss am 26.10.2023"."""
        called = next((one.name for one in self.named if one.name), "")
        session = self.named[0].session
        number = f"{called}. Sitzung, " if called.isdigit() else f"{called}, " if called else ""
        return f"{number}{session.gremium} am {session.datum:%d.%m.%Y}"

    def papers(self, *, minutes: bool) -> list[Document]:
        """Its minutes, else its invitations."""
        return [
            one.document
            for one in self.named
            if (one.standing is Standing.MINUTES if minutes else one.invites)
        ]

    def stations(self) -> list[Sitting]:
        """What Beratungsfolgen say of it."""
        return [one for one in self.named if not one.invites and one.standing]


def sittings_asked(store: Store, access: Access, request: AgendaRequest) -> list[OneSitting]:
    """All sittings of the day or of the Gremium, the earliest first."""
    body = request.body.name
    by_key: dict[tuple[str, date], list[Sitting]] = {}
    for one in sittings_named(
        store,
        access,
        lambda session, _: (
            request.day in (None, session.datum)
            and (body is None or same_body(session.gremium, body))
        ),
    ):
        by_key.setdefault(one.session.key, []).append(one)
    return sorted((OneSitting(named) for named in by_key.values()), key=lambda one: one.name)


def chosen(found: list[OneSitting], request: AgendaRequest, today: date) -> list[OneSitting]:
    """Those of the number that is asked for, the last, the next, or all."""
    if request.number is not None:
        wanted = str(request.number)
        return [one for one in found if any(named.name == wanted for named in one.named)]
    if request.which is Which.NEXT:
        return sorted((one for one in found if one.day >= today), key=lambda one: one.day)[:1]
    if request.which is Which.LAST:
        held = [one for one in found if one.standing < Standing.PLANNED]
        return sorted(held, key=lambda one: one.day)[-1:]
    return found


def days_told(sittings: Iterable[OneSitting]) -> str:
    """The latest sittings in words."""
    latest = sorted(sittings, key=lambda one: one.day, reverse=True)
    told = "; ".join(one.name for one in latest[:MOST_NAMED])
    return told + ("; …" if len(latest) > MOST_NAMED else "")
