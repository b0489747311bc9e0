"""Inside the sandbox: takes files from a pipe, parses them, answers in JSON."""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from index import codec
from ingest import errors
from ingest.blocks import Parsed
from ingest.members import Member, Members
from ingest.walls.family import end_children, sweep
from ingest.walls.jail import lock_up

FRAME = struct.Struct(">Q")
"""Before every message: its length in bytes. A file of no bytes is the one before, once more."""


Function = Callable[..., Parsed | Members | dict[str, Any]]


def serve(
    timeout_s: float,
    memory_bytes: int,
    import_paths: Sequence[str],
    *,
    scratch: str,
    walled: bool,
) -> None:
    """The worker's loop: a function's name and a file in; what it made of it or an error out."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak into the answers
    here = Path(__file__).resolve().parents[1]
    readable = [here, here.parent / "index", *map(Path, import_paths)]
    lock_up(memory_bytes, readable, scratch=Path(scratch), walled=walled)
    kept = frozenset(entry.name for entry in Path(scratch).iterdir())
    answers.write(FRAME.pack(0))
    answers.flush()
    parsers: dict[str, Function] = {}
    data = b""
    while True:
        request, sent = _read_frame(requests), _read_frame(requests)
        if request is None or sent is None:
            return
        data = sent or data
        name, arguments = json.loads(request)
        if name not in parsers:
            module, function = name.split(":")
            parsers[name] = getattr(importlib.import_module(module), function)
        for answer in _with_a_clock(_answers(parsers[name], data, arguments), timeout_s):
            answers.write(FRAME.pack(len(answer)) + answer)
        answers.flush()
        sweep(Path(scratch), kept)


def _with_a_clock(answers: Iterator[bytes], timeout_s: float) -> Iterator[bytes]:
    """Limits the time of the work; how long the parent takes to read is its own affair."""
    while True:
        _start_clock(timeout_s)
        answer = next(answers, None)
        faulthandler.cancel_dump_traceback_later()
        if answer is None:
            return
        yield answer


def _answers(function: Function, data: bytes, arguments: Mapping[str, Any]) -> Iterator[bytes]:
    """One frame for a parsed file; for every member one of its head and one of its bytes."""
    try:
        result = function(data, **arguments)
        if isinstance(result, Parsed):
            yield _as_json(_blocks_of(result))
            return
        if isinstance(result, dict):
            yield _as_json({"value": result})
            return
        for member in result:
            if isinstance(member, Member):
                yield _as_json({"member": member.name})
                yield member.data
            else:
                yield _as_json({"member": member.name} | _error(member.reason))
        yield _as_json({"end": True})
    except errors.IngestError as error:
        yield _as_json(_error(error))
    except (MemoryError, RecursionError) as error:
        kind = errors.ParserMemory if isinstance(error, MemoryError) else errors.Damaged
        yield _as_json(_error(kind()))


def _as_json(content: dict[str, object]) -> bytes:
    return json.dumps(content).encode("ascii")


def _error(error: errors.IngestError) -> dict[str, object]:
    return {"error": error.code, "message": str(error)}


def _blocks_of(parsed: Parsed) -> dict[str, object]:
    return {
        "blocks": [
            (b.kind, b.text, b.page, b.level, b.bbox, b.heads_table, b.extents, b.continued)
            for b in parsed.blocks
        ],
        "page_count": parsed.page_count,
        "parser": parsed.parser,
        "warnings": parsed.warnings,
        "title": parsed.title,
        "gaps": [(gap.pages, gap.message) for gap in parsed.gaps],
        "page_quality": codec.write_page_quality(parsed.page_quality),
        "scans": parsed.scans,
    }


def _read_frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    (length,) = FRAME.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def _start_clock(timeout_s: float) -> None:
    """A dead parent cannot kill: the worker ends itself a little after its time.

    Behind bubblewrap it is the first process of its namespace, which signals do not end. The
    watching thread of `faulthandler` needs neither a signal nor the interpreter's lock.
    """
    try:
        faulthandler.dump_traceback_later(timeout_s + 2, exit=True, file=_nowhere())
    except RuntimeError:  # no room for a thread: the work has filled it with children
        end_children()
        faulthandler.dump_traceback_later(timeout_s + 2, exit=True, file=_nowhere())
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + timeout_s) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


@cache
def _nowhere() -> TextIO:
    """Where the watching thread may write; open as long as the worker lives."""
    return Path(os.devnull).open("w", encoding="utf-8")
