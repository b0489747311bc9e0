"""An operator's own weights."""

from __future__ import annotations

import json
import pickle
import struct
from pathlib import Path

import pytest

from models.errors import ModelRefused
from models.own import add_model
from models.registry import DEFAULT_GENERATOR, ModelKind, load_registry, locate


def tensors() -> bytes:
    header = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4)


def test_a_gguf_is_copied_and_entered_with_its_hash(tmp_path: Path) -> None:
    source = tmp_path / "gross.gguf"
    source.write_bytes(b"GGUF" + bytes(50))
    weights = tmp_path / "weights"
    entry = add_model(source, weights, name="gross", licence="Apache-2.0")
    assert load_registry(weights_dir=weights)["gross"] == entry
    assert locate(entry, weights).read_bytes() == source.read_bytes()


def test_a_folder_of_safetensors_is_an_embedder(tmp_path: Path) -> None:
    folder = tmp_path / "einbetter"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(tensors())
    (folder / "modules.json").write_text("[]")
    entry = add_model(
        folder, tmp_path / "w", name="einbetter", licence="MIT", dimension=8, query_prefix="q: "
    )
    assert entry.kind is ModelKind.EMBEDDER
    assert load_registry(weights_dir=tmp_path / "w")["einbetter"].query_prefix == "q: "


@pytest.mark.parametrize("name", ["modell.bin", "modell.pt", "modell.gguf", "modell.safetensors"])
def test_a_pickle_is_refused_under_any_name(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(ModelRefused, match="GGUF oder safetensors"):
        add_model(source, tmp_path / "w", name="probe", licence="MIT")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("name", ["pytorch_model.bin", "code.py", "fremd.safetensors"])
def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "einbetter"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(tensors())
    (folder / "modules.json").write_text("[]")
    (folder / name).write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(ModelRefused, match=name):
        add_model(folder, tmp_path / "w", name="probe", licence="MIT", dimension=8)


def test_a_shipped_name_cannot_be_taken_over(tmp_path: Path) -> None:
    source = tmp_path / "gross.gguf"
    source.write_bytes(b"GGUF")
    with pytest.raises(ModelRefused, match="mitgeliefert"):
        add_model(source, tmp_path / "w", name=DEFAULT_GENERATOR, licence="MIT")
