"""Texts of the house: read as plain text, and never in the way of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.learning.statements import (
    LONGEST_BYTES,
    Block,
    BlockKind,
    blocks_of,
    read_statement,
)


def test_blank_lines_part_and_marks_make_headings_and_lists() -> None:
    text = "# Zwecke\nWir suchen\nin Akten.\r\n\r\n- eins\n- zwei\n\n## Ende\n"
    assert blocks_of(text) == (
        Block(BlockKind.HEADING, ("Zwecke",)),
        Block(BlockKind.TEXT, ("Wir suchen", "in Akten.")),
        Block(BlockKind.LIST, ("eins", "zwei")),
        Block(BlockKind.HEADING, ("Ende",)),
    )


def test_each_mandant_has_its_own_and_without_files_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "datenschutz-lvs.txt").write_text("Unser Text.", "utf-8")
    (tmp_path / "kontakt-lvs.toml").write_text('datenschutz = "Zimmer 7"\nstand = ""\n', "utf-8")
    ours = read_statement(tmp_path, "lvs", "datenschutz")
    assert ours.blocks == (Block(BlockKind.TEXT, ("Unser Text.",)),)
    assert ours.contacts == {"datenschutz": "Zimmer 7"}
    assert ours.unusable == ()
    assert read_statement(tmp_path, "lvs", "barrierefreiheit").blocks == ()
    theirs = read_statement(tmp_path, "lvn", "datenschutz")
    assert (theirs.blocks, theirs.contacts, theirs.unusable) == ((), {}, ())


@pytest.mark.parametrize("content", ["telefon = 'x'", "datenschutz = 7", "kein toml"])
def test_a_contact_file_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "kontakt-lvs.toml").write_text(content, "utf-8")
    read = read_statement(tmp_path, "lvs", "datenschutz")
    assert (read.contacts, read.unusable) == ({}, ("kontakt-lvs.toml",))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a" * (LONGEST_BYTES + 1)])
def test_a_text_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "datenschutz-lvs.txt").write_bytes(content)
    read = read_statement(tmp_path, "lvs", "datenschutz")
    assert (read.blocks, read.unusable) == ((), ("datenschutz-lvs.txt",))
