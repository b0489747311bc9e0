"""The option that rewrites the expected readings; never on in a run that shall prove anything."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--golden-update`."""
    parser.addoption(
        "--golden-update",
        action="store_true",
        help="schreibt tests/golden/kopfdaten/*.json aus dem Gelesenen neu; danach jede prüfen",
    )
