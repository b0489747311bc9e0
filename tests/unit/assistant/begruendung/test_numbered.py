"""Numbered files are on the disk before they bear their name, and their name is when it counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assistant.begruendung.numbered import append, numbers, put, remove


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What makes data last, in order: of a file or of a folder."""
    made: list[str] = []
    fsync, link, replace, rename = os.fsync, os.link, os.replace, os.rename

    def synced(descriptor: int) -> None:
        target = Path(f"/proc/self/fd/{descriptor}").readlink()
        made.append(f"fsync {target.name if target.is_dir() else 'file'}")
        fsync(descriptor)

    def named(what: str, real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            made.append(what)
            return real(*args, **more)

        return call

    monkeypatch.setattr(os, "fsync", synced)
    for what, real in (("link", link), ("replace", replace), ("rename", rename)):
        monkeypatch.setattr(os, what, named(what, real))
    return made


def test_a_file_and_its_name_are_on_the_disk_when_it_was_written(
    tmp_path: Path, calls: list[str]
) -> None:
    folder = tmp_path / "a" / "b"
    assert append(folder, "fassung", b"1") == 1
    assert calls == [f"fsync {tmp_path.name}", "fsync a", "fsync file", "link", "fsync b"]
    calls.clear()
    assert append(folder, "fassung", b"2") == 2
    assert calls == ["fsync file", "link", "fsync b"]
    calls.clear()
    put(folder / "fassung-0001.json", b"3")
    assert calls == ["fsync file", "replace", "fsync b"]
    assert (folder / "fassung-0001.json").read_bytes() == b"3"
    calls.clear()
    remove(folder)
    assert calls == ["rename", "fsync a"]
    assert list((tmp_path / "a").iterdir()) == []


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    for content in (b"1", b"2", b"3"):
        append(tmp_path, "fassung", content)
    (tmp_path / "fassung-0001.json").unlink()
    assert append(tmp_path, "fassung", b"4") == 4
    assert numbers(tmp_path, "fassung") == (2, 3, 4)
