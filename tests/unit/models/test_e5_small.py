"""Dequantising the 4-bit file, on a tiny one made here."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file

from models.e5_small import convert
from models.errors import ModelCorrupt

WIDTH, INNER, VOCABULARY, POSITIONS, TYPES = 32, 64, 5, 7, 2


def q4(values: NDArray[np.int64], scale: float) -> bytes:
    """Blocks of 32 whole numbers from -8 to 7: byte j holds number j low and j+16 high."""
    out = b""
    for block in values.reshape(-1, 32):
        shifted = (block + 8).astype(np.uint8)
        out += struct.pack("<e", scale) + (shifted[:16] | shifted[16:] << 4).tobytes()
    return out


def tiny() -> tuple[bytes, dict[str, NDArray[np.float32]]]:
    rng = np.random.default_rng(7)
    tensors: list[tuple[str, int, int, bytes]] = []
    expected: dict[str, NDArray[np.float32]] = {}

    def blocks(short: str, long: str, *shape: int) -> None:
        values = rng.integers(-8, 8, shape)
        tensors.append((short, 1, values.size, q4(values, 0.25)))
        expected[long] = values.astype(np.float32) * 0.25

    def plain(short: str, long: str, *shape: int) -> None:
        values = rng.normal(size=shape).astype(np.float32)
        tensors.append((short, 0, values.size, values.tobytes()))
        expected[long] = values

    blocks("emb.word", "embeddings.word_embeddings.weight", VOCABULARY, WIDTH)
    plain("emb.pos", "embeddings.position_embeddings.weight", POSITIONS, WIDTH)
    plain("emb.type", "embeddings.token_type_embeddings.weight", TYPES, WIDTH)
    plain("emb.ln.w", "embeddings.LayerNorm.weight", WIDTH)
    plain("emb.ln.b", "embeddings.LayerNorm.bias", WIDTH)
    linear = {
        "q": ("attention.self.query", WIDTH, WIDTH),
        "k": ("attention.self.key", WIDTH, WIDTH),
        "v": ("attention.self.value", WIDTH, WIDTH),
        "ao": ("attention.output.dense", WIDTH, WIDTH),
        "fi": ("intermediate.dense", INNER, WIDTH),
        "fo": ("output.dense", WIDTH, INNER),
    }
    for short, (long, out, into) in linear.items():
        blocks(f"l0.{short}.w", f"encoder.layer.0.{long}.weight", out, into)
        plain(f"l0.{short}.b", f"encoder.layer.0.{long}.bias", out)
    for short, long in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
        plain(f"l0.{short}.w", f"encoder.layer.0.{long}.weight", WIDTH)
        plain(f"l0.{short}.b", f"encoder.layer.0.{long}.bias", WIDTH)

    head = b"E5S1" + struct.pack("<I7i", 1, WIDTH, 1, 2, INNER, VOCABULARY, POSITIONS, TYPES)
    head += struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5iQ", 2, 0, 2, 1, 3, 3) + bytes(3 * 4) + bytes(2 * 4) + b"abc"
    head += struct.pack("<iI", 1, 6) + bytes(6)
    size = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    offset = len(head) + size
    directory = struct.pack("<i", len(tensors))
    body = b""
    for name, dtype, count, raw in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", dtype, count, offset + len(body), len(raw))
        body += raw
    return head + directory + body, expected


def test_every_tensor_comes_out_exactly(tmp_path: Path) -> None:
    content, expected = tiny()
    (tmp_path / "q4.bin").write_bytes(content)
    convert(tmp_path / "q4.bin", tmp_path / "model.safetensors")
    found = load_file(tmp_path / "model.safetensors")
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert np.array_equal(found[name], values), name


def test_the_result_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    (tmp_path / "q4.bin").write_bytes(tiny()[0])
    digests = set()
    for number in range(2):
        target = tmp_path / f"{number}.safetensors"
        convert(tmp_path / "q4.bin", target)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize("keep", [3, 40, 90, 400, -40])
def test_a_truncated_file_is_refused(tmp_path: Path, keep: int) -> None:
    (tmp_path / "q4.bin").write_bytes(tiny()[0][:keep])
    with pytest.raises(ModelCorrupt):
        convert(tmp_path / "q4.bin", tmp_path / "model.safetensors")
