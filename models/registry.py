"""The list of models: what we vouch for, where it lies, and whether it is what it says it is."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from models.errors import ModelCorrupt, ModelMissing, ModelRefused, ModelUnknown, RegistryInvalid

log = logging.getLogger(__name__)

DEFAULT_EMBEDDER = "multilingual-e5-small"
DEFAULT_GENERATOR = "qwen2.5-coder-1.5b-instruct"

Progress = Callable[[int, int, str], None]

_SHIPPED = Path(__file__).with_name("registry.toml")
_LOCAL = "registry.toml"
_MARKER = ".verified.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 22
# Pickles (.bin, .pt, .pkl, .ckpt) can run code when they are loaded; these cannot.
_SUFFIXES = frozenset({".gguf", ".safetensors", ".json", ".txt", ".model"})


class ModelKind(StrEnum):
    """What a model does."""

    EMBEDDER = "embedder"
    GENERATOR = "generator"


class Recipe(StrEnum):
    """How a file comes out of its parts."""

    JOIN = "join"
    E5_SMALL_Q4 = "e5-small-q4"
    TEXT = "text"


class Precision(StrEnum):
    """How an embedder computes its linear layers; another precision makes other vectors."""

    FP32 = "fp32"
    INT8 = "int8"


class Weights(StrEnum):
    """Whether a model's files are here and were seen to have their hashes."""

    VERIFIED = "geprueft"
    UNVERIFIED = "ungeprueft"
    MISSING = "fehlt"


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a wheel of the package index."""

    package: str
    version: str
    member: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubFile:
    """A finished file in a repository of a model hub."""

    repository: str
    revision: str
    path: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; `path` is relative to the model's folder."""

    path: str
    bytes: int
    sha256: str
    recipe: Recipe = Recipe.JOIN
    parts: tuple[Part, ...] = ()
    hub: HubFile | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model of the registry. `dimension` and the prefixes are an embedder's."""

    name: str
    kind: ModelKind
    licence: str
    context_tokens: int
    files: tuple[ModelFile, ...]
    title: str = ""
    dimension: int | None = None
    query_prefix: str = ""
    passage_prefix: str = ""
    precision: Precision = Precision.FP32

    @property
    def sha256(self) -> str:
        """The one file's hash, or a hash over the names and hashes of all files."""
        if len(self.files) == 1:
            return self.files[0].sha256
        lines = sorted(f"{file.sha256}  {file.path}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def total_bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files)


def load_registry(
    path: Path | None = None, *, weights_dir: Path | None = None
) -> dict[str, ModelEntry]:
    """Reads the shipped list (or `path`), with the operator's own list in `weights_dir` over it.

    Raises:
        RegistryInvalid: when a list cannot be read or an entry breaks a rule.
        ModelRefused: when an entry names a file format that may carry code.
    """
    entries = _read(path or _SHIPPED)
    if weights_dir is not None and (weights_dir / _LOCAL).is_file():
        entries |= _read(weights_dir / _LOCAL)
    return entries


def find_entry(registry: Mapping[str, ModelEntry], name: str) -> ModelEntry:
    """The entry of this name.

    Raises:
        ModelUnknown: when there is none.
    """
    try:
        return registry[name]
    except KeyError:
        known = ", ".join(sorted(registry))
        raise ModelUnknown(
            f"Das Modell „{name}“ ist nicht bekannt. Bekannt sind: {known}."
        ) from None


def model_path(entry: ModelEntry, weights_dir: Path) -> Path:
    """Where the model lies or would lie: a generator's file, an embedder's folder."""
    folder = weights_dir / entry.name
    return folder / entry.files[0].path if entry.kind is ModelKind.GENERATOR else folder


def locate(entry: ModelEntry, weights_dir: Path) -> Path:
    """The verified model on this machine, as `model_path` says.

    A file hashed before is not hashed again while its size and time of change stay the same.

    Raises:
        ModelMissing: when a file is not there.
        ModelCorrupt: when a file has another hash than the registry.
    """
    return _check(entry, weights_dir, trust_marker=True, progress=None)


def verify(entry: ModelEntry, weights_dir: Path, *, progress: Progress | None = None) -> Path:
    """Like `locate`, but hashes every file again."""
    return _check(entry, weights_dir, trust_marker=False, progress=progress)


def weights_state(entry: ModelEntry, weights_dir: Path) -> Weights:
    """What is known of a model's files without hashing any."""
    folder = weights_dir / entry.name
    marker = _read_marker(folder)
    state = Weights.VERIFIED
    for file in entry.files:
        try:
            stat = (folder / file.path).stat()
        except OSError:
            return Weights.MISSING
        if marker.get(file.path) != _stamp(file, stat):
            state = Weights.UNVERIFIED
    return state


def file_sha256(path: Path, on_bytes: Callable[[int], None] | None = None) -> str:
    """Hash of a file; `on_bytes` hears how many bytes each step read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if on_bytes is not None:
                on_bytes(len(chunk))
    return digest.hexdigest()


def corrupt(path: Path | str, expected: str, found: str) -> ModelCorrupt:
    """The refusal of a file whose hash is another; the sentence carries both hashes."""
    return ModelCorrupt(
        f"Die Datei „{path}“ hat nicht die erwartete Prüfsumme und wird nicht verwendet. "
        f"Erwartet: {expected}, gefunden: {found}. Bitte löschen und mit "
        "„aktenkundig models fetch“ neu beziehen."
    )


def write_local_entry(entry: ModelEntry, weights_dir: Path) -> None:
    """Puts an entry into the operator's own list, in place of one of the same name."""
    target = weights_dir / _LOCAL
    entries = _read(target) if target.is_file() else {}
    entries[entry.name] = entry
    text = "# Eigene Modelle dieses Hauses; geschrieben von „aktenkundig models add“.\n"
    text += "".join(_toml(entries[name]) for name in sorted(entries))
    _write_whole(target, text)


def _check(
    entry: ModelEntry, weights_dir: Path, *, trust_marker: bool, progress: Progress | None
) -> Path:
    folder = weights_dir / entry.name
    marker = _read_marker(folder)
    seen = {}
    done = 0
    for file in entry.files:
        path = folder / file.path
        if not path.is_file():
            raise ModelMissing(
                f"Die Gewichte von „{entry.name}“ fehlen ({file.path}). "
                "Bitte „aktenkundig models fetch“ ausführen."
            )
        stamp = _stamp(file, path.stat())
        if not (trust_marker and marker.get(file.path) == stamp):
            start = done

            def report(step: int, label: str = file.path) -> None:
                nonlocal done
                done += step
                if progress is not None:
                    progress(done, entry.total_bytes, label)

            found = file_sha256(path, report)
            if found != file.sha256:
                raise corrupt(path, file.sha256, found)
            done = start
        done += file.bytes
        seen[file.path] = stamp
    if seen != marker:
        _write_marker(folder, seen)
    return model_path(entry, weights_dir)


def _stamp(file: ModelFile, stat: os.stat_result) -> dict[str, object]:
    """What the marker says of a file that had its hash when it looked like this."""
    return {"bytes": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": file.sha256}


def _read_marker(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / _MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_marker(folder: Path, seen: dict[str, dict[str, object]]) -> None:
    try:
        _write_whole(folder / _MARKER, json.dumps(seen, indent=1, sort_keys=True))
    except OSError as error:  # A read-only volume: then every start hashes.
        log.info("no verification marker written: errno %s", error.errno)


def _write_whole(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.neu")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _read(path: Path) -> dict[str, ModelEntry]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        entries = [_entry(table) for table in raw.get("model", [])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryInvalid(f"Die Modell-Liste „{path}“ ist nicht lesbar: {error}.") from error
    return {entry.name: entry for entry in entries}


def _entry(table: dict[str, Any]) -> ModelEntry:
    fields = dict(table)
    files = tuple(_file(file) for file in fields.pop("file"))
    fields["kind"] = ModelKind(fields["kind"])
    fields["precision"] = Precision(fields.get("precision", "fp32"))
    entry = ModelEntry(files=files, **fields)
    if not _NAME.fullmatch(entry.name):
        raise ValueError(f"Name „{entry.name}“")
    if not files or (entry.kind is ModelKind.GENERATOR and len(files) != 1):
        raise ValueError(f"{entry.name}: Zahl der Dateien {len(files)}")
    if entry.kind is ModelKind.EMBEDDER and not entry.dimension:
        raise ValueError(f"{entry.name}: dimension fehlt")
    return entry


def _file(table: dict[str, Any]) -> ModelFile:
    fields = dict(table)
    fields["recipe"] = Recipe(fields.get("recipe", "join"))
    fields["parts"] = tuple(Part(**part) for part in fields.get("parts", ()))
    if "hub" in fields:
        fields["hub"] = HubFile(**fields["hub"])
    file = ModelFile(**fields)
    pure = PurePosixPath(file.path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise ValueError(f"Pfad „{file.path}“")
    if pure.suffix not in _SUFFIXES:
        raise ModelRefused(
            f"Die Datei „{file.path}“ wird abgelehnt: Gewichte nur als safetensors oder GGUF."
        )
    for digest in (file.sha256, *(part.sha256 for part in file.parts)):
        if not _HASH.fullmatch(digest):
            raise ValueError(f"{file.path}: sha256 „{digest}“")
    return file


def _toml(entry: ModelEntry) -> str:
    def quoted(value: object) -> str:
        # A JSON string or number is a TOML one, as long as no surrogate pair is written.
        return json.dumps(value, ensure_ascii=False)

    lines = ["", "[[model]]"]
    for key in ("name", "kind", "title", "licence", "context_tokens"):
        lines.append(f"{key} = {quoted(getattr(entry, key))}")
    if entry.dimension is not None:
        for key in ("dimension", "query_prefix", "passage_prefix", "precision"):
            lines.append(f"{key} = {quoted(getattr(entry, key))}")
    for file in entry.files:
        lines += ["", "[[model.file]]"]
        lines += [f"{key} = {quoted(getattr(file, key))}" for key in ("path", "bytes", "sha256")]
    return "\n".join(lines) + "\n"
