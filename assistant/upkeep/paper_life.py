"""Deleting, hiding and showing a document, for command line and page alike."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.audit import OPERATOR, AuditEntry
from assistant.errors import InputInvalid, NotFound
from assistant.records.register import SHORTEST_ID, find_document
from assistant.upkeep.draft_care import cut_out, drafts_quoting
from assistant.upkeep.originals import erase
from assistant.wiring import Parts
from index.life import Deletion, Depublication
from index.types import Access, DocumentSummary

MOST_REASON = 500
"""Longest reason, in characters; it stays where the document has gone."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What a deletion did.

    Attributes:
        done: False where there was nothing to delete.
        certificates: one for each document that is gone; none where only a source was forgotten.
        drafts: kept drafts that quoted it and lost the quotes.
    """

    done: bool
    certificates: tuple[Deletion, ...]
    drafts: tuple[str, ...]


def find_any(parts: Parts, access: Access, start_of_id: str) -> DocumentSummary:
    """The one document of that id, hidden or not.

    Raises:
        InputInvalid: the start is too short, or fits several documents.
        NotFound: there is none.
    """
    wanted = start_of_id.strip().lower()
    hidden = [
        item.entry
        for item in parts.store.depublished(access)
        if len(wanted) >= SHORTEST_ID and item.entry.id.startswith(wanted)
    ]
    if len(hidden) == 1 and not any(
        entry.id.startswith(wanted) for entry in parts.store.documents(access)
    ):
        return hidden[0]
    return find_document(parts.store, access, start_of_id)


def erase_paper(
    parts: Parts,
    access: Access,
    document: DocumentSummary,
    *,
    reason: str = "",
    source: str | None = None,
) -> Erased:
    """Deletes a document, or with `source` forgets one of its files; records it.

    Raises:
        NotFound: the document was not found in that file.
    """
    quoting = drafts_quoting(parts.home, parts.mandant, document.id)
    before = {deletion.id for deletion in parts.store.deletions(access)}
    if source is None:
        done = erase(parts, access, document, who=OPERATOR, reason=reason)
    else:
        done = _withdraw(parts, access, document, source, reason)
        parts.audit.append(
            AuditEntry("loeschen", OPERATOR, parts.mandant, document_ids=(document.id,))
        )
        cut_out(parts.home, parts.store, parts.audit)
    new = tuple(item for item in parts.store.deletions(access) if item.id not in before)
    return Erased(done, new, quoting if new else ())


def _withdraw(
    parts: Parts, access: Access, document: DocumentSummary, source: str, reason: str
) -> bool:
    further = {item.source for item in parts.store.sources(access, document.id)}
    if source != document.source and source not in further:
        raise NotFound(f"Die Datei »{source}« ist keine Quelle dieses Dokuments.")
    return parts.store.withdraw(access, source, who=OPERATOR, reason=reason)


def hide(parts: Parts, access: Access, document: DocumentSummary, reason: str) -> Depublication:
    """Hides a document from everybody until `show_again`; records it.

    Raises:
        InputInvalid: no reason is given.
    """
    if not reason.strip():
        raise InputInvalid("Bitte nennen Sie den Grund, warum das Dokument verborgen wird.")
    parts.store.depublish(access, document.id, reason=reason.strip(), who=OPERATOR)
    parts.audit.append(
        AuditEntry("depublizieren", OPERATOR, parts.mandant, document_ids=(document.id,))
    )
    (hidden,) = [i for i in parts.store.depublished(access) if i.entry.id == document.id]
    return hidden


def show_again(parts: Parts, access: Access, document: DocumentSummary) -> None:
    """Shows a hidden document; records it.

    Raises:
        InputInvalid: it is not hidden.
    """
    if not parts.store.republish(access, document.id):
        raise InputInvalid("Dieses Dokument ist nicht verborgen.")
    parts.audit.append(
        AuditEntry("publizieren", OPERATOR, parts.mandant, document_ids=(document.id,))
    )


def lift(parts: Parts, access: Access, start_of_id: str) -> Deletion:
    """Lets the file of a certificate in again, where it is ingested again; records it.

    Raises:
        NotFound: there is not exactly one such certificate.
    """
    fitting = [d for d in parts.store.deletions(access) if d.id.startswith(start_of_id)]
    if len(fitting) != 1:
        raise NotFound(f"Es gibt nicht genau einen Nachweis »{start_of_id}«.")
    parts.store.lift(access, fitting[0].id, who=OPERATOR)
    parts.audit.append(AuditEntry("loeschung-aufheben", OPERATOR, parts.mandant))
    return next(d for d in parts.store.deletions(access) if d.id == fitting[0].id)
