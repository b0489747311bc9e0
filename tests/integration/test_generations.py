"""Generations under load and on the command line: no failed question, no answer from two."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from assistant.answer import answer_question
from assistant.audit import AuditLog
from assistant.cli import cli
from assistant.finding.retriever import search
from assistant.types import Answer
from assistant.wiring import Parts
from index.builds import Build, Rebuilt, Unbuilt
from index.sqlite_store import SqliteStore
from index.store import NewDocument, Store, Vectors
from index.types import Access, Passage, Span
from ingest.chunk import CHUNKER, chunk, embedding_text, keyword_text
from ingest.feeding.job_book import JobBook
from ingest.generation import complete, switch
from ingest.pipeline import ingest_paths
from models.embedder import Embedder
from tests.durable_work import NamedEmbedder
from tests.integration.test_ingest_pipeline import antrag
from tests.running import ROOT

OPERATOR = Access.operator("lvs")
REINDEXES = 20
THREADS = 16
TEXTS = sorted((ROOT / "beispiele" / "lvs").rglob("antrag*.txt"))
QUESTIONS = (
    "Zwischen welchen Orten pendelt der Shuttlebus bei der Museumsnacht?",
    "Welche Kosten entstehen für die Museumsnacht?",
    "Wer hat den Antrag zum Archiv gestellt?",
    "Barrierefreiheit der Museen",
    "Was soll die Verwaltung prüfen?",
    "Wurde der Antrag 14/95 beschlossen?",
)


Places = tuple[tuple[int, int], ...]


class Remembering:
    """The real embedder, which computes each text once: the same words twenty times over."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self._known: dict[tuple[str, str], Vectors] = {}
        self._parts: dict[tuple[str, Places], Vectors] = {}
        self._lock = threading.Lock()
        self.embedder_id = real.embedder_id
        self.dimension = real.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._all("query", texts, self._real.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._all("passage", texts, self._real.embed_passages)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        keys = [(text, tuple(spans)) for text, spans in zip(texts, parts, strict=True)]
        with self._lock:
            new = [key for key in dict.fromkeys(keys) if key not in self._parts]
            made = self._real.embed_parts([key[0] for key in new], [key[1] for key in new])
            self._parts |= dict(zip(new, made, strict=True))
            return [self._parts[key] for key in keys]

    def _all(
        self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
            for text, vector in zip(new, embed(new), strict=True):
                self._known[kind, text] = vector
            rows = [self._known[kind, text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)


class Turned:
    """A second model beside the real one: its vectors, each turned by the same rotation.

    Of the same length, so that a question of one among passages of the other raises no error and
    finds whatever chance brings.
    """

    def __init__(self, real: Remembering) -> None:
        self._real = real
        self.embedder_id = "gedreht"
        self.dimension = real.dimension
        order = np.random.default_rng(7)
        self._order = order.permutation(self.dimension)
        self._signs = order.choice([-1, 1], self.dimension).astype(np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._real.embed_queries(texts)[:, self._order] * self._signs

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._real.embed_passages(texts)[:, self._order] * self._signs

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        made = self._real.embed_parts(texts, parts)
        return [vectors[:, self._order] * self._signs for vectors in made]


class Following:
    """Embeds with the model of the generation that the calling thread looks at."""

    def __init__(self, store: Store, *models: Embedder, pause_s: float = 0.0) -> None:
        self._store = store
        self._models = {model.embedder_id: model for model in models}
        self._first = models[0]
        self._pause_s = pause_s
        self.calls = 0

    @property
    def _now(self) -> Embedder:
        bound = self._store.bound_embedder()
        return self._models[bound[0]] if bound else self._first

    @property
    def embedder_id(self) -> str:
        return self._now.embedder_id

    @property
    def dimension(self) -> int:
        return self._now.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._now.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        found = self._now.embed_passages(texts)
        time.sleep(self._pause_s)
        return found

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        return self._now.embed_parts(texts, parts)


def halves(item: Unbuilt) -> list[Passage]:
    """Every passage of the usual cutting in two: no span of one cutting is one of the other."""
    found: list[Passage] = []
    for passage in chunk(item.document):
        middle = (passage.span.start + passage.span.end) // 2
        for span in (Span(passage.span.start, middle), Span(middle, passage.span.end)):
            number = len(found)
            id_ = f"{item.document.id}:{number}"
            cut = replace(passage, id=id_, ordinal=number, span=span)
            found.append(replace(cut, text=span.cut(item.document.text)))
    return found


def rebuilt(rest: Sequence[Unbuilt], embedder: Embedder) -> list[Rebuilt]:
    batch = []
    for item in rest:
        document = item.document
        fine = embedder.embedder_id == "gedreht"
        passages = halves(item) if fine else chunk(document)
        new = NewDocument(
            document,
            passages,
            [keyword_text(document, passage) for passage in passages],
            embedder.embed_passages([embedding_text(document, passage) for passage in passages]),
            embedder_id=embedder.embedder_id,
            chunker="halb" if fine else CHUNKER,
        )
        batch.append(Rebuilt(item.row, new))
    return batch


def reindexed(store: SqliteStore, embedder: Embedder) -> Build:
    """A whole reindex: built document by document, switched, cleared."""
    chunker = "halb" if embedder.embedder_id == "gedreht" else CHUNKER
    build = store.begin_build(embedder.embedder_id, embedder.dimension, chunker)
    while rest := store.unbuilt(build.id, 1):
        store.add_to_build(build.id, rebuilt(rest, embedder))
    store.save_vectors()
    active = store.switch_build(build.id, lambda late: rebuilt(late, embedder))
    store.clear_builds(former=False)
    return active


# --------------------------------------------------------------- under sixteen threads

Found = tuple[tuple[object, ...], ...]


def hits_of(parts: Parts, text: str) -> Found:
    """What is found: places, scores and both ranks, which no two generations share."""
    hits, _ = search(parts, text, OPERATOR, 10)
    return tuple(
        (hit.passage.id, hit.passage.span, round(hit.score, 9), tuple(sorted(hit.ranks.items())))
        for hit in hits
    )


def said(answer: Answer) -> tuple[object, ...]:
    """An answer but for its times and its stamp."""
    bare = replace(answer, index_generation=0, timings_ms={}, text="")
    return (bare, answer.text.replace(f"Indexstand {answer.index_generation}", "Indexstand"))


@dataclass
class Seen:
    """What the threads came upon."""

    searches: list[tuple[str, Found]] = field(default_factory=list)
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)


def ask_until(done: threading.Event, parts: Parts, seed: int, seen: Seen) -> None:
    chance = random.Random(seed)
    try:
        while not done.is_set():
            text = chance.choice(QUESTIONS)
            if chance.random() < 0.7:
                seen.searches.append((text, hits_of(parts, text)))
            else:
                answer = answer_question(parts, text, OPERATOR, use_generator=False)
                seen.answers.append((text, answer))
    except BaseException as error:
        seen.errors.append(error)
        raise


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def parts(home: Path, embedder: Embedder) -> Iterator[Parts]:
    """Real papers, read and embedded for real; a generation of each of the two kinds."""
    real = Remembering(embedder)
    store = SqliteStore(home)
    models = Following(store, real, Turned(real))
    ingest_paths(TEXTS, store=store, embedder=models, mandant="lvs")
    assert len(store.documents(OPERATOR)) == len(TEXTS) >= 4
    opened = Parts(store, models, None, "lvs", AuditLog(home), home, JobBook(home))
    yield opened
    assert store.verify() == []
    opened.close()


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.alone
def test_twenty_reindexes_under_sixteen_threads_fail_no_question_and_mix_no_answer(
    parts: Parts, home: Path
) -> None:
    models = parts.embedder
    assert isinstance(models, Following)
    pair = list(models._models.values())
    other = SqliteStore(home)
    found: dict[str, dict[str, Found]] = {}
    answered: dict[str, dict[str, tuple[object, ...]]] = {}
    for model in (*pair, pair[0]):
        if model is not pair[0] or found:
            reindexed(other, model)
        name = model.embedder_id
        found[name] = {text: hits_of(parts, text) for text in QUESTIONS}
        answered[name] = {
            text: said(answer_question(parts, text, OPERATOR, use_generator=False))
            for text in QUESTIONS
        }
    first, second = (model.embedder_id for model in pair)
    for text in QUESTIONS:
        spans = [{(hit[0], hit[1]) for hit in found[name][text]} for name in (first, second)]
        assert spans[0] and spans[1] and not spans[0] & spans[1], "a mixture would not show"

    seen, done = Seen(), threading.Event()
    threads = [
        threading.Thread(target=ask_until, args=(done, parts, number, seen))
        for number in range(THREADS)
    ]
    stamps = {parts.store.status(OPERATOR).generation: first}
    for thread in threads:
        thread.start()
    try:
        for number in range(REINDEXES):
            before = len(seen.searches) + len(seen.answers)
            active = reindexed(other, pair[(number + 1) % 2])
            stamps[other.status(OPERATOR).generation] = active.embedder_id
            wait_for(lambda old=before: len(seen.searches) + len(seen.answers) > old + THREADS)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    other.close()

    assert seen.errors == []
    assert len(stamps) == REINDEXES + 1, "two generations bear one stamp"
    names: dict[str, int] = {first: 0, second: 0}
    for text, hits in seen.searches:
        of = [name for name in names if hits == found[name][text]]
        assert len(of) == 1, f"{text}: neither one generation nor the other: {hits}"
        names[of[0]] += 1
    for text, answer in seen.answers:
        name = stamps[answer.index_generation]
        assert said(answer) == answered[name][text], f"{text}: not of generation {name}"
    assert min(names.values()) > REINDEXES, names
    assert len(seen.answers) > REINDEXES


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "the threads stand still"
        time.sleep(0.005)


# ------------------------------------------------------------------------ beside ingest


def test_papers_that_come_in_while_generations_are_switched_are_in_all_of_them(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.groups.GROUP_DOCUMENTS", 1)
    folder = tmp_path / "akten"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(antrag(f"15/{number + 10}", f"Baum {number}."))
    models = NamedEmbedder("eins"), NamedEmbedder("zwei")
    store, other = SqliteStore(home), SqliteStore(home)
    following = Following(store, *models, pause_s=0.05)
    done = threading.Event()
    switched = []

    def switch_on() -> None:
        number = 0
        while not done.is_set():
            if other.bound_embedder() is not None:
                number += 1
                model = models[number % 2]
                build = other.begin_build(model.embedder_id, model.dimension, CHUNKER)
                complete(other, build, model)
                switched.append(switch(other, build, model).id)
                other.clear_builds(former=False)

    thread = threading.Thread(target=switch_on)
    thread.start()
    try:
        report = ingest_paths([folder], store=store, embedder=following, mandant="lvs")
    finally:
        done.set()
        thread.join()
    assert (report.indexed, report.quarantined) == (12, ())
    assert len(switched) >= 3
    assert following.calls > 12, "no group was overtaken by a switch"
    assert store.verify() == []
    active = store.active_build()
    (model,) = [model for model in models if model.embedder_id == active.embedder_id]
    assert (active.documents, active.missing) == (12, 0)
    for paper in store.documents(OPERATOR):
        document = store.document(OPERATOR, paper.id)
        assert document is not None
        passages = store.passages(OPERATOR, paper.id)
        assert passages == [replace(p, visibility=p.visibility) for p in chunk(document)]
        held = store.vectors(OPERATOR, [p.id for p in passages])
        made = model.embed_passages([embedding_text(document, p) for p in passages])
        assert all(float(held[p.id] @ v) > 0.99 for p, v in zip(passages, made, strict=True))
    other.close()
    store.close()


# ----------------------------------------------------------------------- command line

FULL = "e5-voll"
"""The same weights with full precision: another model, whose vectors must not be mixed in."""


@pytest.fixture
def two_models(tmp_path: Path, weights_dir: Path) -> Path:
    """A folder of weights that vouches for a second embedder."""
    from models.registry import (
        DEFAULT_EMBEDDER,
        Precision,
        find_entry,
        load_registry,
        write_local_entry,
    )

    folder = tmp_path / "gewichte"
    for name in (DEFAULT_EMBEDDER, FULL):
        (folder / name).mkdir(parents=True)
        for path in sorted((weights_dir / DEFAULT_EMBEDDER).rglob("*")):
            target = folder / name / path.relative_to(weights_dir / DEFAULT_EMBEDDER)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)
    entry = find_entry(load_registry(), DEFAULT_EMBEDDER)
    write_local_entry(replace(entry, name=FULL, precision=Precision.FP32), folder)
    return folder


@pytest.fixture
def run(home: Path, two_models: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    for name in [name for name in os.environ if name.startswith("AKTENKUNDIG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(home))
    monkeypatch.setenv("AKTENKUNDIG_WEIGHTS", str(two_models))

    def called(*arguments: str | Path) -> Any:
        done = CliRunner().invoke(cli, [str(a) for a in arguments] + ["--json"])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return json.loads(done.stdout)

    return called


@pytest.mark.weights
@pytest.mark.slow
def test_the_command_builds_compares_switches_and_switches_back(
    run: Callable[..., Any], two_models: Path, tmp_path: Path
) -> None:
    from assistant.errors import InputInvalid, NotFound
    from models.errors import ModelMissing

    run("ingest", *TEXTS[:2])
    with pytest.raises(NotFound, match="keine frühere Generation"):
        run("reindex", "--zurueck")
    assert run("reindex")["built"] is None, "nothing has changed"

    made = run("reindex", "--modell", FULL, "--ohne-umschalten")
    assert (made["switched"], made["generation"]["number"]) == (False, 1)
    assert made["built"]["embedder_id"].startswith(f"{FULL}:fp32:")
    assert made["comparison"] == {"questions": 2, "same": 2, "former": 2, "new": 2, "lost": []}
    status = run("status")
    assert status["generation"]["embedder_id"].startswith("multilingual-e5-small:int8:")
    assert "angefangen" in status["hints"][0]

    questions = tmp_path / "fragen.jsonl"
    questions.write_text('{"text": "Museumsnacht", "expected_sources": ["gibt-es-nicht.pdf"]}\n')
    switched = run("reindex", "--modell", FULL, "--fragen", questions)
    assert switched["built"]["passages"] == 0, "what was built before is taken up"
    assert switched["comparison"]["former"] == switched["comparison"]["new"] == 0
    assert switched["generation"] == run("status")["generation"] | {"documents": 2}
    assert run("search", "Museumsnacht")["hits"][0]["source"].endswith("antrag-14-95.txt")
    assert "geantwortet wird noch mit e5-voll" in run("status")["hints"][0]

    run("ingest", TEXTS[2])  # embedded with the model that answers, not with the one that is set
    assert run("verify")["ok"]
    back = run("reindex", "--zurueck")
    assert back["generation"]["number"] == 1 and back["generation"]["documents"] == 3
    again = run("reindex", "--zurueck")
    assert again["generation"]["embedder_id"].startswith(FULL)

    for path in (two_models / FULL).rglob("*"):
        path.unlink() if path.is_symlink() else None
    with pytest.raises(ModelMissing, match="aktenkundig reindex"):
        run("search", "Museumsnacht")
    without = run("reindex")
    assert without["switched"] and without["comparison"] is None
    assert run("search", "Museumsnacht")["hits"][0]["source"].endswith("antrag-14-95.txt")
    assert run("reindex", "--aufraeumen") == {"removed": 1}
    with pytest.raises(NotFound):
        run("reindex", "--zurueck")
    with pytest.raises(InputInvalid, match="für sich allein"):
        run("reindex", "--zurueck", "--aufraeumen")
