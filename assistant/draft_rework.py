"""Where command line and HTTP rework kept drafts: shown first, or kept at once as a new version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from assistant.audit import OPERATOR
from assistant.begruendung.rewording.types import Umarbeitung, Umgearbeitet
from assistant.begruendung.types import Entwurf
from assistant.begruendung.versions import compare
from assistant.begruendung.visible import Seen
from assistant.draft_changes import UNSEEN
from assistant.draft_desk import record
from assistant.draft_export import NOT_PUBLIC
from assistant.draft_shelf import cited, shelf_of, visible
from assistant.errors import Conflict, InputInvalid
from assistant.wire.kept import (
    AbgelehntWire,
    AenderungWire,
    UmarbeitungBody,
    UmgearbeitetWire,
    VergleichWire,
    aenderung_wire,
    fassung_wire,
)
from assistant.wiring import Parts
from index.types import Access, Schutzstufe
from models.generator import never

REWRITINGS = {
    "kuerzer": "kürzer",
    "klarer": "klarer",
    "einfach": "Einfache Sprache",
    "stichpunkte": "in Stichpunkten",
    "praezedenzfall": "mit Präzedenzfall",
}
ANOTHER = (
    "Die Umarbeitung ergibt jetzt einen anderen Wortlaut als den, der gezeigt wurde. Es wurde "
    "nichts geändert: Bitte sehen Sie den neuen Vorschlag an."
)
_ENTWURF = TypeAdapter(Entwurf)


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """What a rewriting would change; nothing is kept.

    Attributes:
        zeichen: tells this wording from any other, "" where nothing would change.
        abgelehnt: the paragraphs that would stay as they are, each with why.
    """

    aenderungen: tuple[AenderungWire, ...]
    abgelehnt: tuple[AbgelehntWire, ...]
    zeichen: str


def propose(
    parts: Parts,
    access: Access,
    name: str,
    body: UmarbeitungBody,
    *,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> Vorschlag:
    """Shows what a rewriting of the last version would change.

    Raises:
        as for `rework`.
    """
    now, done = _rewritten(parts, access, name, body)
    refused = tuple(_refused(done))
    if cancelled() or not done.geaendert:
        return Vorschlag((), refused, "")
    record(parts, who, "umarbeitung gezeigt", cited(now.version))
    changes = compare(now.version.entwurf, done.entwurf)
    return Vorschlag(tuple(map(aenderung_wire, changes)), refused, _mark(done.entwurf))


def rework(
    parts: Parts,
    access: Access,
    name: str,
    body: UmarbeitungBody,
    *,
    shown: str | None = None,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> UmgearbeitetWire:
    """Rewrites the last version as a new one; where nothing changes, none is written.

    Args:
        parts: of its Mandant.
        access: of the person who rewrites.
        name: of the draft.
        body: how.
        shown: the `zeichen` of the proposal that was read; another wording is not kept then.
        cancelled: says whether nobody wants it any more.
        who: for the record.

    Raises:
        NotFound: there is no draft, section or paragraph that `access` may see.
        Conflict: the last version is another by now, or the wording is not the one shown.
        InputInvalid: a citation of it is no longer to be seen.
        ModelError: the generator was asked for and cannot be started.
    """
    now, done = _rewritten(parts, access, name, body)
    refused = _refused(done)
    if cancelled() or (not done.geaendert and not shown):
        return UmgearbeitetWire(fassung=None, vergleich=None, geaendert=0, abgelehnt=refused)
    if shown is not None and shown != _mark(done.entwurf):
        raise Conflict(ANOTHER)
    sources = [citation.document_id for citation in done.entwurf.citations]
    version = shelf_of(parts).keep(
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


def _rewritten(
    parts: Parts, access: Access, name: str, body: UmarbeitungBody
) -> tuple[Seen, Umgearbeitet]:
    from assistant.begruendung.rewriting import rewrite

    now = visible(parts, access, name, body.fassung)
    if now.hidden:
        raise InputInvalid(UNSEEN.format(count=now.hidden))
    shelf_of(parts).check(name, body.fassung)
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
    closed = done.entwurf.schutz is not now.opened_as
    if done.geaendert and now.opened_as is Schutzstufe.OEFFENTLICH and closed:
        raise InputInvalid(NOT_PUBLIC)
    return now, done


def _refused(done: Umgearbeitet) -> list[AbgelehntWire]:
    return [
        AbgelehntWire(schluessel=one.schluessel, absatz=one.absatz, grund=one.grund)
        for one in done.abgelehnt
    ]


def _mark(entwurf: Entwurf) -> str:
    return hashlib.sha256(_ENTWURF.dump_json(entwurf)).hexdigest()
