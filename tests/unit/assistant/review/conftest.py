"""The matter of Leihräder in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import Store, open_store
from tests.unit.assistant.material.matter import fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """A store with nothing in it."""
    opened = open_store(tmp_path / "leer")
    yield opened
    opened.close()
