"""What becomes of one file: the whole way from its bytes to passages, and the state it ends in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.document import prepare, read_document
from ingest.errors import IngestError, ParserFailed
from ingest.intake import Intake, read_bytes, recognise
from ingest.opening import Opener


class State(StrEnum):
    """How a file may end; there is nothing else."""

    COMPLETE = "vollständig"
    PARTIAL = "teilweise"
    REFUSED = "abgelehnt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one file.

    Attributes:
        reason: code of the refusal, of an archive the first in it; "" where nothing was refused.
        pages: how many the document has; None for archives, formats without, and refusals.
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


def outcome_of(data: bytes, opener: Opener, source: str = "datei") -> Outcome:
    """Takes a file in as the pipeline does, but for embedding and storing.

    Raises:
        AssertionError: the file ended in no stated state, e.g. read and yet empty.
    """
    started = time.monotonic()
    try:
        intake = recognise(source, data)
    except IngestError as error:
        return _refused(error, started)
    ends: list[Outcome] = []
    with closing(opener.pieces(intake)) as pieces:
        for piece in pieces:
            if piece.error is not None:
                ends.append(_refused(piece.error, started))
            elif piece.intake is not None:
                ends.append(_read(piece.intake, opener, started))
    return _together(ends, started)


def _read(intake: Intake, opener: Opener, started: float) -> Outcome:
    try:
        parsed = opener.parse(intake)
        prepared = prepare(read_document(intake, parsed, "lvs"))
    except IngestError as error:
        return _refused(error, started)
    assert prepared.passages, "read, but nothing to be found"
    seconds = time.monotonic() - started
    unread = tuple(sorted({page for gap in parsed.gaps for page in gap.pages}))
    message = " ".join(gap.message for gap in parsed.gaps)
    state = State.PARTIAL if parsed.gaps else State.COMPLETE
    if parsed.gaps and parsed.page_count:
        assert unread and unread[-1] <= parsed.page_count, "pages not named"
    return Outcome(state, "", message, parsed.page_count, unread, seconds)


def _refused(error: IngestError, started: float) -> Outcome:
    message = str(error)
    assert error.code and message.endswith("."), f"no sentence for {error.code}"
    seconds = time.monotonic() - started
    failed = isinstance(error, ParserFailed)
    return Outcome(State.REFUSED, error.code, message, None, (), seconds, failed)


def _together(ends: Sequence[Outcome], started: float) -> Outcome:
    """What the ends of all that lies in a file come to."""
    assert ends, "opened, and nothing said of what is in it"
    if len(ends) == 1:
        return ends[0]
    states = {end.state for end in ends}
    return Outcome(
        states.pop() if len(states) == 1 else State.PARTIAL,
        next((end.reason for end in ends if end.reason), ""),
        " ".join(dict.fromkeys(end.message for end in ends if end.message)),
        None,
        (),
        time.monotonic() - started,
        any(end.failed for end in ends),
    )


def outcome_of_file(path: Path, opener: Opener) -> Outcome:
    """The same for a file on disk, limits of size included."""
    started = time.monotonic()
    try:
        data = read_bytes(path)
    except IngestError as error:
        return _refused(error, started)
    return outcome_of(data, opener, str(path))
