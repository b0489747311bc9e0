"""Objects of three real councils, replayed on loopback: all are read, mapped and kept up to date."""

from __future__ import annotations

import importlib.util
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.oparl.bestand import Bestand, read_terms
from ingest.oparl.client import OparlClient
from ingest.oparl.files import OparlFile
from ingest.oparl.lists import FULL, Lists, find_body
from ingest.oparl.mapping import plan
from ingest.oparl.objects import MEETING, PAPER
from ingest.oparl.state import OparlState

DATA = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "oparl_testdata"


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("oparl_replay", DATA / "mock_server.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.make(fail_every=20)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def read(
    root: str, city: str, home: Path, mode: str = FULL
) -> tuple[Bestand, dict[str, OparlFile]]:
    """Every object of a council, and what follows from them; no file is fetched."""
    with OparlClient((root,), 50, pause=lambda _s: None) as client:
        body, now = find_body(client, f"http://{root}/{city}/system")
        with OparlState(home, city) as state:
            run = state.begin(mode, now)
            lists = Lists(client, state, body, [], lambda _step, _count: None)
            if mode == FULL:
                lists.everything(run)
            else:
                assert lists.changes(run)
            state.finish(run)
            bestand = Bestand(lambda _kind, _id: None, read_terms(body))
            bestand.add(state.objects())
            return bestand, plan(bestand)


@pytest.mark.parametrize(
    ("city", "papers", "meetings"),
    [
        ("huertgenwald", 2097, 346),  # 18 and 21 more stand in the lists as deleted
        ("nordstemmen", 1564, 1081),
        ("karlsruhe", 13736, 2609),
    ],
)
def test_all_objects_of_a_council_are_read_and_mapped(
    city: str, papers: int, meetings: int, root: str, tmp_path: Path
) -> None:
    bestand, files = read(root, city, tmp_path)
    assert len(bestand.all(PAPER)) == papers
    assert len(bestand.all(MEETING)) == meetings
    stated = [file.begleitdaten for file in files.values()]
    arten = Counter(daten.art for daten in stated)
    levels = Counter(daten.oeffentlich for daten in stated)
    stations = sum(len(daten.beratungsfolge) for daten in stated)
    results = sum(bool(s.ergebnis) for daten in stated for s in daten.beratungsfolge)
    numbers = sum(daten.nummer is not None for daten in stated)
    print(
        f"\n{city}: {len(files)} files, {numbers} with a number, {stations} stations, {results} "
        f"with a result, public {dict(levels)}, {arten.most_common(8)}"
    )
    assert len(files) > papers
    assert stations > papers / 4
    assert all(file.url.startswith("http") for file in files.values())


def test_what_a_council_deleted_is_gone_with_the_next_changes(root: str, tmp_path: Path) -> None:
    city = "karlsruhe"
    bestand, _ = read(root, city, tmp_path)
    before = {id_ for id_, _ in bestand.all(PAPER)}
    with OparlState(tmp_path, city) as state:
        # As if the last visit had been long ago.
        run = state.begin("changes", datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=1))
        state.finish(run)
    bestand, _ = read(root, city, tmp_path, "changes")
    deleted = [id_ for id_, fields in bestand.known[PAPER].items() if fields is None]
    assert len(deleted) == 268
    assert {id_ for id_, _ in bestand.all(PAPER)} == before - set(deleted)
