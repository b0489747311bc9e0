"""Searches that were kept under a name, with the papers that were there when last looked at.

One JSON file for each Mandant in the data home, replaced as a whole. It never says who kept what.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.errors import InputInvalid, NotFound
from index.chain import sync_folder

FILES = "suchen-*.json"
_LOCK = ".suchen.lock"
_FILE = re.compile(r"suchen-(?P<mandant>[a-z0-9][a-z0-9_-]{0,31})\.json")
MOST_KEPT = 100
MOST_REMOVED = 20
"""So many deleted searches can still be taken back."""
LONGEST_NAME = 80
_GONE = "Diese gemerkte Suche gibt es nicht mehr. Bitte laden Sie die Seite neu."


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name.

    Attributes:
        address: the query of its address, see `Choice.address`.
        opened: when it was kept or last opened, in UTC.
        seen: ids of the papers it had then.
        new: which of them it had not the time before.
        removed: whether it was deleted and can still be taken back.
    """

    id: str
    name: str
    address: str
    opened: str
    seen: tuple[str, ...]
    new: tuple[str, ...] = ()
    removed: bool = False

    @property
    def opened_on(self) -> date:
        """The day of `opened` by the clock of this machine."""
        return datetime.fromisoformat(self.opened).astimezone().date()

    def unseen(self, ids: Collection[str]) -> frozenset[str]:
        """Which of the papers that match now it had not when it was last opened."""
        return frozenset(ids) - frozenset(self.seen)


class SavedSearches:
    """The kept searches of one Mandant. For several threads and processes."""

    def __init__(self, home: Path, mandant: str) -> None:
        """Takes the data home; the file comes with the first search."""
        self._home = home
        self._path = home / f"suchen-{mandant}.json"

    def all(self) -> tuple[SavedSearch, ...]:
        """The searches by name; those that were deleted are not among them."""
        kept = [search for search in _read(self._path) if not search.removed]
        return tuple(sorted(kept, key=lambda search: (search.name.casefold(), search.id)))

    def find(self, id_: str) -> SavedSearch:
        """One search.

        Raises:
            NotFound: there is none, or it was deleted.
        """
        found = next((search for search in self.all() if search.id == id_), None)
        if found is None:
            raise NotFound(_GONE)
        return found

    def removed(self, id_: str) -> SavedSearch | None:
        """A deleted search that can still be taken back."""
        return next((s for s in _read(self._path) if s.removed and s.id == id_), None)

    def keep(self, name: str, address: str, ids: Collection[str]) -> SavedSearch:
        """Keeps a search under a name, with the papers that it has now.

        Raises:
            InputInvalid: the name is empty, too long or taken, or there are too many.
        """
        kept = SavedSearch(secrets.token_hex(6), "", address, _now(), tuple(sorted(ids)))
        with self._changing() as searches:
            kept = replace(kept, name=_free_name(name, searches))
            if sum(not search.removed for search in searches) >= MOST_KEPT:
                raise InputInvalid(
                    f"Es sind schon {MOST_KEPT} Suchen gemerkt. Bitte löschen Sie zuerst eine."
                )
            searches.append(kept)
        return kept

    def open(self, id_: str, ids: Collection[str]) -> SavedSearch:
        """Notes that its papers were looked at; gives it with what was new until then."""

        def opened(search: SavedSearch) -> SavedSearch:
            new = tuple(sorted(search.unseen(ids)))
            return replace(search, opened=_now(), seen=tuple(sorted(ids)), new=new)

        return self._change(id_, lambda search, _: opened(search))

    def rename(self, id_: str, name: str) -> SavedSearch:
        """Gives a search another name. Raises InputInvalid as `keep` does, NotFound as `find`."""

        def renamed(search: SavedSearch, others: Sequence[SavedSearch]) -> SavedSearch:
            return replace(search, name=_free_name(name, others))

        return self._change(id_, renamed)

    def remove(self, id_: str) -> SavedSearch:
        """Deletes a search; it can be taken back until many more were deleted."""
        return self._change(id_, lambda search, _: replace(search, removed=True))

    def take_back(self, id_: str) -> SavedSearch:
        """Undoes a deletion; under another name where its own was taken meanwhile."""

        def back(search: SavedSearch, others: Sequence[SavedSearch]) -> SavedSearch:
            taken = {other.name.casefold() for other in others if not other.removed}
            name, number = search.name, 2
            while name.casefold() in taken:
                name, number = f"{search.name[: LONGEST_NAME - 5]} ({number})", number + 1
            return replace(search, name=name, removed=False)

        return self._change(id_, back, removed=True)

    def forget(self, is_gone: Callable[[str], bool]) -> None:
        """Takes the ids of documents out that are gone; writes nothing where none is."""
        named = {id_ for search in _read(self._path) for id_ in (*search.seen, *search.new)}
        gone = {id_ for id_ in named if is_gone(id_)}
        if not gone:
            return
        with self._changing() as searches:
            searches[:] = [
                replace(
                    search,
                    seen=tuple(id_ for id_ in search.seen if id_ not in gone),
                    new=tuple(id_ for id_ in search.new if id_ not in gone),
                )
                for search in searches
            ]

    def _change(
        self,
        id_: str,
        changed: Callable[[SavedSearch, Sequence[SavedSearch]], SavedSearch],
        *,
        removed: bool = False,
    ) -> SavedSearch:
        with self._changing() as searches:
            for place, search in enumerate(searches):
                if search.id == id_ and search.removed is removed:
                    others = [*searches[:place], *searches[place + 1 :]]
                    done = changed(search, others)
                    # What was deleted last stands last, so that the oldest are let go first.
                    searches[:] = [*others, done] if done.removed else searches
                    if not done.removed:
                        searches[place] = done
                    return done
            raise NotFound(_GONE)

    @contextmanager
    def _changing(self) -> Iterator[list[SavedSearch]]:
        with _alone(self._home):
            searches = list(_read(self._path))
            yield searches
            surplus = [search for search in searches if search.removed][:-MOST_REMOVED]
            _write(self._path, [search for search in searches if search not in surplus])


