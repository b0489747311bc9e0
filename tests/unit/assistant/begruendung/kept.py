"""A real store with a draft that rests on one of its papers, kept on a real shelf."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.begruendung.drafting import draft
from assistant.begruendung.shelf import Shelf
from assistant.begruendung.types import Auftrag, Entwurf, Quelle
from assistant.begruendung.versions import Version
from index.store import Store, open_store
from index.types import Access, Drucksachennummer
from tests.sample_records import antrag, fill

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))
OWN = "Der Betrieb soll ausgebaut werden."
TITLE = "Räder: Ausbau"
NAME = "raeder"
CITED = antrag().id


@dataclass(frozen=True)
class House:
    """A home with papers, and what is kept there."""

    home: Path
    store: Store

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.home, self.store, "lvs")

    def drafted(self, *, public: bool = True, art: str = "Antrag") -> Entwurf:
        auftrag = Auftrag(
            titel=TITLE,
            mandant="lvs",
            stichpunkte=(OWN,),
            quellen=(Quelle(Drucksachennummer.of(15, 12), art),),
            oeffentlich=public,
        )
        return draft(self.store, OPERATOR, auftrag, home=self.home)

    def keep(self, name: str = NAME, based_on: int | None = None) -> Version:
        return self.shelf.keep(
            name, self.drafted(), based_on=based_on, author="M. Muster", quellen=[CITED]
        )

    def bytes_on_disk(self) -> bytes:
        return b"\n".join(
            path.read_bytes() for path in (self.home / "entwuerfe").rglob("*") if path.is_file()
        )


def house(home: Path) -> House:
    store = open_store(home)
    fill(store)
    return House(home, store)
