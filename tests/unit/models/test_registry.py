"""The list of models and the check of files against it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import (
    ModelCorrupt,
    ModelMissing,
    ModelRefused,
    ModelUnknown,
    RegistryInvalid,
)
from models.registry import (
    DEFAULT_EMBEDDER,
    DEFAULT_GENERATOR,
    ModelEntry,
    ModelFile,
    ModelKind,
    find_entry,
    load_registry,
    locate,
    verify,
    write_local_entry,
)

GGUF = b"GGUF" + bytes(100)


def entry_for(content: bytes, name: str = "probe") -> ModelEntry:
    digest = hashlib.sha256(content).hexdigest()
    file = ModelFile("probe.gguf", len(content), digest)
    return ModelEntry(name, ModelKind.GENERATOR, "MIT", 1024, (file,), title="Probe „1“")


def put(weights: Path, content: bytes) -> Path:
    path = weights / "probe" / "probe.gguf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_shipped_list_names_both_default_models() -> None:
    registry = load_registry()
    assert registry[DEFAULT_EMBEDDER].dimension == 384
    assert registry[DEFAULT_EMBEDDER].query_prefix == "query: "
    assert registry[DEFAULT_EMBEDDER].passage_prefix == "passage: "
    assert registry[DEFAULT_GENERATOR].licence == "Apache-2.0"
    assert registry[DEFAULT_GENERATOR].sha256.startswith("cc324af070c2ecbf")


def test_the_parts_of_the_default_generator_add_up_to_the_file() -> None:
    (file,) = load_registry()[DEFAULT_GENERATOR].files
    assert len(file.parts) == 22
    assert sum(part.bytes for part in file.parts) == file.bytes == 1_117_320_768


def test_texts_in_the_shipped_list_have_the_hash_that_stands_beside_them() -> None:
    texts = [file for file in load_registry()[DEFAULT_EMBEDDER].files if file.text is not None]
    assert len(texts) == 5
    for file in texts:
        assert file.text is not None
        assert hashlib.sha256(file.text.encode()).hexdigest() == file.sha256


def test_a_right_file_is_located_and_a_missing_one_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"probe\.gguf"):
        locate(entry_for(GGUF), tmp_path)
    path = put(tmp_path, GGUF)
    assert locate(entry_for(GGUF), tmp_path) == path


def test_a_changed_file_is_refused_with_both_hashes(tmp_path: Path) -> None:
    put(tmp_path, GGUF + b"x")
    with pytest.raises(ModelCorrupt) as caught:
        locate(entry_for(GGUF), tmp_path)
    assert hashlib.sha256(GGUF).hexdigest() in str(caught.value)
    assert hashlib.sha256(GGUF + b"x").hexdigest() in str(caught.value)


def test_a_marker_saves_the_second_hash_but_verify_hashes_again(tmp_path: Path) -> None:
    path = put(tmp_path, GGUF)
    entry = entry_for(GGUF)
    locate(entry, tmp_path)
    stat = path.stat()
    path.write_bytes(GGUF[:-1] + b"x")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert locate(entry, tmp_path) == path
    with pytest.raises(ModelCorrupt):
        verify(entry, tmp_path)


def test_a_marker_does_not_hide_a_file_that_was_written_later(tmp_path: Path) -> None:
    path = put(tmp_path, GGUF)
    entry = entry_for(GGUF)
    locate(entry, tmp_path)
    stat = path.stat()
    path.write_bytes(GGUF[:-1] + b"x")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    with pytest.raises(ModelCorrupt):
        locate(entry, tmp_path)


def test_a_marker_of_another_hash_is_not_believed(tmp_path: Path) -> None:
    put(tmp_path, GGUF)
    entry = entry_for(GGUF)
    locate(entry, tmp_path)
    other = replace(entry, files=(replace(entry.files[0], sha256="0" * 64),))
    with pytest.raises(ModelCorrupt):
        locate(other, tmp_path)


def test_progress_of_verify_ends_at_the_whole_size(tmp_path: Path) -> None:
    put(tmp_path, GGUF)
    heard: list[tuple[int, int]] = []
    verify(entry_for(GGUF), tmp_path, progress=lambda done, total, _: heard.append((done, total)))
    assert heard[-1] == (len(GGUF), len(GGUF))


def test_an_own_entry_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    entry = entry_for(GGUF)
    write_local_entry(entry, tmp_path)
    registry = load_registry(weights_dir=tmp_path)
    assert registry["probe"] == entry
    assert DEFAULT_GENERATOR in registry


@pytest.mark.parametrize("path", ["../x.gguf", "/etc/x.gguf", "a/../../x.gguf"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    write_local_entry(
        replace(entry_for(GGUF), files=(replace(entry_for(GGUF).files[0], path=path),)), tmp_path
    )
    with pytest.raises(RegistryInvalid):
        load_registry(weights_dir=tmp_path)


def test_a_pickle_in_the_list_is_refused(tmp_path: Path) -> None:
    pickled = replace(entry_for(GGUF).files[0], path="pytorch_model.bin")
    write_local_entry(replace(entry_for(GGUF), files=(pickled,)), tmp_path)
    with pytest.raises(ModelRefused, match="safetensors"):
        load_registry(weights_dir=tmp_path)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelUnknown, match=DEFAULT_GENERATOR):
        find_entry(load_registry(), "gibtsnicht")
