"""The parser's process: limited, killed when it hangs, and cheap for small files."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import errors
from ingest.intake import HTML
from ingest.jail import files_are_shut, network_is_shut
from ingest.sandbox import Sandbox

FAULTS = """
import os, socket, time
from ingest.blocks import Block, BlockKind, Parsed
from ingest.errors import Damaged

def _said(text):
    box = (0.0, 1.0, 2.0, 3.0)
    block = Block(BlockKind.PARAGRAPH, text, 1, 0, box, True, ((0.0, 2.0),), (1,))
    return Parsed((block,), 1, "fake", ("w",))

def parse(data):
    what = data.decode()
    if what == "loop":
        while True: pass
    if what == "sleep":
        time.sleep(60)
    if what == "memory":
        bytearray(1 << 34)
    if what == "abort":
        os.abort()
    if what == "raise":
        raise ZeroDivisionError
    if what == "refuse":
        raise Damaged("kaputt")
    if what == "print":
        print("unsinn", flush=True); os.write(1, b"mehr unsinn")
    if what == "environment":
        return _said(repr(sorted(os.environ)))
    if what.startswith("write "):
        try:
            os.write(os.open(what[6:], os.O_WRONLY | os.O_TRUNC), b"x")
        except OSError as error:
            return _said(type(error).__name__)
    if what.startswith("read "):
        try:
            return _said(open(what[5:]).read())
        except OSError as error:
            return _said(type(error).__name__)
    if what == "fork":
        return _said(str(os.getpid()))
    if what == "network":
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=2)
        except OSError as error:
            return _said(error.strerror or "")
    return _said(what)
"""


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    (tmp_path / "faulty_parsers.py").write_text(FAULTS)
    with Sandbox(
        timeout_s=2.0,
        memory_bytes=1024**3,
        parsers={HTML: "faulty_parsers:parse"},
        import_paths=(tmp_path,),
    ) as sandbox:
        yield sandbox


def said(box: Sandbox, what: str) -> str:
    return box.parse(HTML, what.encode()).blocks[0].text


def test_a_parsed_file_comes_back_as_it_was(box: Sandbox) -> None:
    parsed = box.parse(HTML, "Größe".encode())
    assert parsed.blocks[0].text == "Größe"
    (block,) = parsed.blocks
    assert block.bbox == (0.0, 1.0, 2.0, 3.0)
    assert (block.heads_table, block.extents, block.continued) == (True, ((0.0, 2.0),), (1,))
    assert (parsed.page_count, parsed.parser, parsed.warnings) == (1, "fake", ("w",))


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("loop", errors.ParserTimeout),
        ("sleep", errors.ParserTimeout),
        ("memory", errors.ParserMemory),
        ("abort", errors.ParserCrashed),
        ("raise", errors.ParserCrashed),
        ("refuse", errors.Damaged),
    ],
)
def test_a_parser_that_fails_is_named_and_the_next_file_is_read(
    box: Sandbox, what: str, error: type[errors.IngestError]
) -> None:
    started = time.monotonic()
    with pytest.raises(error) as caught:
        said(box, what)
    assert type(caught.value) is error
    assert time.monotonic() - started < 10
    assert said(box, "weiter") == "weiter"


def test_the_worker_has_no_secrets_and_no_voice(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHEIMNIS", "x")
    assert "GEHEIMNIS" not in said(box, "environment")
    assert said(box, "print") == "print"


def test_the_worker_cannot_write_a_file_nor_read_a_foreign_one(
    box: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("fremd") / "akte.txt"
    file.write_text("geheim")
    if files_are_shut():
        assert said(box, f"read {file}") == "PermissionError"
        assert said(box, f"write {file}") == "PermissionError"
        assert file.read_text() == "geheim"
    else:
        assert said(box, f"write {file}") == "OSError"


def test_the_network_is_shut_where_the_kernel_allows_it(box: Sandbox) -> None:
    words = said(box, "network")
    shut = {"Network is unreachable", "Permission denied"}
    assert words in (shut if network_is_shut() else {"Connection refused"})


def test_many_small_files_share_one_process(box: Sandbox) -> None:
    first = said(box, "fork")
    started = time.process_time()
    assert {said(box, "fork") for _ in range(100)} == {first}
    assert (time.process_time() - started) / 100 < 0.005


def test_a_worker_is_replaced_after_its_share_of_files(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sandbox.FILES_PER_WORKER", 3)
    assert len({said(box, "fork") for _ in range(7)}) == 3


def test_an_interrupted_parse_is_a_crash(box: Sandbox) -> None:
    said(box, "warm")
    threading.Timer(0.3, box.interrupt).start()
    with pytest.raises(errors.ParserCrashed):
        said(box, "sleep")
