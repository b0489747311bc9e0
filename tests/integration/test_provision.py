"""The real weights against the registry, and their way over a folder without any network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import models
from models.errors import ModelCorrupt
from models.provision import fetch
from models.registry import DEFAULT_EMBEDDER, load_registry, verify
from models.sources import LocalFolder

pytestmark = [pytest.mark.weights, pytest.mark.slow]

WEIGHTS = Path(os.environ.get("AKTENKUNDIG_WEIGHTS", Path(models.__file__).with_name("weights")))
REGISTRY = load_registry()


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_the_weights_on_this_machine_are_what_the_registry_says(name: str) -> None:
    assert verify(REGISTRY[name], WEIGHTS).exists()


def test_a_folder_carried_over_gives_the_same_verified_model(tmp_path: Path) -> None:
    entry = REGISTRY[DEFAULT_EMBEDDER]
    folder = fetch(entry, tmp_path, sources=[LocalFolder(WEIGHTS)])
    assert sorted(file.path for file in entry.files) == sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\x55")
    with pytest.raises(ModelCorrupt):
        verify(entry, tmp_path)
