"""What happens to kept drafts and searches without their authors: erased papers leave them."""

from __future__ import annotations

import logging
from pathlib import Path

from assistant.audit import OPERATOR, AuditEntry, AuditLog
from assistant.begruendung.numbered import FOLDER, draft_names, mandanten
from assistant.errors import InputInvalid
from assistant.feedback import FEEDBACK_FILE
from index.errors import StoreError
from index.store import Store

CUT = "gelöschte quelle entfernt"
EXPIRED = "frist"

log = logging.getLogger(__name__)


def cut_out(home: Path, store: Store, audit: AuditLog) -> None:
    """Cuts the words of erased papers out of all kept drafts and records where it did.

    Feedback that rests on such a paper goes with it. Kept searches forget the papers' ids.

    Raises:
        InputInvalid: a draft or a search cannot be written; the next command tries again.
        AuditUnwritable: see `AuditLog.append`.
    """
    if (home / FEEDBACK_FILE).is_file():
        from assistant.upkeep.feedback_care import forget_erased

        forget_erased(home, store)
    if (home / FOLDER).is_dir():
        _cut_drafts(home, store, audit)
    forget_in_searches(home, store)


def _cut_drafts(home: Path, store: Store, audit: AuditLog) -> None:
    from assistant.begruendung.erasing import cut_erased

    try:
        cut = cut_erased(home, store)
    except InputInvalid as error:
        raise InputInvalid(
            "Das Dokument ist gelöscht, aber seine Worte ließen sich nicht aus den Entwürfen "
            "entfernen. Bitte Speicherplatz und Rechte des Datenordners prüfen; der nächste "
            f"Befehl holt es nach. ({error})"
        ) from error
    for mandant in sorted({one.mandant for one in cut}):
        audit.append(AuditEntry("entwurf", OPERATOR, mandant, kind=CUT))


def forget_in_searches(home: Path, store: Store) -> None:
    """Takes the ids of documents that the store does not hold out of all kept searches.

    Raises:
        InputInvalid: a file of searches cannot be read or written.
    """
    from assistant.searching.saved import SavedSearches, mandanten

    for mandant in mandanten(home):

        def is_gone(document_id: str, mandant: str = mandant) -> bool:
            return not store.holds(mandant, document_id)

        SavedSearches(home, mandant).forget(is_gone)


def look_after(home: Path, store: Store, audit: AuditLog, kept_days: int | None) -> None:
    """What every start and every few hours catch up on; trouble stops nobody.

    After `kept_days` without a change a draft is deleted; None keeps all.
    """
    try:
        cut_out(home, store, audit)
        if kept_days is not None:
            from assistant.begruendung.shelf import Shelf

            for mandant in mandanten(home):
                for _ in Shelf(home, store, mandant).expire(kept_days, EXPIRED):
                    audit.append(AuditEntry("entwurf", OPERATOR, mandant, kind=EXPIRED))
    except (InputInvalid, StoreError) as error:
        log.warning("kept drafts and searches: %s", error)


def drafts_quoting(home: Path, mandant: str, document_id: str) -> tuple[str, ...]:
    """The kept drafts of which some version quotes a document, or may rest on it."""
    from assistant.begruendung.versions import version_numbers

    return tuple(
        name
        for name in draft_names(home, mandant)
        if any(
            _quotes(home, mandant, name, number, document_id)
            for number in version_numbers(home, mandant, name)
        )
    )


def _quotes(home: Path, mandant: str, name: str, number: int, document_id: str) -> bool:
    from assistant.begruendung.versions import read_version

    try:
        version = read_version(home, mandant, name, number)
    except InputInvalid:
        return False
    ids = {citation.document_id for citation in version.entwurf.citations}
    return document_id in ids | {*version.quellen}
