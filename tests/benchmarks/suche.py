"""`make bench ARGS=--suche`: our search beside its parts, on foreign question sets.

Beside keyword search alone, vector search alone and plain reciprocal rank fusion of both, in one
store, with the same questions. Two cores embed some five of these passages a second, so a corpus
counts with all that its questions have to find and an even sample of the rest; `--passagen` takes
more. The vectors are kept under `.cache` and go on where they stopped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.finding.retriever import DEPTH, search
from assistant.measuring.figures import Retrieval, mean_retrieval
from assistant.settings import default_weights
from index.store import NewDocument, Store, open_store
from index.types import Access, Document, Kopfdaten, Passage, Schutzstufe, SearchHit, Span
from models.embedder import Embedder, SentenceTransformerEmbedder
from models.registry import DEFAULT_EMBEDDER, find_entry, load_registry, locate

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "eval"
CACHE = ROOT / ".cache" / "suche"
MANDANT = "pruefung"
QUESTIONS = 400
"""At most so many of a set, evenly taken."""
PASSAGES = 3000
"""At most so many of a corpus, unless the questions' own are more."""
K = 10
PLAIN_K = 60
_BATCH = 256

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Where a set lies and which of its questions count."""

    folder: str
    corpus: str
    queries: str
    counts: Callable[[Row], bool]


QUESTION_SETS = {
    "XQuAD-de": QuestionSet("qa_xquad_de", "corpus.jsonl", "queries.jsonl", lambda _: True),
    "Karlsruhe, gold": QuestionSet(
        "qa_karlsruhe_anfragen",
        "corpus.jsonl.gz",
        "queries_dev.jsonl",
        lambda row: row["tier"] == "gold" and row["answerable"],
    ),
    "Nordstemmen, Niederschriften": QuestionSet(
        "ris_nordstemmen",
        "corpus.jsonl.gz",
        "queries_dev.jsonl",
        lambda row: row["kind"] == "minutes_top_templated",
    ),
    "Nordstemmen, Vorlagen": QuestionSet(
        "ris_nordstemmen",
        "corpus.jsonl.gz",
        "queries_dev.jsonl",
        lambda row: row["kind"] == "vorlage_known_item",
    ),
    "Bundestag": QuestionSet(
        "qa_bundestag_fragen", "corpus.jsonl.gz", "queries.jsonl", lambda _: True
    ),
}


@dataclass(frozen=True)
class Parts:
    """What `search` needs."""

    store: Store
    embedder: Embedder


def measure(most_passages: int = PASSAGES) -> dict[str, dict[str, Retrieval]]:
    """By set and way of searching; prints each set when it is done."""
    weights = default_weights()
    entry = find_entry(load_registry(weights_dir=weights), DEFAULT_EMBEDDER)
    embedder = SentenceTransformerEmbedder(locate(entry, weights), entry)
    found: dict[str, dict[str, Retrieval]] = {}
    for folder in dict.fromkeys(chosen.folder for chosen in QUESTION_SETS.values()):
        asked = {
            name: _questions(chosen)
            for name, chosen in QUESTION_SETS.items()
            if chosen.folder == folder
        }
        corpus = next(c.corpus for c in QUESTION_SETS.values() if c.folder == folder)
        wanted = {
            id_ for queries in asked.values() for row in queries for id_ in row["relevant_ids"]
        }
        passages = _sampled(list(rows(SETS / folder / corpus)), wanted, most_passages)
        print(f"{folder}: {len(passages)} Passagen")
        with tempfile.TemporaryDirectory() as home, closing(open_store(Path(home))) as store:
            sources = _fill(store, embedder, folder, passages)
            for name, questions in asked.items():
                found[name] = _compared(Parts(store, embedder), sources, questions)
                _show(name, found[name])
    return found


def report(found: dict[str, dict[str, Retrieval]], path: Path | None) -> int:
    """Writes the figures down; 1 where one of the parts is better than all of it."""
    if path:
        content = {
            name: {way: asdict(value) for way, value in ways.items()}
            for name, ways in found.items()
        }
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(
        any(
            ways["gemischt"].ndcg_at_10 <= value.ndcg_at_10
            for ways in found.values()
            for way, value in ways.items()
            if way != "gemischt"
        )
    )


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _questions(chosen: QuestionSet) -> list[Row]:
    path = SETS / chosen.folder / chosen.queries
    counting = [row for row in rows(path) if row["relevant_ids"] and chosen.counts(row)]
    return counting[:: -(-len(counting) // QUESTIONS)]


def _sampled(passages: Sequence[Row], wanted: set[str], most: int) -> list[Row]:
    """The passages that questions have to find, and evenly so many others that there are `most`."""
    others = [row["id"] for row in passages if row["id"] not in wanted]
    room = max(0, most - len(wanted))
    kept = wanted | set(
        others if room >= len(others) else others[:: -(-len(others) // max(room, 1))]
    )
    return [row for row in passages if row["id"] in kept]


def _fill(store: Store, embedder: Embedder, folder: str, passages: Sequence[Row]) -> dict[str, str]:
    """Stores the passages of a corpus, one document each; gives their ids there by ours."""
    store.bind_embedder(embedder.embedder_id, embedder.dimension)
    sources: dict[str, str] = {}
    batch: list[NewDocument] = []
    texts = [f"{row['title']}\n{row['text']}".strip() for row in passages]
    vectors = _vectors(folder, texts, embedder)
    for number, row in enumerate(passages):
        name = hashlib.sha256(row["id"].encode()).hexdigest()
        sources[name] = row["id"]
        level, text = Schutzstufe.OEFFENTLICH, row["text"]
        document = Document(
            id=name,
            mandant=MANDANT,
            source=row["id"],
            media_type="text/plain",
            title=row["title"] or row["id"],
            text=text,
            pages=(),
            sections=(),
            kopfdaten=Kopfdaten(),
            visibility=level,
        )
        passage = Passage(f"{name}:0", name, 0, Span(0, len(text)), text, (), None, level)
        vector = vectors[number : number + 1]
        batch.append(NewDocument(document, [passage], [texts[number]], vector))
        if len(batch) == 1000:
            store.add(batch)
            batch = []
    store.add(batch)
    return sources


def _vectors(name: str, texts: Sequence[str], embedder: Embedder) -> np.ndarray:
    """The vectors of the texts (n, d), from the cache as far as they are there."""
    content = hashlib.sha256("\0".join([embedder.embedder_id, *texts]).encode()).hexdigest()
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"{name}-{content[:16]}.f32"
    width = embedder.dimension * 4
    done = path.stat().st_size // width if path.exists() else 0
    with path.open("ab") as file:
        file.truncate(done * width)
        for start in range(done, len(texts), _BATCH):
            vectors = embedder.embed_passages(texts[start : start + _BATCH])
            file.write(np.ascontiguousarray(vectors, np.float32).tobytes())
            file.flush()
            print(f"\r{name}: {min(start + _BATCH, len(texts))} von {len(texts)}", end="")
    if done < len(texts):
        print()
    return np.fromfile(path, np.float32).reshape(-1, embedder.dimension)


def _compared(
    parts: Parts, sources: dict[str, str], questions: Sequence[Row]
) -> dict[str, Retrieval]:
    access = Access.operator(MANDANT)
    ranks: dict[str, list[tuple[tuple[int, ...], int]]] = {}
    for question in questions:
        text, wanted = question["text"], set(question["relevant_ids"])
        vector = parts.embedder.embed_queries([text])[0]
        keyword = parts.store.keyword_search(access, text, DEPTH)
        nearest = parts.store.vector_search(access, vector, DEPTH)
        ways = {
            "gemischt": search(parts, text, access, K)[0],
            "Stichworte allein": keyword,
            "Vektoren allein": nearest,
            "einfaches RRF": _plainly_fused(keyword, nearest),
        }
        for way, hits in ways.items():
            places = tuple(
                rank
                for rank, hit in enumerate(hits[:K], start=1)
                if sources[hit.passage.document_id] in wanted
            )
            ranks.setdefault(way, []).append((places, len(wanted)))
    return {way: mean_retrieval(found) for way, found in ranks.items()}


def _plainly_fused(*rankings: Sequence[SearchHit]) -> list[SearchHit]:
    """Reciprocal rank fusion as published: k 60, equal weights."""
    scores: dict[str, float] = {}
    hits = {hit.passage.id: hit for ranking in rankings for hit in ranking}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + 1 / (PLAIN_K + rank)
    return [hits[name] for name in sorted(scores, key=lambda name: (-scores[name], name))]


def _show(name: str, ways: dict[str, Retrieval]) -> None:
    print(f"{name}, {ways['gemischt'].questions} Fragen      nDCG@10  MRR@10  unter 5  unter 10")
    for way, value in ways.items():
        figures = (value.ndcg_at_10, value.mrr_at_10, value.recall_at_5, value.recall_at_10)
        print(f"  {way:<24}" + "".join(f"{figure:9.3f}" for figure in figures), flush=True)
