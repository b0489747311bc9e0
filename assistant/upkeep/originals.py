"""Files kept in the data home: originals/<mandant>/<sha256>.

What was uploaded, because nobody else has it, and what a council's system handed out, so that its
pages can be shown. They go with their document; what became none goes at once where it was fetched,
and where it was uploaded at the latest when the book forgets the job that brought it.
"""

from __future__ import annotations

import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.audit import OPERATOR, AuditEntry
from assistant.upkeep.draft_care import cut_out, look_after
from assistant.wiring import Parts
from index.copying import sync
from index.types import Access, DocumentSummary
from ingest.formats.office import clear_conversions
from ingest.walls.family import clear_scratch

FOLDER = "originals"
SPOOL = "spool"
UPLOADED = "upload/"
"""How the source of an uploaded document begins; the id of its job and its name follow."""
MEMBER = "!/"
"""Between the name of an archive and that of what lay in it."""
LONGEST_NAME = 150
SPOOL_KEPT_S = 3600.0
"""An upload that has not gone on for this long was broken off."""

_BLANKS = re.compile(r"\s+")


def safe_name(name: str) -> str:
    """The last part of a sent file name, fit to be shown. It never becomes a path."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Control and format characters could turn the direction of writing or forge a line.
    visible = "".join(
        " " if char.isspace() else char
        for char in last
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    clean = _BLANKS.sub(" ", visible).strip(" .")
    if len(clean) > LONGEST_NAME:
        stem, dot, suffix = clean.rpartition(".")
        tail = dot + suffix if stem and len(suffix) <= 10 else ""
        clean = clean[: LONGEST_NAME - len(tail)] + tail
    return clean or "ohne Namen"


def source_of(job_id: str, name: str) -> str:
    """What the document of an uploaded file is cited by."""
    return f"{UPLOADED}{job_id}/{name}"


def original_path(home: Path, mandant: str, sha256: str) -> Path:
    """Where a kept file lies."""
    return home / FOLDER / mandant / sha256


def keep(home: Path, mandant: str, spooled: Path, sha256: str) -> Path:
    """Moves a received file to its place; it is on the disk before anything names it.

    Raises:
        OSError: it cannot be moved.
    """
    place = original_path(home, mandant, sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    spooled.replace(place)
    descriptor = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return place


@dataclass(frozen=True, slots=True)
class FetchedOriginals:
    """Keeps what is fetched for the Mandant of `parts`, as long as documents need it."""

    parts: Parts

    def keep(self, data: bytes, sha256: str) -> None:
        """Puts the bytes on the disk.

        Raises:
            OSError: it takes none.
        """
        home, mandant = self.parts.home, self.parts.mandant
        place = original_path(home, mandant, sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = place.with_name(f".{sha256}")
        try:
            half.write_bytes(data)
            half.chmod(0o600)
            sync(half)
            keep(home, mandant, half, sha256)
        finally:
            half.unlink(missing_ok=True)

    def drop(self, sha256: str) -> None:
        """Deletes a file that no document stands on and no upload is waiting with."""
        place = original_path(self.parts.home, self.parts.mandant, sha256)
        if self.parts.store.holds(self.parts.mandant, sha256):
            return
        if not self.parts.jobs.names_path(place):
            place.unlink(missing_ok=True)


def erase(
    parts: Parts,
    access: Access,
    document: DocumentSummary,
    *,
    who: str,
    reason: str = "",
    keep_out: bool = True,
) -> bool:
    """Deletes a document with the file that was uploaded for it; False where there was none.

    Of every archive that holds the document's words the whole goes, and its words go out of kept
    drafts. `keep_out`: see `LifeStore.delete`.
    """
    mandant = document.mandant
    originals = {original_path(parts.home, mandant, document.id)}
    for source, sha256 in _sources(parts, access, document):
        originals.add(original_path(parts.home, mandant, sha256))
        if source.startswith(UPLOADED):
            originals.update(parts.jobs.uploaded_as(mandant, source.split(MEMBER)[0]))
    kept = sorted(path for path in originals if path.is_file())
    # In this order a kill in between leaves a document that can be deleted again, and no file
    # that a resumed job would bring back.
    for path in kept:
        parts.jobs.forget_path(path)
    deleted = (
        parts.store.delete(
            access,
            document.id,
            who=who,
            reason=reason,
            keep_out=keep_out,
            originals=[path.name for path in kept],
        )
        is not None
    )
    for path in kept if deleted else ():
        path.unlink(missing_ok=True)
    parts.audit.append(AuditEntry("loeschen", OPERATOR, mandant, document_ids=(document.id,)))
    cut_out(parts.home, parts.store, parts.audit)
    return deleted


def _sources(parts: Parts, access: Access, document: DocumentSummary) -> Iterator[tuple[str, str]]:
    """All files that the document was found in, with the hash of the bytes read there."""
    yield document.source, document.id
    for further in parts.store.sources(access, document.id):
        if further.mandant == document.mandant:
            yield further.source, further.sha256


def tidy(parts: Parts) -> None:
    """Drops what has lost its purpose: old jobs and drafts, refused originals, broken uploads."""
    for mandant, item in parts.jobs.prune():
        if not parts.store.holds(mandant, item.path.name):
            parts.store.release(mandant, item.name)
    for path in (parts.home / FOLDER).glob("*/*"):
        mandant = path.parent.name
        if not parts.jobs.names_path(path) and not _is_needed(parts, mandant, path):
            path.unlink(missing_ok=True)
    oldest = time.time() - SPOOL_KEPT_S
    for folder in (parts.home / SPOOL).glob("*"):
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
    # A draft under review may have been open in a reader when the server was killed.
    clear_scratch()
    clear_conversions()
    look_after(parts.home, parts.store, parts.audit, parts.drafts_kept_days)


def _is_needed(parts: Parts, mandant: str, path: Path) -> bool:
    """Whether a document stands on the file, or a request is about to enter it."""
    return parts.store.holds(mandant, path.name) or (
        path.stat().st_mtime > time.time() - SPOOL_KEPT_S
    )