def mandanten(home: Path) -> tuple[str, ...]:
    """Whose searches lie in a folder."""
    found = (_FILE.fullmatch(path.name) for path in sorted(home.glob(FILES)))
    return tuple(match["mandant"] for match in found if match)


def _free_name(name: str, others: Sequence[SavedSearch]) -> str:
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST_NAME:
        raise InputInvalid(
            f"Bitte geben Sie der Suche einen Namen mit höchstens {LONGEST_NAME} Zeichen."
        )
    if any(o.name.casefold() == wanted.casefold() and not o.removed for o in others):
        raise InputInvalid(f"Eine Suche »{wanted}« gibt es schon. Bitte wählen Sie einen anderen.")
    return wanted


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keeps every other writer of this home off, in any process."""
    with _spoken():
        descriptor = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputInvalid(
            f"Die gemerkten Suchen lassen sich im Datenverzeichnis nicht ablegen: {error.strerror}."
        ) from error


def _read(path: Path) -> tuple[SavedSearch, ...]:
    """Every search of a file. Raises InputInvalid where it is damaged: nothing is overwritten."""
    try:
        content = json.loads(path.read_text("utf-8"))
        return tuple(
            SavedSearch(
                id=str(one["id"]),
                name=str(one["name"]),
                address=str(one["address"]),
                opened=datetime.fromisoformat(str(one["opened"])).isoformat(),
                seen=tuple(map(str, one["seen"])),
                new=tuple(map(str, one["new"])),
                removed=bool(one["removed"]),
            )
            for one in content["suchen"]
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputInvalid(
            f"Die gemerkten Suchen in »{path.name}« sind nicht lesbar. Bitte lassen Sie die Datei "
            "aus einer Sicherung zurückholen oder aus dem Datenverzeichnis nehmen."
        ) from error


def _write(path: Path, searches: Sequence[SavedSearch]) -> None:
    content = {"suchen": [asdict(search) for search in searches]}
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with _spoken():
        try:
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
                out.flush()
                os.fsync(out.fileno())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(path.parent)
