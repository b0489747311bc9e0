"""Where command line and HTTP change kept drafts, each act with a line in the record.

Whoever changes one says which version they have read; where that is no longer the last one,
nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.audit import OPERATOR
from assistant.begruendung.mitzeichnung import Mitzeichnung
from assistant.begruendung.versions import compare
from assistant.draft_desk import record
from assistant.draft_shelf import NOT_PUBLIC, cited, shelf_of, signed, visible
from assistant.errors import InputInvalid
from assistant.wire.kept import (
    AbgelehntWire,
    FassungWire,
    MitzeichnungWire,
    UmarbeitungBody,
    UmgearbeitetWire,
    VergleichWire,
    ZeichnungBody,
    aenderung_wire,
    fassung_wire,
)
from assistant.wiring import Parts
from index.types import Access, Schutzstufe
from models.generator import never

UNSEEN = (
    "Belege dieser Fassung sind nicht mehr einsehbar ({count}); so lässt sie sich weder "
    "mitzeichnen noch umarbeiten. Bitte entwerfen Sie neu."
)
REWRITINGS = {
    "kuerzer": "kürzer",
    "klarer": "klarer",
    "einfach": "Einfache Sprache",
    "stichpunkte": "in Stichpunkten",
    "praezedenzfall": "mit Präzedenzfall",
}


def undo(
    parts: Parts, access: Access, name: str, based_on: int, *, author: str, who: str = OPERATOR
) -> FassungWire:
    """Goes back by one version, as a new one.

    Raises:
        NotFound: there is no draft that `access` may see.
        Conflict: the last version is another by now.
        InputInvalid: there is no earlier one.
    """
    visible(parts, access, name)
    version = shelf_of(parts).undo(name, based_on=based_on, author=author or who)
    record(parts, who, "zurückgenommen", cited(version))
    return fassung_wire(name, version)


def rework(
    parts: Parts,
    access: Access,
    name: str,
    body: UmarbeitungBody,
    *,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> UmgearbeitetWire:
    """Rewrites the last version as a new one; where nothing changes, none is written.

    Raises:
        NotFound, Conflict: as above; or there is no such section or paragraph.
        InputInvalid: a citation of it is no longer to be seen.
        ModelError: the generator was asked for and cannot be started.
    """
    from assistant.begruendung.rewriting import Umarbeitung, rewrite

    shelf = shelf_of(parts)
    now = visible(parts, access, name, body.fassung)
    if now.hidden:
        raise InputInvalid(UNSEEN.format(count=now.hidden))
    shelf.check(name, body.fassung)
    done = rewrite(
        now.version.entwurf,
        Umarbeitung(body.art),
        store=parts.store,
        access=access,
        home=parts.home,
        schluessel=body.abschnitt,
        absatz=body.absatz,
        generator=parts.generator if body.generator else None,
    )
    refused = [
        AbgelehntWire(schluessel=one.schluessel, absatz=one.absatz, grund=one.grund)
        for one in done.abgelehnt
    ]
    if cancelled() or not done.geaendert:
        return UmgearbeitetWire(fassung=None, vergleich=None, geaendert=0, abgelehnt=refused)
    if now.opened_as is Schutzstufe.OEFFENTLICH and done.entwurf.schutz is not now.opened_as:
        raise InputInvalid(NOT_PUBLIC)
    sources = [citation.document_id for citation in done.entwurf.citations]
    version = shelf.keep(
        name,
        done.entwurf,
        based_on=body.fassung,
        author=body.name or who,
        quellen=tuple(dict.fromkeys([*now.version.quellen, *sources])),
        anlass=f"umgearbeitet: {REWRITINGS[body.art]}",
    )
    record(parts, who, "umgearbeitet", cited(version))
    changes = compare(now.version.entwurf, version.entwurf)
    return UmgearbeitetWire(
        fassung=fassung_wire(name, version),
        vergleich=VergleichWire(
            name=name,
            von=body.fassung,
            nach=version.number,
            aenderungen=[aenderung_wire(change) for change in changes],
        ),
        geaendert=done.geaendert,
        abgelehnt=refused,
    )


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
