"""A store of 10,000 passages: sentences of the sample corpus, put together anew.

Their vectors are those of the sample passages with noise, since a flat index takes the same time
over any vectors.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np

from assistant.wiring import Parts
from index.store import NewDocument
from index.types import Access, Document, Kopfdaten, Passage, Schutzstufe, Span
from ingest.pipeline import ingest_paths
from ingest.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = 10_000
SENTENCES_EACH = 5


def fill(parts: Parts) -> None:
    """Reads the sample corpus in and adds papers until there are `PASSAGES` passages."""
    access = Access.operator("lvs")
    ingest_paths(
        [ROOT / "beispiele" / "lvs"], store=parts.store, embedder=parts.embedder, mandant="lvs"
    )
    summaries = parts.store.documents(access)
    stored = [p for s in summaries for p in parts.store.passages(access, s.id)]
    vectors = np.stack(list(parts.store.vectors(access, [p.id for p in stored]).values()))
    sentences = [s.cut(p.text) for p in stored for s in split_sentences(p.text)]
    chance, noise = random.Random(1), np.random.default_rng(1)
    batch = []
    for number in range(PASSAGES - len(stored)):
        text = " ".join(chance.sample(sentences, SENTENCES_EACH))
        batch.append(_made(number, text, _shaken(vectors, chance, noise)))
        if len(batch) == 1000:
            parts.store.add(batch)
            batch = []
    parts.store.add(batch)


def _shaken(vectors: np.ndarray, chance: random.Random, noise: np.random.Generator) -> np.ndarray:
    vector = vectors[chance.randrange(len(vectors))] + noise.normal(0, 0.05, vectors.shape[1])
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)[None, :]


def _made(number: int, text: str, vector: np.ndarray) -> NewDocument:
    name = hashlib.sha256(f"bench {number}".encode()).hexdigest()
    level = Schutzstufe.OEFFENTLICH
    document = Document(
        id=name,
        mandant="lvs",
        source=f"bench/{number}.txt",
        media_type="text/plain",
        title=f"Füllpapier {number}",
        text=text,
        pages=(),
        sections=(),
        kopfdaten=Kopfdaten(),
        visibility=level,
    )
    passage = Passage(f"{name}:0", name, 0, Span(0, len(text)), text, (), None, level)
    return NewDocument(document, [passage], [text], vector)
