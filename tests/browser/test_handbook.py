"""The pictures of the handbook show what the program shows today.

A picture is stale when its view shows other words or looks otherwise. `make handbuch` takes all of
them anew.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.audit import AuditLog
from assistant.embedders import ActiveEmbedder
from assistant.wiring import LazyGenerator, Parts
from index.store import open_store
from ingest.feeding.job_book import JobBook
from models.generator import Generator
from models.registry import DEFAULT_EMBEDDER, DEFAULT_GENERATOR
from tests.browser.handbook_camera import FOLDER, Shot, difference, keep, take
from tests.browser.handbook_views import VIEWS, View
from tests.browser.sight import serving
from tests.running import ROOT

pytestmark = pytest.mark.browser

MOST_APART = 24.0
"""Largest difference of a tile. Measured on four views: 0 from run to run and with other hinting of
letters, up to 15 without letters between pixels; 26 to 38 for links of another blue, 39 for a current
room that is not underlined, 51 to 77 for four pixels more within a card, 98 for marks of another
colour, 138 for a green button. Not seen: a hairline without colour (7)."""
ANEW = "Bitte »make handbuch« ausführen, die Bilder ansehen und das Handbuch daran prüfen."


def no_generator() -> Generator:
    raise AssertionError("a view of the handbook asked the language model")


@pytest.fixture(scope="module")
def home(ingested_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, with what their Mandant demands of its papers."""
    own = tmp_path_factory.mktemp("handbuch") / "aktenkundig"
    shutil.copytree(ingested_samples, own)
    shutil.copy(ROOT / "beispiele" / "mandanten" / "hausregeln-lvs.toml", own)
    return own


@pytest.fixture(scope="module")
def parts(home: Path, weights_dir: Path) -> Iterator[Parts]:
    store = open_store(home)
    with Parts(
        store=store,
        embedder=ActiveEmbedder(store, DEFAULT_EMBEDDER, weights_dir),
        generator=LazyGenerator(no_generator),
        mandant="lvs",
        audit=AuditLog(home),
        home=home,
        jobs=JobBook(home),
        weights=weights_dir,
        chosen_models=(DEFAULT_EMBEDDER, DEFAULT_GENERATOR),
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def shots(
    request: pytest.FixtureRequest, browser: Browser, parts: Parts, home: Path
) -> dict[str, Shot]:
    """Every view, opened anew one after the other; kept only where that was asked for."""
    context = browser.new_context(
        locale="de-DE", reduced_motion="reduce", color_scheme="light", bypass_csp=True
    )
    taken = {}
    with serving(parts) as address:
        page = context.new_page()
        for view in VIEWS:
            taken[view.name] = take(page, address, view, home)
            if request.config.getoption("--handbuch-neu", False):
                keep(view, taken[view.name])
        context.close()
    return taken


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_the_picture_shows_what_the_view_shows_today(shots: dict[str, Shot], view: View) -> None:
    shot = shots[view.name]
    kept = (FOLDER / f"{view.name}.txt").read_text("utf-8")
    changes = difflib.unified_diff(
        kept.splitlines(), shot.words.splitlines(), "im Handbuch", "heute", lineterm="", n=0
    )
    told = "\n".join(changes)
    assert not told, f"{view.name}.png zeigt andere Worte als die Seite. {ANEW}\n{told}"
    mean, most = difference((FOLDER / f"{view.name}.png").read_bytes(), shot.picture)
    assert most <= MOST_APART, f"{view.name}.png sieht anders aus ({mean:.2f}, {most:.0f}). {ANEW}"


def test_pictures_are_kept_only_when_that_is_asked_for(request: pytest.FixtureRequest) -> None:
    assert request.config.getoption("--handbuch-neu", False) is False
