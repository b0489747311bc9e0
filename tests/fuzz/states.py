"""What becomes of one file: the whole way from its bytes to passages, and the state it ends in."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.document import prepare, read_document
from ingest.errors import IngestError, ParserFailed
from ingest.intake import Intake, sniff
from ingest.pipeline import parse
from ingest.sandbox import Sandbox


class State(StrEnum):
    """How a file may end; there is nothing else."""

    COMPLETE = "vollständig"
    PARTIAL = "teilweise"
    REFUSED = "abgelehnt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one file.

    Attributes:
        reason: code of the refusal, or what is missing; "" for a complete file.
        pages: how many the document has; None where the format has none or nothing was read.
        unread: the pages (1-based) that a partial document lacks.
        failed: whether the parser itself came to grief (crash, time, memory).
    """

    state: State
    reason: str
    message: str
    pages: int | None
    unread: tuple[int, ...]
    seconds: float
    failed: bool = False


def outcome_of(data: bytes, sandbox: Sandbox, source: str = "datei") -> Outcome:
    """Takes a file in as the pipeline does, but for embedding and storing.

    Raises:
        AssertionError: the file ended in no stated state, e.g. read and yet empty.
    """
    started = time.monotonic()
    try:
        intake = Intake(source, data, hashlib.sha256(data).hexdigest(), sniff(data))
        parsed = parse(sandbox, intake)
        document = read_document(intake, parsed, "lvs")
        prepared = prepare(document)
    except IngestError as error:
        message = str(error)
        assert error.code and message.endswith("."), f"no sentence for {error.code}"
        seconds = time.monotonic() - started
        failed = isinstance(error, ParserFailed)
        return Outcome(State.REFUSED, error.code, message, None, (), seconds, failed)
    assert prepared.passages, "read, but nothing to be found"
    seconds = time.monotonic() - started
    unread = tuple(sorted({page for gap in parsed.gaps for page in gap.pages}))
    message = " ".join(gap.message for gap in parsed.gaps)
    state = State.PARTIAL if parsed.gaps else State.COMPLETE
    if parsed.gaps and parsed.page_count:
        assert unread and unread[-1] <= parsed.page_count, "pages not named"
    return Outcome(state, "", message, parsed.page_count, unread, seconds)


def outcome_of_file(path: Path, sandbox: Sandbox) -> Outcome:
    """The same for a file on disk, limits of size included."""
    from ingest.intake import read_bytes

    started = time.monotonic()
    try:
        data = read_bytes(path)
    except IngestError as error:
        seconds = time.monotonic() - started
        return Outcome(State.REFUSED, error.code, str(error), None, (), seconds)
    return outcome_of(data, sandbox, str(path))
