"""The Gremien on record."""

from __future__ import annotations

from collections.abc import Iterator

from index.store import Store
from index.types import Access


def bodies_on_record(store: Store, access: Access) -> Iterator[str]:
    """Names of the Gremien in all Beratungsfolgen and minutes that `access` may see."""
    for summary in store.documents(access, current_only=True):
        yield from (station.gremium for station in summary.kopfdaten.beratungsfolge)
        if summary.kopfdaten.gremium:
            yield summary.kopfdaten.gremium.value


def running_term(store: Store, access: Access) -> int | None:
    """The highest Wahlperiode among the papers that `access` may see; None where none is."""
    terms = (entry.kopfdaten.wahlperiode for entry in store.documents(access, current_only=True))
    return max((term for term in terms if term is not None), default=None)
