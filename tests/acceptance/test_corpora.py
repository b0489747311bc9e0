"""Foreign files and question sets: nothing hangs, nothing is silently empty, search beats its parts."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest

from assistant.finding.retriever import search
from assistant.settings import default_weights
from index.store import NewDocument, Store, open_store
from index.types import Access, Document, Kopfdaten, Passage, Schutzstufe, SearchHit, Span
from ingest.canonical import canonical_text
from ingest.errors import IngestError
from ingest.intake import discover, take_in
from ingest.opening import Opener, Piece
from ingest.walls.sandbox import Sandbox
from models.embedder import Embedder, SentenceTransformerEmbedder
from models.registry import DEFAULT_EMBEDDER, find_entry, load_registry, locate

SHARED = Path(__file__).resolve().parents[3] / "shared"
LONGEST_S = 60
QUESTIONS = 400


def state_of(opener: Opener, piece: Piece) -> str:
    if piece.error is not None:
        return piece.error.code
    if piece.intake is None:
        return "opened"
    try:
        parsed = opener.parse(piece.intake)
    except IngestError as error:
        assert str(error)
        return error.code
    return "ok" if canonical_text(parsed).text.strip() else "silently empty"


def test_every_nasty_file_ends_in_a_stated_state_in_time() -> None:
    states: dict[str, int] = {}
    slowest = 0.0
    files = 0
    with Sandbox() as sandbox, Opener(sandbox) as opener:
        for path in discover([SHARED / "corpus" / "nasty_files"]):
            files += 1
            started = time.monotonic()
            try:
                found = [state_of(opener, piece) for piece in opener.pieces(take_in(path))]
            except IngestError as error:
                assert str(error)
                found = [error.code]
            assert found
            for state in found:
                states[state] = states.get(state, 0) + 1
            slowest = max(slowest, time.monotonic() - started)
    print(f"\n{dict(sorted(states.items()))}, slowest file {slowest:.1f} s")
    assert "silently empty" not in states
    assert files > 190
    assert slowest <= LONGEST_S


class Parts:
    """What `search` needs."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self.store = store
        self.embedder = embedder
        self.sources: dict[str, str] = {}


@pytest.fixture(scope="module")
def xquad(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The passages of XQuAD-de, one paper each, with real vectors."""
    weights = default_weights()
    entry = find_entry(load_registry(weights_dir=weights), DEFAULT_EMBEDDER)
    embedder = SentenceTransformerEmbedder(locate(entry, weights), entry)
    store = open_store(tmp_path_factory.mktemp("xquad"))
    store.bind_embedder(embedder.embedder_id, embedder.dimension)
    lines = (SHARED / "eval" / "qa_xquad_de" / "corpus.jsonl").read_text(encoding="utf-8")
    papers = [json.loads(line) for line in lines.splitlines()]
    texts = [f"{paper['title']}\n{paper['text']}" for paper in papers]
    vectors = embedder.embed_passages(texts)
    parts = Parts(store, embedder)
    batch = []
    for number, paper in enumerate(papers):
        name = hashlib.sha256(paper["id"].encode()).hexdigest()
        parts.sources[name] = paper["id"]
        level, text = Schutzstufe.OEFFENTLICH, paper["text"]
        document = Document(
            name,
            "pruefung",
            paper["id"],
            "text/plain",
            paper["title"],
            text,
            (),
            (),
            Kopfdaten(),
            level,
        )
        passage = Passage(f"{name}:0", name, 0, Span(0, len(text)), text, (), None, level)
        batch.append(
            NewDocument(document, [passage], [texts[number]], vectors[number : number + 1])
        )
    store.add(batch)
    return parts


def test_both_searches_together_find_more_than_either_alone(xquad: Parts) -> None:
    access = Access.operator("pruefung")
    lines = (SHARED / "eval" / "qa_xquad_de" / "queries.jsonl").read_text(encoding="utf-8")
    questions = [json.loads(line) for line in lines.splitlines()][:: 1190 // QUESTIONS]
    gained = {"gemischt": 0.0, "Stichworte": 0.0, "Vektoren": 0.0}
    for question in questions:
        vector = xquad.embedder.embed_queries([question["text"]])[0]
        rankings: dict[str, list[SearchHit]] = {
            "gemischt": search(xquad, question["text"], access, 10)[0],
            "Stichworte": xquad.store.keyword_search(access, question["text"], 10),
            "Vektoren": xquad.store.vector_search(access, vector, 10),
        }
        for name, hits in rankings.items():
            for rank, hit in enumerate(hits, start=1):
                if xquad.sources[hit.passage.document_id] in question["relevant_ids"]:
                    gained[name] += 1 / rank
                    break
    mrr = {name: total / len(questions) for name, total in gained.items()}
    print(f"\nMRR@10 { ({name: round(value, 3) for name, value in mrr.items()}) }")
    assert mrr["gemischt"] > max(mrr["Stichworte"], mrr["Vektoren"])
    assert mrr["gemischt"] >= 0.94
