"""What of a kept version somebody may see now: protection and papers change after it was written.

Asked at every reading, of the store as it is then; nothing of it is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.begruendung.cutting import without
from assistant.begruendung.types import Entwurf
from assistant.begruendung.versions import Version
from assistant.types import Citation
from index.store import Store
from index.types import Access, Document, Schutzstufe

HIDDEN = "Absatz ausgeblendet, sein Beleg ist nicht mehr einsehbar"


@dataclass(frozen=True, slots=True)
class Seen:
    """A version as one person may see it.

    Attributes:
        entwurf: without what rests on papers that are not there to be seen; `schutz` is today's.
        hidden: how many citations were taken out for that.
        opened_as: the protection it was written with.
    """

    version: Version
    entwurf: Entwurf
    hidden: int
    opened_as: Schutzstufe

    @property
    def closed_since(self) -> bool:
        """Whether it was written as public and rests on something closed, or hidden, now."""
        now = self.entwurf.schutz
        return self.opened_as is Schutzstufe.OEFFENTLICH and now is not Schutzstufe.OEFFENTLICH


def seen(store: Store, access: Access, version: Version) -> Seen | None:
    """The version as `access` may see it; None where it may not see it at all."""
    entwurf = version.entwurf
    if entwurf.mandant not in access.mandanten:
        return None
    with store.snapshot():
        schutz = _schutz_now(store, version)
        if schutz not in access.stufen:
            return None
        own = Access(frozenset({entwurf.mandant}), access.stufen)
        gone = _unseen(store, own, entwurf)
    shown = replace(without(entwurf, gone, HIDDEN), schutz=schutz)
    return Seen(version, shown, len(gone), entwurf.schutz)


def _schutz_now(store: Store, version: Version) -> Schutzstufe:
    """The strictest of what it was written with and what its sources are now."""
    entwurf = version.entwurf
    everybody = Access(frozenset({entwurf.mandant}))
    if entwurf.schutz is not Schutzstufe.OEFFENTLICH or _unseen(store, everybody, entwurf):
        return Schutzstufe.NICHTOEFFENTLICH
    if set(version.quellen) - store.summaries(everybody, version.quellen).keys():
        return Schutzstufe.NICHTOEFFENTLICH
    return Schutzstufe.OEFFENTLICH


def _unseen(store: Store, access: Access, entwurf: Entwurf) -> set[int]:
    """Numbers of the citations whose words `access` does not find at their place."""
    documents: dict[str, Document | None] = {}
    return {
        citation.number
        for citation in entwurf.citations
        if not _stands(citation, _document(store, access, citation.document_id, documents))
    }


def _document(
    store: Store, access: Access, document_id: str, known: dict[str, Document | None]
) -> Document | None:
    if document_id not in known:
        known[document_id] = store.document(access, document_id)
    return known[document_id]


def _stands(citation: Citation, document: Document | None) -> bool:
    return document is not None and citation.span.cut(document.text) == citation.quote
