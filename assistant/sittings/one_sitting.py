"""One sitting as all papers tell it together, and which of them a question means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.records.bodies import bodies_on_record
from assistant.records.exact import Finding
from assistant.sittings.minutes import same_body
from assistant.sittings.on_record import Sitting, Standing, sittings_named
from assistant.sittings.which import SittingMeant, Which
from assistant.types import AnswerStatus
from index.store import Store
from index.types import Access, Document

MOST_NAMED = 12


@dataclass(slots=True)
class OneSitting:
    """All that papers say of one sitting."""

    named: list[Sitting]

    @property
    def day(self) -> date:
        """When it was."""
        return self.named[0].session.datum

    @property
    def standing(self) -> Standing:
        """The surest that shows it."""
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


def find_sittings(
    store: Store,
    access: Access,
    meant: SittingMeant,
    today: date,
    fits: Callable[[OneSitting], bool] = lambda _: True,
) -> list[OneSitting] | Finding:
    """The sittings that are meant and that fit, the earliest first; else what is to be said."""
    if meant.body.problem:
        return stop(meant.body.problem, clarify=bool(meant.body.choices))
    if meant.day is None and meant.body.name is None:
        return _which_body(store, access)
    known = _on_record(store, access, meant)
    found = _chosen([one for one in known if fits(one)], meant, today)
    if found:
        return found
    if meant.body.name and meant.day:
        known = _on_record(store, access, SittingMeant(meant.body))
    said = f"Dazu liegt nichts vor: {', '.join(meant.words)}."
    return stop(said + (f" Erfasste Sitzungen: {_told(known)}." if known else ""))


def stop(text: str, *, clarify: bool = False) -> Finding:
    """Nothing is answered; it is asked back or said why."""
    status = AnswerStatus.CLARIFY if clarify else AnswerStatus.ABSTAINED
    return Finding(status, text=text, objection=text)


def _on_record(store: Store, access: Access, meant: SittingMeant) -> list[OneSitting]:
    """All sittings of the day or of the Gremium."""
    body = meant.body.name
    by_key: dict[tuple[str, date], list[Sitting]] = {}
    for one in sittings_named(
        store,
        access,
        lambda session, _: (
            meant.day in (None, session.datum)
            and (body is None or same_body(session.gremium, body))
        ),
    ):
        by_key.setdefault(one.session.key, []).append(one)
    sittings = [OneSitting(named) for named in by_key.values()]
    return sorted(sittings, key=lambda one: (one.day, one.name))


def _chosen(known: list[OneSitting], meant: SittingMeant, today: date) -> list[OneSitting]:
    """Of sittings in order those of the number that is meant, the last, the next, or all."""
    if meant.number is not None:
        wanted = str(meant.number)
        return [one for one in known if any(named.name == wanted for named in one.named)]
    if meant.which is Which.NEXT:
        return [one for one in known if one.day >= today][:1]
    if meant.which is Which.LAST:
        return [one for one in known if one.standing < Standing.PLANNED][-1:]
    return known


def _which_body(store: Store, access: Access) -> Finding:
    names = sorted(set(bodies_on_record(store, access)))
    told = "; ".join(names[:MOST_NAMED]) + ("; …" if len(names) > MOST_NAMED else "")
    text = "Welches Gremium ist gemeint?" + (f" Erfasst sind: {told}." if told else "")
    return stop(text, clarify=True)


def _told(sittings: Sequence[OneSitting]) -> str:
    """The latest sittings in words."""
    latest = [one.name for one in reversed(sittings)]
    return "; ".join(latest[:MOST_NAMED]) + ("; …" if len(latest) > MOST_NAMED else "")
