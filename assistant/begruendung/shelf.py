"""The kept drafts of one Mandant: who changes one says which version they have read.

Every change is made alone, and only while all its sources are in the store: a paper that is
erased at the same moment is either noticed here, or finds what was written and cuts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from assistant.begruendung import mitzeichnung, versions
from assistant.begruendung.mitzeichnung import Mitzeichnung
from assistant.begruendung.naming import RESERVED
from assistant.begruendung.numbered import (
    FOLDER,
    REMOVED_FILE,
    alone,
    draft_folder,
    draft_names,
    remove,
)
from assistant.begruendung.types import Entwurf
from assistant.begruendung.versions import DRAFTED, Version
from assistant.errors import Conflict, InputInvalid, NotFound
from index.chain import ChainedFile
from index.life import digest
from index.store import Store


@dataclass(frozen=True, slots=True)
class Shelf:
    """The drafts of a Mandant in a home; `store` holds the papers that they rest on."""

    home: Path
    store: Store
    mandant: str

    def names(self) -> tuple[str, ...]:
        """The drafts there are."""
        return draft_names(self.home, self.mandant)

    def numbers(self, name: str) -> tuple[int, ...]:
        """The versions of a draft, rising.

        Raises:
            NotFound: there is no draft of that name.
            InputInvalid: the name is none.
        """
        found = versions.version_numbers(self.home, self.mandant, name)
        if not found:
            raise NotFound(
                f"Einen Entwurf »{name}« gibt es nicht. »aktenkundig entwurf list« listet sie."
            )
        return found

    def read(self, name: str, number: int | None = None) -> Version:
        """One version, the last one unless told.

        Raises:
            NotFound: there is no such draft, or no such version.
            InputInvalid: its file is damaged.
        """
        wanted = self.numbers(name)[-1] if number is None else number
        return versions.read_version(self.home, self.mandant, name, wanted)

    def signatures(self, name: str) -> tuple[Mitzeichnung, ...]:
        """Every signature under a draft, in the order of signing."""
        return mitzeichnung.signatures(self.home, self.mandant, name)

    def keep(
        self,
        name: str,
        entwurf: Entwurf,
        *,
        based_on: int | None,
        author: str,
        quellen: Sequence[str],
        anlass: str = DRAFTED,
    ) -> Version:
        """Writes a version; `based_on` is the one that the caller changed, None begins a draft.

        Raises:
            Conflict: the last version is another by now, or the name is taken.
            InputInvalid: the name is that of a page, a paper that it rests on is no longer there,
                or it cannot be written.
        """
        draft_folder(self.home, self.mandant, name)
        with alone(self.home):
            self.check(name, based_on)
            self._check_sources(entwurf, quellen)
            return versions.write_version(
                self.home,
                name,
                entwurf,
                author=author,
                at=_now(),
                quellen=quellen,
                anlass=anlass,
            )

    def undo(self, name: str, *, based_on: int, author: str, to: int | None = None) -> Version:
        """Goes back by one version, or to a named one, and keeps that as a new one.

        Raises:
            NotFound, Conflict: as above.
            InputInvalid: there is no earlier version.
        """
        self.numbers(name)
        with alone(self.home):
            self.check(name, based_on)
            return versions.undo(self.home, self.mandant, name, author=author, at=_now(), to=to)

    def sign(self, name: str, one: Mitzeichnung) -> Mitzeichnung:
        """Keeps a signature for the last version; `one` says which that is for its signer.

        Raises:
            NotFound, Conflict: as above.
            InputInvalid: see `mitzeichnung.sign`.
        """
        self.numbers(name)
        with alone(self.home):
            self.check(name, one.fassung)
            signed = replace(one, schnitte=self.read(name, one.fassung).schnitte)
            mitzeichnung.sign(self.home, self.mandant, name, signed)
        return signed

    def remove(self, name: str, *, based_on: int, who: str) -> int:
        """Deletes a draft with all its versions and signatures; gives how many versions.

        Raises:
            NotFound, Conflict: as above.
            InputInvalid: the disk refuses.
        """
        self.numbers(name)
        with alone(self.home):
            self.check(name, based_on)
            return self._remove(name, who)

    def expire(self, days: int, who: str) -> tuple[str, ...]:
        """Deletes the drafts that nobody has changed for so many days; gives their names."""
        oldest = _now() - timedelta(days=days)
        stale = [name for name in self.names() if self._changed(name) < oldest]
        if not stale:
            return ()
        with alone(self.home):
            gone = tuple(name for name in stale if self._changed(name) < oldest)
            for name in gone:
                self._remove(name, who)
        return gone

    def _remove(self, name: str, who: str) -> int:
        count = len(self.numbers(name))
        # The list comes first: what is gone here must not come back from a backup.
        try:
            ChainedFile(self.home / REMOVED_FILE, synced=True).append(
                {"at": _now().isoformat(), "who": who, "entwurf": mark_of(self.mandant, name)}
            )
        except OSError as error:
            raise InputInvalid(
                f"Der Entwurf bleibt, denn die Liste der Löschungen ({REMOVED_FILE}) lässt sich "
                f"nicht fortschreiben: {error.strerror}."
            ) from error
        remove(self._folder(name))
        return count

    def _changed(self, name: str) -> datetime:
        """When somebody wrote or signed last; of what is damaged, when its files came."""
        try:
            days = [one.tag for one in self.signatures(name)]
            signed = [datetime.combine(day, time(), UTC) for day in days]
            return max([self.read(name).at, *signed])
        except InputInvalid:
            files = self._folder(name).glob("*.json")
            return datetime.fromtimestamp(max(path.stat().st_mtime for path in files), UTC)

    def _folder(self, name: str) -> Path:
        return self.home / FOLDER / self.mandant / name

    def check(self, name: str, based_on: int | None) -> None:
        """Refuses a change of what is no longer the last version; None begins a draft.

        Raises:
            NotFound, Conflict: as above.
            InputInvalid: a new draft would have the name of a page.
        """
        if based_on is None and name in RESERVED:
            raise InputInvalid(
                f"Der Name »{name}« ist für eine Seite vergeben. Bitte wählen Sie einen anderen."
            )
        there = versions.version_numbers(self.home, self.mandant, name)
        if based_on is None:
            if there:
                raise Conflict(
                    f"Einen Entwurf »{name}« gibt es schon, überschrieben wird nichts. Bitte "
                    "wählen Sie einen anderen Namen, oder legen Sie ihn als dessen neue Fassung ab "
                    f"(--auf {there[-1]} oder Feld »auf«)."
                )
        elif not there:
            raise NotFound(f"Einen Entwurf »{name}« gibt es nicht mehr.")
        elif there[-1] != based_on:
            raise Conflict(
                f"»{name}« steht inzwischen bei Fassung {there[-1]}, Ihre Änderung bezieht sich "
                f"auf Fassung {based_on}. Es ist nichts verloren und nichts geändert: Bitte "
                "vergleichen Sie beide und wiederholen Sie die Änderung."
            )

    def _check_sources(self, entwurf: Entwurf, quellen: Sequence[str]) -> None:
        ids = dict.fromkeys([*(c.document_id for c in entwurf.citations), *quellen])
        if not all(self.store.holds(self.mandant, document_id) for document_id in ids):
            raise InputInvalid(
                "Eine Quelle dieses Entwurfs wurde inzwischen gelöscht. Bitte entwerfen Sie neu, "
                "ohne sie; abgelegt wurde nichts."
            )


def mark_of(mandant: str, name: str) -> str:
    """What the list of deleted drafts knows one by."""
    return digest(mandant, f"entwurf/{name}")


def _now() -> datetime:
    return datetime.now(UTC)
