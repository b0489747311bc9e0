"""The fusion of two rankings and the spread over papers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.finding.retriever import DISTINCT_FIRST, KEYWORD_SHARE, fuse, spread
from index.types import Passage, Schutzstufe, SearchHit, Span


def hit(name: str, score: float = 0.0) -> SearchHit:
    paper = name.split(":")[0]
    level = Schutzstufe.OEFFENTLICH
    return SearchHit(Passage(name, paper, 0, Span(0, 1), "x", (), None, level), score, {})


def hits(*names: str) -> list[SearchHit]:
    return [hit(name) for name in names]


def scored(**scores: float) -> list[SearchHit]:
    """Hits of the papers a, b … from the best to the worst."""
    return [hit(f"{paper}:0", score) for paper, score in scores.items()]


def names(found: Sequence[SearchHit]) -> list[str]:
    return [hit.passage.id for hit in found]


def test_what_both_searches_find_comes_before_what_one_finds() -> None:
    fused = fuse({"keyword": scored(a=20.0, b=19.0), "vector": scored(c=0.9, b=0.89)})
    assert names(fused) == ["b:0", "c:0", "a:0"]
    assert dict(fused[0].ranks) == {"keyword": 2, "vector": 2}


def test_scores_and_not_ranks_decide_how_much_a_search_says() -> None:
    clear = fuse({"keyword": scored(a=20.0, b=1.0), "vector": scored(b=0.86, a=0.85)})
    assert names(clear) == ["a:0", "b:0"]
    unclear = fuse({"keyword": scored(a=20.0, b=19.9), "vector": scored(b=0.90, a=0.76)})
    assert names(unclear) == ["b:0", "a:0"]


def test_a_fused_score_is_the_shares_of_both() -> None:
    (best, other) = fuse({"keyword": scored(a=8.0, b=2.0), "vector": scored(a=0.95, b=0.85)})
    assert best.score == pytest.approx(1.0)
    assert other.score == pytest.approx(KEYWORD_SHARE / 4 + (1 - KEYWORD_SHARE) / 2)


def test_an_embedder_with_low_cosines_is_scaled_by_its_own() -> None:
    (best, middle, last) = fuse({"keyword": [], "vector": scored(a=0.6, b=0.4, c=0.2)})
    scores = [best.score, middle.score, last.score]
    share = 1 - KEYWORD_SHARE
    assert scores == pytest.approx([share, share / 2, 0.0])


def test_equal_scores_are_ordered_by_id_whatever_came_first() -> None:
    assert names(fuse({"keyword": scored(b=3.0, a=3.0), "vector": []})) == ["a:0", "b:0"]
    assert names(fuse({"keyword": [], "vector": scored(b=0.8)})) == ["b:0"]
    assert fuse({"keyword": [], "vector": []}) == []


def test_the_best_papers_come_before_the_second_passages_of_the_best_paper() -> None:
    found = names(spread(hits("a:0", "a:1", "a:2", "b:0", "c:0")))
    assert found == ["a:0", "b:0", "c:0", "a:1", "a:2"]


def test_only_the_front_is_spread() -> None:
    many = hits(*(f"{paper}:0" for paper in "abcdefgh"), "a:1")
    assert names(spread(many)) == names(many)
    assert DISTINCT_FIRST < 8
