"""Counts and stamps of the index."""

from __future__ import annotations

from importlib import metadata

from assistant.wire.form import Wire
from index.types import DocumentSummary, StoreStatus


class GenerationWire(Wire):
    """Die Generation des Index, die antwortet."""

    number: int
    embedder_id: str | None
    chunker: str
    since: str | None


class StatusWire(Wire):
    """Zähler und Stand des Index."""

    version: str
    mandant: str
    documents: int
    superseded: int
    passages: int
    quarantined: int
    index_generation: int
    embedder_id: str | None
    by_art: dict[str, int]
    generation: GenerationWire


def number_of(document: DocumentSummary) -> str | None:
    """The number that a document bears, as officials write it."""
    nummer = document.kopfdaten.nummer
    return str(nummer.value) if nummer else None


def program_version() -> str:
    """The version of the installed program."""
    try:
        return metadata.version("aktenkundig")
    except metadata.PackageNotFoundError:
        return "ohne Installation"


def status_wire(status: StoreStatus, mandant: str) -> StatusWire:
    """Counts and stamps as they go out."""
    return StatusWire(
        version=program_version(),
        mandant=mandant,
        documents=status.documents,
        superseded=status.superseded,
        passages=status.passages,
        quarantined=status.quarantined,
        index_generation=status.generation,
        embedder_id=status.embedder_id,
        by_art=dict(status.by_art),
        generation=GenerationWire(
            number=status.build,
            embedder_id=status.embedder_id,
            chunker=status.chunker,
            since=status.build_since,
        ),
    )
