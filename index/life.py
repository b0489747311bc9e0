"""The life of a document in the store: its sources, its depublication, its erasure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from index.types import Access, DocumentSummary, Drucksachennummer


class Zustand(StrEnum):
    """Where a file stands between its arrival and its erasure."""

    NEU = "neu"
    INDEXIERT = "indexiert"
    TEILWEISE = "teilweise"
    QUARANTAENE = "quarantaene"
    ERSETZT = "ersetzt"
    DEPUBLIZIERT = "depubliziert"
    GELOESCHT = "geloescht"


@dataclass(frozen=True, slots=True)
class Source:
    """A further file with the bytes or the text of a stored document."""

    mandant: str
    source: str
    sha256: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Depublication:
    """Why a document is shown to nobody, and since when. `entry` is for the admin alone."""

    entry: DocumentSummary
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """The certificate of one erasure. It holds no word of what was erased.

    Attributes:
        id: number of the certificate.
        digests: of the document's id first, then of its other sources and its text, see `digest`.
        removed: how many of each kind were removed: "textstellen", "vektoren" …
        keeps_out: whether the same file is refused from then on. One that is not is erased again
            only where an older database is put back.
        done: whether caches and the write-ahead log are known to be clean too.
        lifted: whether the same file may be taken in again.
        originals: digests of uploaded files that held the document and went with it; only a
            backup asks for them, the files themselves may be uploaded again.
    """

    id: str
    at: str
    who: str
    mandant: str
    reason: str
    digests: tuple[str, ...]
    removed: Mapping[str, int]
    keeps_out: bool = True
    done: bool = False
    lifted: bool = False
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that an ingest has found and not come to."""

    mandant: str
    path: str
    since: str


def digest(mandant: str, mark: str) -> str:
    """What the list of deletions knows a file by.

    Not the id itself: the list must outlive the document and should lead to no other record of
    it. Whoever has the file can still prove that it is the one.
    """
    return hashlib.sha256(f"aktenkundig\n{mandant}\n{mark}".encode()).hexdigest()


class LifeStore(Protocol):
    """What a store can do with a document after it was stored."""

    def valid_versions(
        self, mandant: str, art: str, number: Drucksachennummer
    ) -> list[DocumentSummary]:
        """All valid documents under one identity, depublished ones too (for ingest only)."""

    def holder(self, mandant: str, sha256: str) -> str | None:
        """The document that these bytes are a source of (any visibility; for ingest only)."""

    def twin(self, mandant: str, fingerprint: str) -> str | None:
        """The valid document of this fingerprint (any visibility; for ingest only)."""

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Records further sources; those of documents that are not stored are left out."""

    def sources(self, access: Access, document_id: str | None = None) -> list[Source]:
        """Further sources, of one document or of all that `access` may see."""

    def withdraw(
        self, access: Access, source: str, *, who: str, reason: str, keep_out: bool = True
    ) -> bool:
        """Forgets one source; the document is erased with its last one. False: unknown."""

    def depublish(self, access: Access, document_id: str, *, reason: str, who: str) -> bool:
        """Hides a document from every reading method until `republish`; False: unknown."""

    def republish(self, access: Access, document_id: str) -> bool:
        """Shows a depublished document again; False where there is none."""

    def depublished(self, access: Access) -> list[Depublication]:
        """What is hidden, newest first; only for those who may see closed documents."""

    def delete(
        self,
        access: Access,
        document_id: str,
        *,
        who: str = "",
        reason: str = "",
        keep_out: bool = True,
        originals: Sequence[str] = (),
    ) -> Deletion | None:
        """Erases a document wholly; None where there is none that `access` may see all of.

        With `keep_out` the same file is refused from now on, until `lift`. `originals` are the
        hashes of files that held it and go with it.

        Raises:
            StoreUnavailable: the certificate could not be written beside the database. The
                document is erased all the same, and the next start writes it.
        """

    def deletions(self, access: Access) -> list[Deletion]:
        """The certificates, newest first; only for those who may see closed documents."""

    def is_erased(self, mandant: str, mark: str) -> bool:
        """Whether a file of this hash or fingerprint was erased and must stay out."""

    def lift(self, access: Access, deletion_id: str, *, who: str) -> bool:
        """Lets an erased file in again, where it is ingested again; False: unknown."""

    def announce(self, mandant: str, paths: Iterable[str]) -> None:
        """Notes files that were found and are to be read."""

    def settle(self, mandant: str, paths: Iterable[str]) -> None:
        """Takes back `announce`, after the files reached a state of their own."""

    def pending(self, access: Access) -> list[Pending]:
        """Files that were announced and not settled; only for those who may see closed ones."""
