"""Which stored document a file is the next version of, and whether it is one that is there."""

from __future__ import annotations

from enum import Enum, auto

from index.store import Store
from index.types import Access, Document, DocumentSummary
from ingest.begleitdaten import has_statements, stamp_of
from ingest.document import Prepared

# Papers of these kinds carry numbers of other papers, or share one among several.
_WITHOUT_OWN_NUMBER = frozenset(
    {"Anlage", "Niederschrift", "Einladung", "Bekanntmachung", "Beschlusskontrolle"}
    | {"Stellungnahme"}
)

Identity = tuple[str, str]
"""Printed kind and number of a paper, Ergänzung included; unique within a Mandant."""


class Standing(Enum):
    """What a file's bytes are to the store."""

    NEW = auto()
    UNCHANGED = auto()


class Versions:
    """Finds predecessors in the store and among what is on its way there."""

    def __init__(self, store: Store, mandant: str) -> None:
        self._store = store
        self._mandant = mandant
        self._access = Access.operator(mandant)
        self._taken_ids: set[str] = set()
        self._pending_sources: dict[str, str] = {}
        self._pending_identities: dict[Identity, str] = {}

    def standing(self, document_id: str, source: str, stamp: str = "") -> Standing:
        """Whether these bytes need to be read; `stamp` is that of the statements beside them.

        Bytes that are stored and valid do not, under whatever path. Neither does an old version
        that still lies beside the newer one; but where the old bytes have replaced the newer ones
        under the same path, they are in force again.
        """
        held = self._store.summaries(self._access, [document_id]).get(document_id)
        if held is None:
            return Standing.NEW
        if held.superseded_by is None:
            return Standing.NEW if self._restated(held, source, stamp) else Standing.UNCHANGED
        here = self._store.current_at_source(self._mandant, source)
        return Standing.UNCHANGED if here is None else Standing.NEW

    def _restated(self, held: DocumentSummary, source: str, stamp: str) -> bool:
        """Whether other statements stand beside the same bytes now.

        A second copy of the bytes counts only where the first has no statements at all.
        """
        before = has_statements(held.warnings)
        if not (before or stamp) or (held.source != source and (before or not stamp)):
            return False
        document = self._store.document(self._access, held.id)
        return document is None or stamp_of(document) != stamp

    def is_taken(self, document_id: str) -> bool:
        """Whether the same bytes came by in this run already."""
        return document_id in self._taken_ids

    def succeed(self, prepared: Prepared) -> Prepared:
        """The document with the version it supersedes, noted as on its way."""
        document = prepared.document
        previous = self._previous(document)
        self._taken_ids.add(document.id)
        self._pending_sources[document.source] = document.id
        identity = identity_of(document)
        if identity is not None:
            self._pending_identities[identity] = document.id
        return prepared.superseding(previous if previous != document.id else None)

    def stored(self) -> None:
        """Everything noted has reached the store."""
        self._pending_sources.clear()
        self._pending_identities.clear()

    def _previous(self, document: Document) -> str | None:
        identity = identity_of(document)
        if identity is not None:
            pending = self._pending_identities.get(identity)
            if pending is not None:
                return pending
        number = document.kopfdaten.nummer
        if identity is not None and number is not None:
            held = self._store.current_version(self._mandant, identity[0], number.value)
            if held is not None:
                return held.id
        pending = self._pending_sources.get(document.source)
        if pending is not None:
            return pending
        here = self._store.current_at_source(self._mandant, document.source)
        return here.id if here is not None else None


def identity_of(document: Document) -> Identity | None:
    """Kind and number, or None for a paper that its path alone identifies."""
    kopfdaten = document.kopfdaten
    if kopfdaten.art is None or kopfdaten.nummer is None:
        return None
    if kopfdaten.benennung in _WITHOUT_OWN_NUMBER:
        return None
    return kopfdaten.benennung, kopfdaten.nummer.value.key
