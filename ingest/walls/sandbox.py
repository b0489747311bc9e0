"""Runs parsers in a process of its own that is limited, and killed when it does not come back.

The worker stays alive over many files, so that a small file costs a pipe write and no start of an
interpreter. It inherits no environment, gets no network where the kernel lets an ordinary user
drop it, and answers in JSON: nothing it sends can run here.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, TypeVar

from index import codec
from ingest import errors
from ingest.blocks import Block, BlockKind, Gap, Parsed
from ingest.intake import (
    DOCX,
    FLAT_ODT,
    HTML,
    JPEG,
    MAIL,
    MARKDOWN,
    ODT,
    OUTLOOK,
    PDF,
    PNG,
    TEXT,
    TIFF,
    ZIP,
)
from ingest.members import Member, Members, RefusedMember
from ingest.pages.tessdata import TESSDATA_FOLDERS, find_tessdata
from ingest.walls.cell import BUBBLEWRAP, Cell, Death
from ingest.walls.pipe import receive, send
from ingest.walls.worker import FRAME

PARSERS: Mapping[str, str] = MappingProxyType(
    {
        PDF: "ingest.formats.pdf:parse_pdf",
        DOCX: "ingest.formats.docx:parse_docx",
        ODT: "ingest.formats.odt:parse_odt",
        FLAT_ODT: "ingest.formats.odt:parse_flat_odt",
        HTML: "ingest.formats.html:parse_html",
        MAIL: "ingest.formats.mail:parse_mail",
        OUTLOOK: "ingest.formats.outlook:parse_outlook",
        MARKDOWN: "ingest.formats.text:parse_text",
        TEXT: "ingest.formats.text:parse_text",
        PNG: "ingest.formats.picture:parse_picture",
        JPEG: "ingest.formats.picture:parse_picture",
        TIFF: "ingest.formats.picture:parse_picture",
    }
)
UNPACKERS: Mapping[str, str] = MappingProxyType(
    {
        ZIP: "ingest.formats.archive:unpack_zip",
        MAIL: "ingest.formats.mail:unpack_mail",
        OUTLOOK: "ingest.formats.outlook:unpack_outlook",
    }
)
PAGE_READER = "ingest.pages.scan:read_page"
PAGE_DRAWER = "ingest.pages.picture:draw_page"
TIMEOUT_S = 60.0
START_TIMEOUT_S = 60.0
MEMORY_BYTES = 2 * 1024**3
FILES_PER_WORKER = 500

# One thread each: the cores belong to the questions.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}

T = TypeVar("T")

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
        tessdata: folders of which the first with data for German serves text recognition.

    Attributes:
        peak_bytes: the most memory that workers which have ended held (`Cell.peak_bytes`).
        tessdata: the folder with Tesseract's data; None where scans cannot be read.
        interrupted: whether somebody stopped a piece of work.
    """

    def __init__(
        self,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        parsers: Mapping[str, str] = PARSERS,
        import_paths: Sequence[Path] = (),
        bubblewrap: str | None = BUBBLEWRAP,
        tessdata: Sequence[Path] = TESSDATA_FOLDERS,
    ) -> None:
        self.tessdata = find_tessdata(tessdata)
        self.interrupted = False
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._parsers = parsers
        self._import_paths = [str(path) for path in import_paths]
        self.peak_bytes = 0
        self._bubblewrap = bubblewrap
        self._cell: Cell | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._held: bytes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def another(self) -> Sandbox:
        """One more of the same kind, for another thread; its worker starts when it is needed."""
        return Sandbox(
            timeout_s=self._timeout_s,
            memory_bytes=self._memory_bytes,
            parsers=self._parsers,
            import_paths=[Path(path) for path in self._import_paths],
            bubblewrap=self._bubblewrap,
            tessdata=[] if self.tessdata is None else [self.tessdata],
        )

    def parse(self, media_type: str, data: bytes, **arguments: object) -> Parsed:
        """Reads one file; `arguments` go to its parser.

        Raises:
            FileRefused: what the parser says of the file.
            ParserFailed: the parser crashed, or needed too much time or memory.
        """
        return self._understand(_parsed_from, self._ask(self._parsers[media_type], data, arguments))

    def read_page(self, media_type: str, data: bytes, page: int) -> dict[str, Any]:
        """Recognises the words on the picture of a page (1-based).

        See `ingest.pages.scan.read_page`.

        Raises:
            FileRefused, ParserFailed: as for a whole file.
        """
        arguments = {"media_type": media_type, "page": page, "tessdata": str(self.tessdata)}
        return self._value(PAGE_READER, data, arguments)

    def draw_page(
        self, media_type: str, data: bytes, page: int, **arguments: object
    ) -> dict[str, Any]:
        """Draws a page (1-based); see `ingest.pages.picture.draw_page`.

        Raises:
            FileRefused, ParserFailed: as for a whole file.
        """
        return self._value(PAGE_DRAWER, data, {"media_type": media_type, "page": page, **arguments})

    def unpack(self, media_type: str, data: bytes) -> Members:
        """The files that a file holds, one after another; the worker waits meanwhile.

        Who stops early ends the worker.

        Raises:
            FileRefused: what the unpacker says of the file as a whole.
            ParserFailed: the unpacker crashed, or needed too much time or memory.
        """
        complete = False
        try:
            head = self._head(self._ask(UNPACKERS[media_type], data, {}))
            while "end" not in head:
                name = str(head["member"])
                if "error" in head:
                    yield RefusedMember(name, _refusal(head))
                else:
                    yield Member(name, self._next_answer())
                head = self._head(self._next_answer())
            complete = True
        except errors.IngestError:
            complete = True
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise errors.ParserCrashed from error
        finally:
            if not complete:
                self._kill()

    def _ask(self, function: str, data: bytes, arguments: Mapping[str, object]) -> bytes:
        """Has the worker call a function on a file; gives the first answer."""
        worker = self._ready_worker()
        self._files += 1
        deadline = time.monotonic() + self._timeout_s
        request = json.dumps([function, arguments]).encode("ascii")
        sent = b"" if data is self._held else data  # the worker holds the file before
        parts = [FRAME.pack(len(request)), request, FRAME.pack(len(sent)), sent]
        with self._exchange():
            send(worker, parts, deadline)
            self._held = data
            return receive(worker, deadline)

    def _value(self, function: str, data: bytes, arguments: Mapping[str, object]) -> dict[str, Any]:
        """What a function of the worker makes of a file."""
        answer = self._ask(function, data, arguments)
        return self._understand(lambda content: dict(content["value"]), answer)

    def _next_answer(self) -> bytes:
        assert self._worker is not None
        with self._exchange():
            return receive(self._worker, time.monotonic() + self._timeout_s)

    @contextmanager
    def _exchange(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            self._kill()
            raise errors.ParserTimeout from error
        except (EOFError, OSError) as error:
            raise self._post_mortem() from error
        except BaseException:
            self._kill()  # an interrupted exchange leaves the pipe in mid-sentence
            raise

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
        self.interrupted = True
        cell = self._cell
        if cell is not None:
            cell.kill()

    def close(self) -> None:
        """Ends the worker."""
        self._kill()

    def _head(self, answer: bytes) -> Mapping[str, Any]:
        """What an answer says; raises the error it is, unless that is of one member only."""
        content: Mapping[str, Any] = json.loads(answer)
        if "error" in content and "member" not in content:
            if content["error"] == errors.ParserMemory.code:
                self._kill()
            raise _BY_CODE[content["error"]](str(content["message"]))
        return content

    def _understand(self, read: Callable[[Mapping[str, Any]], T], answer: bytes) -> T:
        try:
            return read(self._head(answer))
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
        here = Path(__file__).resolve().parents[1]
        folders = [Path(path) for path in self._import_paths]
        if self.tessdata is not None:
            folders.append(self.tessdata)
        script = (
            "import sys; sys.path[:0] = sys.argv[5:]; from ingest.walls.worker import serve; "
            "serve(float(sys.argv[3]), int(sys.argv[4]), sys.argv[6:],"
            " scratch=sys.argv[1], walled=bool(sys.argv[2]))"
        )
        self._cell = Cell(
            script,
            [str(self._timeout_s), str(self._memory_bytes), str(here.parent), *map(str, folders)],
            readable=[here, here.parent / "index", *folders],
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
            receive(worker, time.monotonic() + START_TIMEOUT_S)
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
        self._cell = self._worker = self._held = None
        return death

    def _post_mortem(self) -> errors.ParserFailed:
        """Why the worker died, as far as its exit tells."""
        assert self._cell is not None
        death = self._bury(self._cell)
        if death is Death.TIME:
            return errors.ParserTimeout()
        return errors.ParserMemory() if death is Death.MEMORY else errors.ParserCrashed()


def _refusal(head: Mapping[str, Any]) -> errors.FileRefused:
    kind = _BY_CODE[head["error"]]
    if not issubclass(kind, errors.FileRefused):
        raise ValueError(kind.code)
    return kind(str(head["message"]))


def _parsed_from(content: Mapping[str, Any]) -> Parsed:
    blocks = tuple(
        Block(
            BlockKind(kind),
            str(text),
            None if page is None else int(page),
            int(level),
            None if bbox is None else (bbox[0], bbox[1], bbox[2], bbox[3]),
            bool(heads),
            tuple((left, right) for left, right in extents),
            tuple(int(column) for column in continued),
        )
        for kind, text, page, level, bbox, heads, extents, continued in content["blocks"]
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
        page_quality=codec.read_page_quality(content["page_quality"]),
        scans=tuple(int(page) for page in content["scans"]),
    )
