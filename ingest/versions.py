"""Which stored document a file is the next version of, and whether it is one that is there."""

from __future__ import annotations

from enum import Enum, auto

from index.life import Source
from index.store import Store
from index.types import Access, Document, DocumentSummary
from ingest.begleitdaten import has_statements, stamp_of
from ingest.document import Prepared
from ingest.likeness import is_version

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
        self._pending_identities: dict[Identity, list[Document]] = {}
        self._pending_texts: dict[str, str] = {}
        self._further: list[Source] = []
        self._known = {(s.source, s.sha256) for s in store.sources(self._access)}
        self._duplicates = 0

    @property
    def duplicates(self) -> int:
        """How many files were recognised as further sources in this run."""
        return self._duplicates

    def standing(
        self, document_id: str, source: str, stamp: str = "", *, ocr: bool = False
    ) -> Standing:
        """Whether these bytes need to be read; `stamp` is that of the statements beside them.

        Bytes that are stored and valid do not, under whatever path. Neither does an old version
        that still lies beside the newer one; but where the old bytes have replaced the newer ones
        under the same path, they are in force again. A paper with scanned pages that text
        recognition was missing for is read again once it is there (`ocr`).
        """
        held = self._store.summaries(self._access, [document_id]).get(document_id)
        if held is None:
            # The bytes may be a second source, or depublished.
            holder = self._store.holder(self._mandant, document_id)
            return Standing.NEW if holder is None else Standing.UNCHANGED
        if held.superseded_by is None:
            again = (ocr and held.awaiting_ocr) or self._restated(held, source, stamp)
            return Standing.NEW if again else Standing.UNCHANGED
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

    def holds_source(self, source: str) -> bool:
        """Whether something was read from this path, or from within the archive there."""
        if self._store.current_at_source(self._mandant, source) is not None:
            return True
        documents = self._store.documents(self._access)
        return any(item.source.startswith(f"{source}!/") for item in documents)

    def is_erased(self, document_id: str) -> bool:
        """Whether these bytes were erased and must stay out."""
        return self._store.is_erased(self._mandant, document_id)

    def is_taken(self, document_id: str) -> bool:
        """Whether the same bytes came by in this run already."""
        return document_id in self._taken_ids

    def succeed(self, prepared: Prepared) -> Prepared:
        """The document with the version it supersedes, noted as on its way."""
        document = prepared.document
        previous = self._previous(document)
        self._taken_ids.add(document.id)
        if prepared.fingerprint:
            self._pending_texts[prepared.fingerprint] = document.id
        if previous is not None:
            gone = [mark for mark, id_ in self._pending_texts.items() if id_ == previous]
            for mark in gone:
                del self._pending_texts[mark]
        self._pending_sources[document.source] = document.id
        identity = identity_of(document)
        if identity is not None:
            self._pending_identities.setdefault(identity, []).append(document)
        return prepared.superseding(previous if previous != document.id else None)

    def stored(self) -> None:
        """Everything noted has reached the store; further sources can follow."""
        self._pending_sources.clear()
        self._pending_identities.clear()
        self._pending_texts.clear()
        if self._further:
            self._store.add_sources(self._further)
            self._further.clear()

    def twin(self, prepared: Prepared) -> str | None:
        """A valid document of the same text, stored or on its way; None where there is none."""
        mark = prepared.fingerprint
        if not mark:
            return None
        found = self._pending_texts.get(mark) or self._store.twin(self._mandant, mark)
        return found if found != prepared.document.id else None

    def note_source(self, sha256: str, source: str, document_id: str | None = None) -> None:
        """Remembers a further source of a document; `stored` writes it down.

        Without `document_id` the bytes are those of a stored document, whichever it is.
        """
        if (source, sha256) in self._known:
            return
        held = document_id or self._store.holder(self._mandant, sha256)
        if held is None:
            return
        if held == sha256:
            own = self._store.summaries(self._access, [held]).get(held)
            if own is not None and own.source == source:
                return
        self._known.add((source, sha256))
        self._further.append(Source(self._mandant, source, sha256, held))
        self._duplicates += 1

    def _previous(self, document: Document) -> str | None:
        identity = identity_of(document)
        if identity is not None:
            for earlier in reversed(self._pending_identities.get(identity, [])):
                if is_version(earlier, document):
                    return earlier.id
            held = self._held_version(identity[0], document)
            if held is not None:
                return held
        pending = self._pending_sources.get(document.source)
        if pending is not None:
            return pending
        here = self._store.current_at_source(self._mandant, document.source)
        return here.id if here is not None else None

    def _held_version(self, art: str, document: Document) -> str | None:
        """The stored document that bears the same number and is an earlier state of this one."""
        number = document.kopfdaten.nummer
        assert number is not None
        for held in self._store.valid_versions(self._mandant, art, number.value):
            earlier = self._store.document(self._access, held.id)
            if earlier is None:  # depublished: its text is nobody's to compare
                if held.source == document.source or held.title == document.title:
                    return held.id
            elif held.id == document.id or is_version(earlier, document):
                return held.id
        return None


def identity_of(document: Document) -> Identity | None:
    """Kind and number, or None for a paper that its path alone identifies."""
    kopfdaten = document.kopfdaten
    if kopfdaten.art is None or kopfdaten.nummer is None:
        return None
    if kopfdaten.benennung in _WITHOUT_OWN_NUMBER:
        return None
    return kopfdaten.benennung, kopfdaten.nummer.value.key
