"""A sample of the system calls of an ingest, a delete and a reindex, each killed or failing.

`make durable` goes through all of them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from index.builds import BuildState
from index.sqlite_store import SqliteStore
from index.types import Access
from ingest.chunk import embedding_text
from tests.durable_calls import KILL, Fault, counted, faults, run
from tests.durable_work import NamedEmbedder, build, ingest, reindex
from tests.integration.test_ingest_pipeline import antrag

pytestmark = pytest.mark.slow

OPERATOR = Access.operator("lvs")
EVERY = int(os.environ.get("AKTENKUNDIG_TEST_CALLS_EVERY", "16"))
"""So many calls of a kind are passed over: 16 is a sample, 1 takes all."""


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    """Six papers: one is stored before, one replaces another, one is a duplicate."""
    folder = tmp_path / "akten"
    (folder / "neu").mkdir(parents=True)
    body = " ".join(f"Satz {n} über die Bäume der Straße {n}." for n in range(10))
    (folder / "a.txt").write_text(antrag("15/10", body))
    for name, number in (("b", 11), ("c", 12), ("d", 13)):
        (folder / "neu" / f"{name}.txt").write_text(antrag(f"15/{number}", body + name))
    (folder / "neu" / "e.txt").write_text(antrag("15/12", body + " Neu."))
    shutil.copy(folder / "neu" / "b.txt", folder / "neu" / "f.txt")
    return folder


@pytest.fixture
def before(tmp_path: Path, akten: Path) -> Path:
    """A home with one paper, as it lies there before the work."""
    home = tmp_path / "vorher"
    ingest(home, akten / "a.txt")
    return home


def papers(store: SqliteStore) -> dict[str, tuple[str, int]]:
    """What is stored: by id the successor and the number of passages."""
    return {d.id: (d.superseded_by or "", d.passages) for d in store.documents(OPERATOR)}


def fresh(before: Path, home: Path) -> Path:
    if home.exists():
        shutil.rmtree(home)
    shutil.copytree(before, home)
    return home


def sources_and_papers(home: Path) -> tuple[dict[str, tuple[str, int]], list[str]]:
    store = SqliteStore(home)
    assert store.verify() == []
    found = papers(store), [Path(s.source).name for s in store.sources(OPERATOR)]
    assert store.pending(OPERATOR) == []
    store.close()
    return found


def test_an_ingest_loses_nothing_and_doubles_nothing_wherever_it_stops(
    before: Path, akten: Path, tmp_path: Path
) -> None:
    home, log = tmp_path / "home", tmp_path / "strace.log"
    arguments = ["ingest", str(home), str(akten / "neu")]
    whole = run(arguments, fresh(before, home), None, log)
    assert whole.code == 0, whole.errors
    expected = sources_and_papers(home)
    assert len(expected[0]) == 5 and expected[1] == ["f.txt"]
    calls = counted(log)
    assert calls["pwrite64"] > 20 and calls["fdatasync"] + calls["fsync"] > 3, calls
    partial = tried = met = 0
    for fault in faults(calls, EVERY):
        done = run(arguments, fresh(before, home), fault, log)
        tried += 1
        met += done.code != 0
        store = SqliteStore(home)
        assert store.verify() == [], f"{fault}: {store.verify()}"
        held = {Path(d.source).name for d in store.documents(OPERATOR)}
        held |= {Path(s.source).name for s in store.sources(OPERATOR)}
        told = {Path(line).name for line in done.said}
        assert told - {"f.txt"} <= held, f"{fault}: {told} reported, {held} stored"
        partial += 1 < len(held) < 6
        store.close()
        ingest(home, akten / "neu")
        assert sources_and_papers(home) == expected, str(fault)
    assert partial > 0, "no fault met the work between two documents"
    # A call more or less from run to run lets the last one of a kind go by.
    assert met >= 0.8 * tried, f"only {met} of {tried} faults met the work"


def test_a_delete_is_wholly_done_or_wholly_not_wherever_it_stops(
    before: Path, akten: Path, tmp_path: Path
) -> None:
    home, log = tmp_path / "home", tmp_path / "strace.log"
    ingest(before, akten / "neu")
    store = SqliteStore(before)
    (gone,) = [d for d in store.documents(OPERATOR) if d.source.endswith("d.txt")]
    expected = {id_: state for id_, state in papers(store).items() if id_ != gone.id}
    store.close()
    arguments = ["delete", str(home), gone.id]
    whole = run(arguments, fresh(before, home), None, log)
    assert whole.code == 0, whole.errors
    calls = counted(log)
    assert calls["write"] == 2, "certificate and its completion"
    outcomes = set()
    killed = 0
    for fault in faults(calls, EVERY):
        done = run(arguments, fresh(before, home), fault, log)
        killed += done.killed
        outcomes.add(check_delete(home, gone.id, expected, fault, reported=bool(done.said)))
    assert killed > 5
    assert outcomes == {True, False}, "every fault met the same side of the commit"


def check_delete(
    home: Path,
    document_id: str,
    expected: dict[str, tuple[str, int]],
    fault: Fault,
    *,
    reported: bool,
) -> bool:
    """Checks the home after a fault and completes the work; whether it had been committed."""
    store = SqliteStore(home)
    assert store.verify() == [], f"{fault}: {store.verify()}"
    there = store.holds("lvs", document_id)
    assert not (reported and there), f"{fault}: reported as erased and still there"
    assert {i: s for i, s in papers(store).items() if i != document_id} == expected, str(fault)
    if there:
        assert store.deletions(OPERATOR) == []
        store.delete(OPERATOR, document_id, who="betreiber", reason="Frist")
    (certificate,) = store.deletions(OPERATOR)
    assert certificate.done, str(fault)
    store.close()
    # Neither database nor log, neither cache nor list holds a trace of it.
    data = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert document_id.encode() not in data, str(fault)
    again = SqliteStore(home)
    assert again.verify() == [] and papers(again) == expected, str(fault)
    assert len(again._deletions.read()) == 1
    again.close()
    return not there


def test_a_reindex_loses_nothing_and_mixes_nothing_wherever_it_stops(
    before: Path, akten: Path, tmp_path: Path
) -> None:
    """Before it stand a generation that answers and a former one, which must go."""
    home, log = tmp_path / "home", tmp_path / "strace.log"
    ingest(before, akten / "neu")
    reindex(before, "zweites")
    expected = passages_of(before, "zweites")
    assert sum(map(len, expected.values())) >= 10
    arguments = ["reindex", str(home), "drittes"]
    whole = run(arguments, fresh(before, home), None, log)
    assert whole.code == 0, whole.errors
    assert passages_of(home, "drittes") == expected
    assert generations(home) == [("zweites", "frueher"), ("drittes", "aktiv")]
    calls = counted(log)
    assert calls["pwrite64"] > 100 and calls["fdatasync"] + calls["fsync"] > 5, calls
    models, standing = set(), set()
    met = tried = 0
    for fault in faults(calls, EVERY):
        done = run(arguments, fresh(before, home), fault, log)
        tried += 1
        met += done.code != 0
        there = generations(home)
        (active,) = [model for model, state in there if state == BuildState.ACTIVE]
        assert not done.said or active == "drittes", f"{fault}: reported and not switched"
        assert passages_of(home, active) == expected, str(fault)
        models.add(active)
        standing.add(tuple(there))
        reindex(home, "drittes")
        assert passages_of(home, "drittes") == expected, str(fault)
        assert [state for _, state in generations(home)] == ["frueher", "aktiv"], str(fault)
    assert models == {"zweites", "drittes"}, "every fault met the same side of the switch"
    assert any(("drittes", "im_bau") in there for there in standing), standing
    assert met >= 0.7 * tried, f"only {met} of {tried} faults met the work"


def test_there_is_always_one_generation_that_answers_wherever_a_switch_is_killed(
    before: Path, akten: Path, tmp_path: Path
) -> None:
    """Every call that makes data last, and of the writes between them every eighth."""
    home, log = tmp_path / "home", tmp_path / "strace.log"
    ingest(before, akten / "neu")
    reindex(before, "zweites")
    build(before, "drittes")
    expected = passages_of(before, "zweites")
    arguments = ["switch", str(home), "drittes"]
    whole = run(arguments, fresh(before, home), None, log)
    assert whole.code == 0, whole.errors
    assert generations(home)[1:] == [("zweites", "frueher"), ("drittes", "aktiv")]
    calls = counted(log)
    assert calls["fdatasync"] + calls["fsync"] > 3, calls
    answering = set()
    for fault in faults(calls, 1):
        if fault.kind == KILL and (fault.call != "pwrite64" or fault.number % 8 == 1):
            done = run(arguments, fresh(before, home), fault, log)
            (active,) = [model for model, state in generations(home) if state == "aktiv"]
            assert not done.said or active == "drittes", f"{fault}: reported and not switched"
            assert passages_of(home, active) == expected, str(fault)
            answering.add(active)
    assert answering == {"zweites", "drittes"}, "every kill met the same side of the switch"


def generations(home: Path) -> list[tuple[str, str]]:
    """Model and state of each generation, in order."""
    store = SqliteStore(home)
    assert store.verify() == []
    found = [(build.embedder_id, build.state.value) for build in store.builds()]
    store.close()
    return found


def passages_of(home: Path, model: str) -> dict[str, list[str]]:
    """What is found of each paper, each passage by its own vector under this model."""
    store = SqliteStore(home)
    found = {}
    for paper in store.documents(OPERATOR):
        passages = store.passages(OPERATOR, paper.id)
        assert len(passages) == paper.passages
        held = store.vectors(OPERATOR, [passage.id for passage in passages])
        found[paper.id] = [passage.text for passage in passages]
        assert set(held) == {passage.id for passage in passages}
        document = store.document(OPERATOR, paper.id)
        assert document is not None
        made = NamedEmbedder(model).embed_passages([embedding_text(document, p) for p in passages])
        for passage, vector in zip(passages, made, strict=True):
            assert float(held[passage.id] @ vector) > 0.99, f"{passage.id} is of another model"
    store.close()
    return found
