"""The fusion of two rankings and the spread over papers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.finding.retriever import DISTINCT_FIRST, fuse, spread
from index.types import Passage, Schutzstufe, SearchHit, Span


def hits(*ids: str) -> list[SearchHit]:
    return [
        SearchHit(
            Passage(i, i.split(":")[0], 0, Span(0, 1), "x", (), None, Schutzstufe.OEFFENTLICH),
            0,
            {},
        )
        for i in ids
    ]


def names(found: Sequence[SearchHit]) -> list[str]:
    return [hit.passage.id for hit in found]


def test_what_both_searches_find_comes_before_what_one_finds() -> None:
    fused = fuse({"keyword": hits("a:0", "b:0"), "vector": hits("c:0", "b:0")})
    assert names(fused)[0] == "b:0"
    assert dict(fused[0].ranks) == {"keyword": 2, "vector": 2}


def test_equal_scores_are_ordered_by_id_whatever_came_first() -> None:
    assert names(fuse({"keyword": hits("b:0")})) == names(fuse({"keyword": hits("b:0")}))
    both = fuse({"keyword": hits("b:0"), "other": hits("a:0")})
    assert names(both) == ["a:0", "b:0"]


def test_the_best_papers_come_before_the_second_passages_of_the_best_paper() -> None:
    found = names(spread(hits("a:0", "a:1", "a:2", "b:0", "c:0")))
    assert found == ["a:0", "b:0", "c:0", "a:1", "a:2"]


def test_only_the_front_is_spread() -> None:
    many = hits(*(f"{paper}:0" for paper in "abcdefgh"), "a:1")
    assert names(spread(many)) == names(many)
    assert DISTINCT_FIRST < 8
