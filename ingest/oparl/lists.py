"""Brings the objects of one body into the state: all, or what changed since the last run."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from ingest.errors import OparlHostRefused, OparlNotUnderstood
from ingest.oparl.client import FilterRefused, OparlClient
from ingest.oparl.objects import (
    AGENDA_ITEM,
    CONSULTATION,
    FILE,
    MEETING,
    ORGANIZATION,
    PAPER,
    Item,
    Json,
    is_deleted,
    items,
    words,
)
from ingest.oparl.state import ListState, OparlState, OpenRun

FULL = "full"
OVERLAP = timedelta(hours=25)
"""How far behind its last visit a run asks: servers note local time as UTC, or days only. What
comes twice is recognised."""

_LISTS = (ORGANIZATION, MEETING, PAPER)
# Since 1.1, and of use for changes only: a full run gets them inside the lists above.
_INNER_LISTS = (AGENDA_ITEM, CONSULTATION, FILE)
_GERMAN = {
    ORGANIZATION: "Gremien",
    MEETING: "Sitzungen",
    PAPER: "Drucksachen",
    AGENDA_ITEM: "Tagesordnungspunkte",
    CONSULTATION: "Beratungen",
    FILE: "Dateiangaben",
}


def find_body(client: OparlClient, origin: str) -> tuple[Json, datetime]:
    """The body that `origin` names, or the only one of its System, and the server's clock.

    Raises:
        OparlNotUnderstood: no System and no Body, another version, or several bodies.
        OparlError: host refused or unreachable.
    """
    value, now = client.server_time(origin)
    _check_version(value)
    kind = str(value.get("type", "")).rsplit("/", 1)[-1].lower()
    if kind == "body" or (kind != "system" and PAPER in value and "body" not in value):
        return {**value, "id": words(value.get("id")) or origin}, now
    address = words(value.get("body"))
    if address is None:
        raise OparlNotUnderstood(
            f"Unter {origin} liegt weder ein OParl-System noch eine Körperschaft. Bitte die "
            "Adresse prüfen."
        )
    bodies = [
        body
        for page in client.pages(address)
        for body in page.objects
        if not is_deleted(body) and words(body.get("id"))
    ]
    if len(bodies) != 1:
        listed = "; ".join(f"{body.get('name')}: {body['id']}" for body in bodies[:20])
        raise OparlNotUnderstood(
            f"Der Server führt {len(bodies)} Körperschaften. Bitte die Adresse der einen angeben, "
            f"die zu diesem Mandanten gehört. {listed}".strip()
        )
    return bodies[0], now


def _check_version(value: Json) -> None:
    version = words(value.get("oparlVersion")) or words(value.get("type")) or ""
    found = re.search(r"/(\d+)\.(\d+)", version)
    if found and found[1] != "1":
        raise OparlNotUnderstood(
            f"Der Server spricht OParl {found[1]}.{found[2]}; verstanden werden 1.0 und 1.1."
        )


class Lists:
    """The lists of one body in one run."""

    def __init__(
        self,
        client: OparlClient,
        state: OparlState,
        body: Json,
        hints: list[str],
        announce: Callable[[str, int], None],
    ) -> None:
        self._client = client
        self._state = state
        self._body = body
        self._hints = hints
        self._announce = announce

    def changes(self, run: OpenRun) -> bool:
        """Reads what changed since the checkpoint; False where the server cannot say."""
        assert self._state.checkpoint is not None
        since = self._state.checkpoint - OVERLAP
        try:
            for kind in _LISTS:
                self._read(run, kind, since)
        except FilterRefused:
            return False
        for kind in _INNER_LISTS:
            try:
                self._read(run, kind, since)
            except OparlNotUnderstood:
                continue  # the parents tell the same, as in 1.0
        return True

    def everything(self, run: OpenRun) -> None:
        """Reads all and drops what the server no longer has."""
        for kind in _LISTS:
            self._read(run, kind, None)
        trusted = True
        for kind in _LISTS:
            trusted &= self._reconcile(run, kind)
        if trusted:
            self._state.forget_unseen(run, _INNER_LISTS)

    def _read(self, run: OpenRun, kind: str, since: datetime | None) -> None:
        """Reads one list to its end, from where an interrupted run stood."""
        url = words(self._body.get(kind))
        if url is None:
            if kind in _LISTS:
                self._hints.append(f"Der Server bietet keine Liste „{_GERMAN[kind]}“ an.")
            return
        before = self._state.list_state(kind)
        if before is not None and before.next_url is None:
            return
        if before is not None:
            assert before.next_url is not None
            try:
                self._follow(run, kind, before.next_url, None, before.received)
                return
            except (OparlNotUnderstood, OparlHostRefused):
                pass  # the address of the next page does not outlast a server's restart everywhere
        self._follow(run, kind, url, since, 0)

    def _follow(
        self, run: OpenRun, kind: str, url: str, since: datetime | None, received: int
    ) -> None:
        for page in self._client.pages(url, since):
            received += len(page.objects)
            found: list[Item] = []
            for value in page.objects:
                found += items(value, kind)
            if page.broken_off:
                self._hints.append(
                    f"Die Liste „{_GERMAN[kind]}“ des Servers führt im Kreis; sie wurde nur einmal "
                    "gelesen, und was in ihr fehlt, wurde nicht gelöscht."
                )
            after = ListState(page.next_url, received, sound=not page.broken_off)
            self._state.take_page(run, kind, after, found)
            self._announce(_GERMAN[kind], received)

    def _reconcile(self, run: OpenRun, kind: str) -> bool:
        """Drops objects that a whole list did not name; whether the list could be trusted.

        One that still stands under its own address is kept until the next full run misses it too:
        pages shift while they are read.
        """
        unseen = self._state.unseen(run, kind)
        state = self._state.list_state(kind)
        if state is None or not state.sound:
            return False
        if not state.received:
            if unseen:
                self._hints.append(
                    f"Die Liste „{_GERMAN[kind]}“ des Servers ist plötzlich leer; es wurde deshalb "
                    "nichts gelöscht. Bitte beim Betreiber nachfragen."
                )
            return not unseen
        for id_, missed_before in unseen:
            value = None if missed_before else self._still_there(id_)
            if value is None or is_deleted(value):
                self._state.forget(kind, [id_])
            else:
                self._state.put(run.number, items(value, kind, id_), missing=True)
        return True

    def _still_there(self, id_: str) -> Json | None:
        try:
            return self._client.object(id_) if id_.startswith("http") else None
        except (OparlNotUnderstood, OparlHostRefused):
            return None
