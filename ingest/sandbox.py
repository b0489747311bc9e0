"""Runs parsers in a process of its own that is limited, and killed when it does not come back.

The worker stays alive over many files, so that a small file costs a pipe write and no start of an
interpreter. It inherits no environment, gets no network where the kernel lets an ordinary user
drop it, and answers in JSON: nothing it sends can run here.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from ingest import errors
from ingest.blocks import Block, BlockKind, Gap, Parsed
from ingest.cell import BUBBLEWRAP, Cell, Death
from ingest.intake import DOCX, HTML, PDF
from ingest.sandbox_worker import FRAME

PARSERS: Mapping[str, str] = MappingProxyType(
    {PDF: "ingest.pdf:parse_pdf", DOCX: "ingest.docx:parse_docx", HTML: "ingest.html:parse_html"}
)
TIMEOUT_S = 60.0
START_TIMEOUT_S = 60.0
MEMORY_BYTES = 2 * 1024**3
FILES_PER_WORKER = 500
MAX_ANSWER_BYTES = 256 * 1024**2

# One thread each: the cores belong to the questions.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}

_BY_CODE = {
    value.code: value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.IngestError)
}


class Sandbox:
    """One worker process that parses one file after another. For one thread at a time.

    Args:
        parsers: media type to "module:function"; each function takes the bytes.
        import_paths: further folders that the worker may import parsers from.
        bubblewrap: the program that builds the walls, where it works; None does without.

    Attributes:
        peak_bytes: the most memory that workers which have ended took, with their children.
    """

    def __init__(
        self,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        parsers: Mapping[str, str] = PARSERS,
        import_paths: Sequence[Path] = (),
        bubblewrap: str | None = BUBBLEWRAP,
    ) -> None:
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._parsers = parsers
        self._import_paths = [str(path) for path in import_paths]
        self.peak_bytes = 0
        self._bubblewrap = bubblewrap
        self._cell: Cell | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, media_type: str, data: bytes) -> Parsed:
        """Reads one file.

        Raises:
            FileRefused: what the parser says of the file.
            ParserFailed: the parser crashed, or needed too much time or memory.
        """
        worker = self._ready_worker()
        deadline = time.monotonic() + self._timeout_s
        request = self._parsers[media_type].encode("ascii")
        try:
            _send(
                worker, [FRAME.pack(len(request)), request, FRAME.pack(len(data)), data], deadline
            )
            answer = _receive(worker, deadline)
        except TimeoutError as error:
            self._kill()
            raise errors.ParserTimeout from error
        except (EOFError, OSError) as error:
            raise self._post_mortem() from error
        except BaseException:
            self._kill()  # an interrupted exchange leaves the pipe in mid-sentence
            raise
        self._files += 1
        return self._understand(answer)

    @property
    def walled(self) -> bool:
        """Whether bubblewrap holds the workers; starts one where none runs."""
        self._ready_worker()
        return self._cell is not None and self._cell.walled

    def processes(self) -> list[int]:
        """The running worker and its children, by their numbers outside the walls."""
        cell = self._cell
        return [] if cell is None else cell.processes()

    def interrupt(self) -> None:
        """Stops what is being parsed in another thread; that thread sees a crashed parser."""
        cell = self._cell
        if cell is not None:
            cell.kill()

    def close(self) -> None:
        """Ends the worker."""
        self._kill()

    def _understand(self, answer: bytes) -> Parsed:
        try:
            content = json.loads(answer)
            if "error" in content:
                if content["error"] == errors.ParserMemory.code:
                    self._kill()
                raise _BY_CODE[content["error"]](str(content["message"]))
            return _parsed_from(content)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._kill()
            raise errors.ParserCrashed from error

    def _ready_worker(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and (
            self._files >= FILES_PER_WORKER or self._worker.poll() is not None
        ):
            self._kill()
        if self._worker is None:
            self._worker = self._start()
            self._files = 0
            self._await_ready(self._worker)
        return self._worker

    def _start(self) -> subprocess.Popen[bytes]:
        here = Path(__file__).resolve().parent
        script = (
            "import sys; sys.path[:0] = sys.argv[5:]; from ingest.sandbox_worker import serve; "
            "serve(float(sys.argv[3]), int(sys.argv[4]), sys.argv[6:],"
            " scratch=sys.argv[1], walled=bool(sys.argv[2]))"
        )
        self._cell = Cell(
            script,
            [str(self._timeout_s), str(self._memory_bytes), str(here.parent), *self._import_paths],
            readable=[here, here.parent / "index", *map(Path, self._import_paths)],
            environment=_ENVIRONMENT,
            memory_bytes=self._memory_bytes,
            bubblewrap=self._bubblewrap,
        )
        worker = self._cell.process
        assert worker.stdin is not None
        os.set_blocking(worker.stdin.fileno(), False)
        return worker

    def _await_ready(self, worker: subprocess.Popen[bytes]) -> None:
        """Waits for the first word of a new worker; the time for a file starts after it."""
        try:
            _receive(worker, time.monotonic() + START_TIMEOUT_S)
        except (TimeoutError, EOFError, OSError) as error:
            self._kill()
            raise errors.ParserCrashed from error

    def _kill(self) -> None:
        if self._cell is not None:
            self._cell.kill()
            self._bury(self._cell)

    def _bury(self, cell: Cell) -> Death:
        death = cell.bury()
        self.peak_bytes = max(self.peak_bytes, cell.peak_bytes)
        self._cell = self._worker = None
        return death

    def _post_mortem(self) -> errors.ParserFailed:
        """Why the worker died, as far as its exit tells."""
        assert self._cell is not None
        death = self._bury(self._cell)
        if death is Death.TIME:
            return errors.ParserTimeout()
        return errors.ParserMemory() if death is Death.MEMORY else errors.ParserCrashed()


def _send(worker: subprocess.Popen[bytes], parts: Sequence[bytes], deadline: float) -> None:
    assert worker.stdin is not None
    descriptor = worker.stdin.fileno()
    for part in parts:
        rest = memoryview(part)
        while rest:
            _, ready, _ = select.select([], [descriptor], [], _remaining(deadline))
            if ready:
                try:
                    rest = rest[os.write(descriptor, rest[:1_048_576]) :]
                except BlockingIOError:
                    continue


def _receive(worker: subprocess.Popen[bytes], deadline: float) -> bytes:
    (length,) = FRAME.unpack(_read_exactly(worker, FRAME.size, deadline))
    if length > MAX_ANSWER_BYTES:
        raise EOFError
    return _read_exactly(worker, length, deadline)


def _read_exactly(worker: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    assert worker.stdout is not None
    descriptor = worker.stdout.fileno()
    received = bytearray()
    while len(received) < length:
        ready, _, _ = select.select([descriptor], [], [], _remaining(deadline))
        if ready:
            piece = os.read(descriptor, min(1_048_576, length - len(received)))
            if not piece:
                raise EOFError
            received += piece
    return bytes(received)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _parsed_from(content: Mapping[str, Any]) -> Parsed:
    blocks = tuple(
        Block(
            BlockKind(kind),
            str(text),
            None if page is None else int(page),
            int(level),
            None if bbox is None else (bbox[0], bbox[1], bbox[2], bbox[3]),
        )
        for kind, text, page, level, bbox in content["blocks"]
    )
    count = content["page_count"]
    return Parsed(
        blocks,
        None if count is None else int(count),
        str(content["parser"]),
        tuple(str(warning) for warning in content["warnings"]),
        str(content["title"]),
        gaps=tuple(
            Gap(tuple(int(page) for page in pages), str(message))
            for pages, message in content["gaps"]
        ),
    )
