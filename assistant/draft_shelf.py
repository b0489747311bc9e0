"""Where command line and HTTP read kept drafts, each act with a line in the record.

What somebody may see of a draft is asked of the store every time, see `begruendung.visible`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.audit import OPERATOR
from assistant.begruendung.mitzeichnung import standing
from assistant.begruendung.shelf import Shelf
from assistant.begruendung.versions import Version, compare
from assistant.begruendung.visible import Seen, seen
from assistant.draft_desk import entwurf_wire, record
from assistant.errors import InputInvalid, NotFound
from assistant.hausregeln import read_hausregeln
from assistant.wire.kept import (
    AbgelegtWire,
    FassungenWire,
    KurzWire,
    ListeWire,
    MitzeichnungWire,
    VergleichWire,
    aenderung_wire,
    fassung_wire,
    mitzeichnung_wire,
)
from assistant.wiring import Parts
from index.types import Access, Schutzstufe


def shelf_of(parts: Parts) -> Shelf:
    """The kept drafts of the Mandant at hand."""
    return Shelf(parts.home, parts.store, parts.mandant)


def overview(parts: Parts, access: Access) -> ListeWire:
    """The drafts of which `access` may see the last version."""
    shelf, found, damaged = shelf_of(parts), [], []
    if parts.mandant not in access.mandanten:
        return ListeWire(entwuerfe=[], unlesbar=[])
    for name in shelf.names():
        try:
            now = seen(parts.store, access, shelf.read(name))
        except InputInvalid:
            # Whether it rests on something closed cannot be told any more.
            damaged += [name] if Schutzstufe.NICHTOEFFENTLICH in access.stufen else []
            continue
        if now is not None:
            found.append(_short(parts, shelf, name, now))
    return ListeWire(entwuerfe=found, unlesbar=damaged)


def _short(parts: Parts, shelf: Shelf, name: str, now: Seen) -> KurzWire:
    version = now.version
    return KurzWire(
        name=name,
        titel=now.entwurf.titel,
        fassung=version.number,
        at=version.at.isoformat(timespec="seconds"),
        author=version.author,
        schutz=now.entwurf.schutz.value,
        offen=len(now.entwurf.offen),
        mitgezeichnet=signed(parts, shelf, name).vollstaendig,
    )


def show(
    parts: Parts, access: Access, name: str, number: int | None = None, *, who: str = OPERATOR
) -> AbgelegtWire:
    """One version, the last one unless told, as `access` may see it now.

    Raises:
        NotFound: there is none that `access` may see.
        InputInvalid: the name is none, or the file is damaged.
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    shelf = shelf_of(parts)
    now = visible(parts, access, name, number)
    record(parts, who, "gelesen", cited(now.version))
    return _kept(parts, shelf, name, now)


def history(parts: Parts, access: Access, name: str) -> FassungenWire:
    """The versions of a draft that `access` may see, without their words.

    Raises:
        NotFound: there is no draft of which `access` may see the last version.
    """
    shelf = shelf_of(parts)
    visible(parts, access, name)
    found = [shelf.read(name, number) for number in shelf.numbers(name)]
    return FassungenWire(
        fassungen=[
            fassung_wire(name, version)
            for version in found
            if seen(parts.store, access, version) is not None
        ]
    )


def comparison(
    parts: Parts,
    access: Access,
    name: str,
    before: int | None = None,
    after: int | None = None,
    *,
    who: str = OPERATOR,
) -> VergleichWire:
    """What differs between two versions; unless told between the last two.

    Raises:
        NotFound: one of them is none that `access` may see.
        InputInvalid: there is but one version.
    """
    numbers = shelf_of(parts).numbers(name)
    to = numbers[-1] if after is None else after
    earlier = [number for number in numbers if number < to]
    if before is None and not earlier:
        visible(parts, access, name, to)
        raise InputInvalid(
            f"Vor Fassung {to} von »{name}« gibt es keine, mit der zu vergleichen ist."
        )
    one = visible(parts, access, name, earlier[-1] if before is None else before)
    two = visible(parts, access, name, to)
    record(parts, who, "verglichen", [*cited(one.version), *cited(two.version)])
    return VergleichWire(
        name=name,
        von=one.version.number,
        nach=two.version.number,
        aenderungen=[aenderung_wire(change) for change in compare(one.entwurf, two.entwurf)],
    )


def standing_of(parts: Parts, access: Access, name: str) -> MitzeichnungWire:
    """Where every Stelle is with the last version.

    Raises:
        NotFound: there is no draft that `access` may see.
    """
    visible(parts, access, name)
    return signed(parts, shelf_of(parts), name)


def visible(parts: Parts, access: Access, name: str, number: int | None = None) -> Seen:
    """A version as `access` may see it now.

    Raises:
        NotFound: there is none; the sentence is the same where it may not be seen.
        InputInvalid: the name is none, or the file is damaged.
    """
    shelf = shelf_of(parts)
    version = None
    try:
        version = shelf.read(name, number)
    except InputInvalid:
        # Whether a damaged one rests on something closed cannot be told any more.
        if access != Access.operator(parts.mandant):
            shelf.numbers(name)
        else:
            raise
    now = seen(parts.store, access, version) if version is not None else None
    if now is not None:
        return now
    raise NotFound(
        f"Einen Entwurf »{name}« gibt es nicht. »aktenkundig entwurf list« listet sie."
        if number is None
        else f"Fassung {number} von »{name}« gibt es nicht."
    )


def signed(parts: Parts, shelf: Shelf, name: str) -> MitzeichnungWire:
    """Where every Stelle is, for somebody who may see the draft."""
    rules = read_hausregeln(parts.home, parts.mandant)
    versions = [shelf.read(name, number) for number in shelf.numbers(name)]
    return mitzeichnung_wire(standing(rules, shelf.signatures(name), versions))


def _kept(parts: Parts, shelf: Shelf, name: str, now: Seen) -> AbgelegtWire:
    return AbgelegtWire(
        fassung=fassung_wire(name, now.version),
        letzte=shelf.numbers(name)[-1],
        entwurf=entwurf_wire(now.entwurf),
        verborgen=now.hidden,
        hinweise=list(_hints(now)),
        mitzeichnung=signed(parts, shelf, name),
    )


def _hints(now: Seen) -> Sequence[str]:
    hints = []
    if now.closed_since:
        hints.append(
            "Eine Quelle ist inzwischen nichtöffentlich oder nicht mehr einsehbar. Der Entwurf "
            "wird nicht mehr öffentlich ausgegeben."
        )
    if now.hidden:
        hints.append(f"Nicht mehr einsehbare Belege: {now.hidden}; ihre Absätze fehlen hier.")
    if now.version.schnitte:
        hints.append("Eine Quelle wurde gelöscht; Absätze mit ihren Worten wurden entfernt.")
    return hints


def cited(version: Version) -> tuple[str, ...]:
    """The ids of the documents that a version quotes, each once."""
    return tuple(dict.fromkeys(citation.document_id for citation in version.entwurf.citations))
