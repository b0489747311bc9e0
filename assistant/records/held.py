"""Sittings of a body, and those whose Niederschrift is on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.store import Store
from index.types import Access


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of a body."""

    gremium: str
    datum: date

    @property
    def key(self) -> tuple[str, date]:
        """Equal for the same sitting, however its body is spaced and spelt in capitals."""
        return " ".join(self.gremium.casefold().split()), self.datum


def sessions_on_record(store: Store, access: Access) -> frozenset[tuple[str, date]]:
    """The keys of all sittings whose Niederschrift `access` may see."""
    return frozenset(
        Session(kopf.gremium.value, kopf.datum.value).key
        for document in store.documents(access, current_only=True)
        for kopf in (document.kopfdaten,)
        if kopf.art and kopf.art.value == "Niederschrift" and kopf.gremium and kopf.datum
    )
