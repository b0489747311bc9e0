"""What was read of the store, held as long as nothing is written.

A list looks at every header of the register; reading the JSON of 10,000 of them anew takes a third
of a second, and putting the register together from it another sixth.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from index import codec
from index.types import Access

T = TypeVar("T")
MOST_HELD = 100_000
"""Beyond so many values it begins anew: four to a document, most of them alike."""


MOST_ACCESSES = 4
"""So many ways to see the store are held; hardly a house has more."""


class Load(Protocol):
    """Reads a value from JSON, as `codec.load` does."""

    def __call__(self, text: str, read: Callable[[codec.Json], T], /) -> T:
        """The value; raises `StoreDamaged` where the text is no such value."""
        ...


class HeldJson:
    """Gives the value of a text that was read before. Values are frozen, so they may be shared.

    A value is found by the text itself, so it can never be an outdated one; forgetting them with
    every write keeps what was erased from lingering in memory.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._held: dict[tuple[Callable[[Any], Any], bytes], Any] = {}

    def at(self, generation: int) -> Load:
        """What reads with the values held; forgets them where another generation is looked at."""
        with self._lock:
            if generation != self._generation or len(self._held) > MOST_HELD:
                self._held = {}
                self._generation = generation
            return partial(_load, self._held)


class HeldWhole(Generic[T]):
    """Gives what was read of the whole store for an Access, until the store has another stamp."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[Access, tuple[object, T]] = {}

    def of(self, access: Access, stamp: object, read: Callable[[], T]) -> T:
        """What is held under this stamp, else what `read` gives. It must not be changed."""
        with self._lock:
            known = self._held.pop(access, None)
            if known is not None and known[0] == stamp:
                self._held[access] = known
                return known[1]
            if known is not None:
                self._held.clear()  # nothing erased lingers with those who do not ask again
        value = read()
        with self._lock:
            self._held[access] = (stamp, value)
            while len(self._held) > MOST_ACCESSES:
                del self._held[next(iter(self._held))]
        return value


def _load(
    held: dict[tuple[Callable[[Any], Any], bytes], Any],
    text: str,
    read: Callable[[codec.Json], T],
    /,
) -> T:
    key = (read, hashlib.blake2b(text.encode(), digest_size=16).digest())
    if key not in held:
        held[key] = codec.load(text, read)
    value: T = held[key]
    return value
