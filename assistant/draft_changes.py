"""Where command line and HTTP change kept drafts, each act with a line in the record.

Whoever changes one says which version they have read; where that is no longer the last one,
nothing happens.
"""

from __future__ import annotations

from datetime import date

from assistant.audit import OPERATOR
from assistant.begruendung.mitzeichnung import Mitzeichnung
from assistant.draft_desk import record
from assistant.draft_shelf import cited, shelf_of, signed, visible
from assistant.errors import InputInvalid
from assistant.wire.kept import (
    FassungWire,
    MitzeichnungWire,
    ZeichnungBody,
    fassung_wire,
)
from assistant.wiring import Parts
from index.types import Access

UNSEEN = (
    "Belege dieser Fassung sind nicht mehr einsehbar ({count}); so lässt sie sich weder "
    "mitzeichnen noch umarbeiten. Bitte entwerfen Sie neu."
)


def undo(
    parts: Parts,
    access: Access,
    name: str,
    based_on: int,
    *,
    author: str,
    to: int | None = None,
    who: str = OPERATOR,
) -> FassungWire:
    """Goes back by one version, or to the named one, as a new one.

    Raises:
        NotFound: there is no draft, or no such version, that `access` may see.
        Conflict: the last version is another by now.
        InputInvalid: there is no earlier one, or it has these words already.
    """
    visible(parts, access, name)
    if to is not None:
        visible(parts, access, name, to)
    version = shelf_of(parts).undo(name, based_on=based_on, author=author or who, to=to)
    record(parts, who, "zurückgenommen", cited(version))
    return fassung_wire(name, version)


def sign(
    parts: Parts, access: Access, name: str, body: ZeichnungBody, *, who: str = OPERATOR
) -> MitzeichnungWire:
    """Signs the last version; gives where every Stelle is then.

    Raises:
        NotFound, Conflict: as above.
        InputInvalid: it refuses or sets conditions without a word why.
    """
    now = visible(parts, access, name)
    if now.hidden:
        raise InputInvalid(UNSEEN.format(count=now.hidden))
    shelf = shelf_of(parts)
    shelf.sign(
        name,
        Mitzeichnung(
            stelle=" ".join(body.stelle.split()),
            zeichen=body.sign,
            name=" ".join(body.name.split()),
            tag=date.today(),
            fassung=body.fassung,
            vermerk=body.vermerk.strip(),
        ),
    )
    record(parts, who, "mitgezeichnet")
    return signed(parts, shelf, name)


def remove(parts: Parts, access: Access, name: str, based_on: int, *, who: str = OPERATOR) -> int:
    """Deletes a draft with all its versions; gives how many those were.

    Raises:
        NotFound, Conflict: as above.
    """
    shelf = shelf_of(parts)
    for number in shelf.numbers(name):
        _removable(parts, access, name, number)
    count = shelf.remove(name, based_on=based_on, who=who)
    record(parts, who, "entwurf gelöscht")
    return count


def _removable(parts: Parts, access: Access, name: str, number: int) -> None:
    """Refuses who may not see a version; who may see everything also deletes what is damaged."""
    if access != Access.operator(parts.mandant):
        visible(parts, access, name, number)
