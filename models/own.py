"""An operator's own weights: copied in, hashed, and written into the house's list."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

from models.errors import ModelRefused
from models.registry import (
    ModelEntry,
    ModelFile,
    ModelKind,
    Progress,
    file_sha256,
    load_registry,
    verify,
    write_local_entry,
)

_SETTINGS = frozenset({".json", ".txt", ".model"})
_REFUSED = (
    "Die Datei „{name}“ wird abgelehnt: Gewichte nur als GGUF oder safetensors. Andere Formate "
    "(etwa .bin, .pt, .pkl) können beim Laden Programme ausführen."
)


def add_model(
    path: Path,
    weights_dir: Path,
    *,
    name: str,
    licence: str,
    context_tokens: int = 4096,
    dimension: int | None = None,
    query_prefix: str = "",
    passage_prefix: str = "",
    progress: Progress | None = None,
) -> ModelEntry:
    """Adds a GGUF file as a generator, or a sentence-transformers folder as an embedder.

    The files are copied to `<weights_dir>/<name>` and their hashes recorded in the house's list.

    Raises:
        ModelRefused: when a file is neither GGUF, safetensors nor plain settings, when the name is
            one that we ship, or when an embedder's dimension is missing.
    """
    if name in load_registry():
        raise ModelRefused(f"„{name}“ heißt schon ein mitgeliefertes Modell. Bitte anders nennen.")
    sources = _sources(path)
    kind = ModelKind.EMBEDDER if path.is_dir() else ModelKind.GENERATOR
    if kind is ModelKind.EMBEDDER and dimension is None:
        raise ModelRefused("Für ein Einbettungsmodell bitte die Länge der Vektoren angeben.")
    total = sum(source.stat().st_size for source in sources.values())
    done = 0
    files = []
    for relative, source in sorted(sources.items()):
        target = weights_dir / name / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".neu")
        shutil.copyfile(source, part)
        files.append(ModelFile(relative, part.stat().st_size, file_sha256(part)))
        part.replace(target)
        done += files[-1].bytes
        if progress is not None:
            progress(done, total, relative)
    entry = ModelEntry(
        name=name,
        kind=kind,
        licence=licence,
        context_tokens=context_tokens,
        files=tuple(files),
        title=path.name,
        dimension=dimension,
        query_prefix=query_prefix,
        passage_prefix=passage_prefix,
    )
    write_local_entry(entry, weights_dir)
    verify(entry, weights_dir)
    return entry


def _sources(path: Path) -> dict[str, Path]:
    """Relative path → file, every one checked by what it begins with."""
    if not path.exists():
        raise ModelRefused(f"„{path}“ gibt es nicht.")
    if not path.is_dir():
        if path.suffix != ".gguf" or not _is_gguf(path):
            raise ModelRefused(_REFUSED.format(name=path.name))
        return {path.name: path}
    found = {}
    for file in sorted(path.rglob("*")):
        relative = file.relative_to(path)
        hidden = any(part.startswith(".") for part in relative.parts)
        if not file.is_file() or hidden or file.suffix == ".md":
            continue
        if not (file.suffix in _SETTINGS or (file.suffix == ".safetensors" and _is_tensors(file))):
            raise ModelRefused(_REFUSED.format(name=relative))
        found[relative.as_posix()] = file
    if "modules.json" not in found or not any(name.endswith(".safetensors") for name in found):
        raise ModelRefused(f"„{path}“ ist kein Ordner von sentence-transformers mit safetensors.")
    return found


def _is_gguf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"GGUF"


def _is_tensors(path: Path) -> bool:
    """Whether a safetensors header stands at the beginning."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(8)
        if len(start) < 8:
            return False
        (length,) = struct.unpack("<Q", start)
        if not 2 <= length <= min(size - 8, 100 << 20):
            return False
        try:
            return isinstance(json.loads(file.read(length)), dict)
        except ValueError:
            return False
