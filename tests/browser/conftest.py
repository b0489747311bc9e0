"""Chromium, a server over the sample records, and a page that watches what it asks for.

A module that wants other papers overrides `parts`; `page` opens the start of the surface.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.wiring import Parts
from tests.browser.sight import serving, watched
from tests.sample_records import GOOD_SENTENCE, FakeGenerator, make_parts

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for one file: its driver keeps an event loop going, which other tests have no use for."""
    program = shutil.which("chromium") or os.environ.get("CHROMIUM")
    if program is None:
        pytest.fail("Chromium fehlt: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def generator() -> FakeGenerator:
    return FakeGenerator(GOOD_SENTENCE)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, generator: FakeGenerator) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home"), generator) as made:
        yield made


@pytest.fixture(scope="module")
def address(parts: Parts) -> Iterator[str]:
    with serving(parts) as place:
        yield place


@pytest.fixture
def page(browser: Browser, address: str, generator: FakeGenerator) -> Iterator[Page]:
    generator.sentence, generator.pause_s = GOOD_SENTENCE, 0.0
    generator.gate.set()
    with watched(browser, address) as opened:
        yield opened


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--handbuch-neu`; never on in a run that shall prove anything."""
    parser.addoption(
        "--handbuch-neu",
        action="store_true",
        help="nimmt die Bilder in docs/handbuch/bilder neu auf; danach jedes ansehen",
    )
