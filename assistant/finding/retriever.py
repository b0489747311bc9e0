"""Both searches and their fusion: a question's words and its vector, merged by their scores."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.store import Store
from index.types import Access, Filters, SearchHit
from ingest.expressions import find_references
from models.embedder import Embedder

KEYWORD_SHARE = 0.35
"""What the keyword score counts in the fused one; the rest is the cosine's."""
COSINE_FLOOR = 0.75
"""A cosine that says nothing: the default embedder gives unrelated texts as much. An embedder with
lower cosines is scaled by its own lowest hit."""
DEPTH = 50
"""How deep each ranking is read before fusion.

nDCG@10 on XQuAD-de; councillors' questions; items of minutes; papers of a municipality; written
questions (397, 375, 337, 342 and 375 questions over 240 to 2,975 passages):
keyword search alone            0.950  0.709  0.910  0.882  0.967
vector search alone             0.943  0.711  0.833  0.833  0.973
reciprocal ranks, k 60, 1:1     0.959  0.764  0.904  0.897  0.978
reciprocal ranks, k 10, 1:1.25  0.962  0.768  0.894  0.890  0.978 (before)
scores, share 0.35, depth 50    0.972  0.776  0.921  0.900  0.981
scores, share 0.35, depth 100   0.972  0.775  0.924  0.901  0.981
scores, share 0.40, depth 100   0.972  0.770  0.926  0.904  0.980
scores, share 0.45, depth 100   0.970  0.763  0.927  0.906  0.981
scores, share 0.40, depth 50    0.972  0.769  0.922  0.904  0.980
The right paper is among the first five as often at either depth (116 of 120 and 78 of 80 questions
over the sample papers)."""
DISTINCT_FIRST = 5
"""So many hits come from different papers. Right paper among the first five, 40 questions of the
development set: 36 without, 38 with."""


class Searchable(Protocol):
    """What search needs of the wired parts."""

    @property
    def store(self) -> Store:
        """Where passages are found."""

    @property
    def embedder(self) -> Embedder:
        """What turns the question into a vector."""


def search(
    parts: Searchable, text: str, access: Access, k: int, filters: Filters | None = None
) -> tuple[list[SearchHit], dict[str, float]]:
    """Finds the k best passages.

    Passages of a paper whose number the text names come first. Returns the hits, best first, and
    the milliseconds of each step ("embedding", "keyword", "vector", "total").
    """
    with parts.store.snapshot():
        return _search(parts, text, access, k, filters)


def _search(
    parts: Searchable, text: str, access: Access, k: int, filters: Filters | None
) -> tuple[list[SearchHit], dict[str, float]]:
    started = time.perf_counter()
    vector = parts.embedder.embed_queries([text])[0]
    embedded = time.perf_counter()
    depth = max(DEPTH, k)
    keyword = parts.store.keyword_search(access, text, depth, filters)
    keyworded = time.perf_counter()
    nearest = parts.store.vector_search(access, vector, depth, filters)
    fused = fuse({"keyword": keyword, "vector": nearest})
    named = _papers_named(parts.store, text, access)
    if named and (filters is None or filters.document_ids is None):
        only = replace(filters or Filters(), document_ids=named, current_only=False)
        first = fuse(
            {
                "keyword": parts.store.keyword_search(access, text, depth, only),
                "vector": parts.store.vector_search(access, vector, depth, only),
            }
        )
        seen = {hit.passage.id for hit in first}
        fused = first + [hit for hit in fused if hit.passage.id not in seen]
    fused = spread(fused)
    done = time.perf_counter()
    timings = {
        "embedding": 1000 * (embedded - started),
        "keyword": 1000 * (keyworded - embedded),
        "vector": 1000 * (done - keyworded),
        "total": 1000 * (done - started),
    }
    return fused[:k], timings


def spread(hits: Sequence[SearchHit]) -> list[SearchHit]:
    """The same hits, with the best passage of each of the `DISTINCT_FIRST` best papers in front.

    Papers repeat themselves; five passages of one paper would hide the other four papers.
    """
    best: dict[str, SearchHit] = {}
    for hit in hits:
        best.setdefault(hit.passage.document_id, hit)
    front = list(best.values())[:DISTINCT_FIRST]
    placed = {hit.passage.id for hit in front}
    return front + [hit for hit in hits if hit.passage.id not in placed]


def _papers_named(store: Store, text: str, access: Access) -> frozenset[str]:
    return frozenset(
        summary.id
        for reference in find_references(text)
        for summary in store.by_number(access, reference.number)
        if summary.superseded_by is None
    )


def fuse(rankings: dict[str, Sequence[SearchHit]]) -> list[SearchHit]:
    """The weighted sum of the scores of both searches, each brought to 0 to 1.

    A keyword score counts by its share of the best one, a cosine by where it lies between what
    says nothing and the best one. (Convex combination: Bruch, Gai, Ingber 2023.) A hit's rank in
    each ranking is kept in `ranks`; the score is the fused one. Equal scores are ordered by
    passage id, so that the same question always gives the same list.
    """
    floors = {"keyword": 0.0, "vector": COSINE_FLOOR}
    shares = {"keyword": KEYWORD_SHARE, "vector": 1 - KEYWORD_SHARE}
    hits: dict[str, SearchHit] = {}
    scores: dict[str, float] = {}
    ranks: dict[str, dict[str, int]] = {}
    for name, ranking in rankings.items():
        found = [hit.score for hit in ranking]
        lowest = min([floors[name], *found])
        highest = max([lowest, *found])
        for rank, hit in enumerate(ranking, start=1):
            rank = hit.ranks.get(name, rank)
            hits.setdefault(hit.passage.id, hit)
            ranks.setdefault(hit.passage.id, {})[name] = rank
            nearness = (hit.score - lowest) / (highest - lowest) if highest > lowest else 1.0
            scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + shares[name] * nearness
    order = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))
    return [SearchHit(hits[i].passage, scores[i], ranks[i]) for i in order]
