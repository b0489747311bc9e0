"""A reindex without its screen: built, compared, refused or switched, put back, cleared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from assistant.audit import AUDIT_FILE
from assistant.errors import GenerationWorse, InputInvalid, NotFound, ReindexRunning
from assistant.measuring.comparison import Probe, own_probes, read_probes
from assistant.upkeep import reindexing
from assistant.wiring import Parts
from index.builds import BuildState
from index.store import Store, Vectors
from index.types import Access
from ingest.chunk import CHUNKER
from tests.sample_records import FakeEmbedder, make_parts

OPERATOR = Access.operator("lvs")


class Blind(FakeEmbedder):
    """A model to which every text is the same."""

    embedder_id = "blind"

    def _vector(self, text: str) -> Vectors:
        return super()._vector("")


class Following:
    """The model of the generation that is looked at."""

    models: ClassVar = {model.embedder_id: model for model in (FakeEmbedder(), Blind())}

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def _now(self) -> FakeEmbedder:
        bound = self._store.bound_embedder()
        assert bound is not None
        return self.models[bound[0]]

    @property
    def embedder_id(self) -> str:
        return self._now.embedder_id

    @property
    def dimension(self) -> int:
        return self._now.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._now.embed_queries(texts)

    embed_passages = embed_queries


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = make_parts(tmp_path)
    with replace(made, embedder=Following(made.store)) as opened:
        yield opened
        assert opened.store.verify() == []


def states(parts: Parts) -> list[tuple[str, str]]:
    return [(build.embedder_id, build.state.value) for build in parts.store.builds()]


def switched(parts: Parts, embedder: FakeEmbedder) -> None:
    built = reindexing.build(parts, embedder)
    reindexing.put_in_force(parts, built.build, embedder)


def test_papers_cut_by_an_unknown_chunker_are_cut_anew(parts: Parts) -> None:
    assert "von einer früheren Version zerlegt" in reindexing.hints(parts)[0]
    built = reindexing.build(parts, FakeEmbedder())
    assert built.is_new and built.build.missing == 0 and built.passages > 0
    active = reindexing.put_in_force(parts, built.build, FakeEmbedder())
    assert (active.chunker, active.documents) == (CHUNKER, 4)
    assert reindexing.hints(parts) == []
    assert "generation-umschalten" in (parts.home / AUDIT_FILE).read_text().splitlines()[-1]


def test_where_nothing_changed_nothing_is_built_unless_it_is_asked_for(parts: Parts) -> None:
    switched(parts, FakeEmbedder())
    before = states(parts)
    assert not reindexing.build(parts, FakeEmbedder()).is_new
    assert states(parts) == before
    assert reindexing.build(parts, FakeEmbedder(), anew=True).is_new
    assert len(states(parts)) == len(before) + 1


def test_the_papers_expected_are_counted_in_both_generations(parts: Parts) -> None:
    switched(parts, FakeEmbedder())
    begun = parts.store.begin_build(FakeEmbedder.embedder_id, 8, "leer")
    probe = Probe("Leihräder der Museen", ("akten/antrag.txt",))
    comparison = reindexing.compared(parts, begun, [probe])
    assert comparison is not None
    assert (comparison.former.count, comparison.new.count, comparison.same.count) == (1, 0, 0)
    assert comparison.lost == (probe.text,)
    with pytest.raises(GenerationWorse) as raised:
        reindexing.refuse_worse(comparison, begun)
    assert "0/1 (0.0 %)" in str(raised.value) and "--trotzdem" in str(raised.value)
    back = reindexing.compared(parts, parts.store.active_build(), [probe])
    reindexing.refuse_worse(back, begun)


def test_back_goes_to_the_former_generation_and_back_again(parts: Parts) -> None:
    with pytest.raises(NotFound):
        reindexing.put_back(parts)
    switched(parts, Blind())
    assert parts.embedder.embedder_id == "blind"
    assert reindexing.put_back(parts).embedder_id == "probe"
    assert reindexing.put_back(parts).embedder_id == "blind"
    assert [state for _, state in states(parts)] == ["frueher", "aktiv"]


def test_clearing_leaves_the_generation_that_answers(parts: Parts) -> None:
    switched(parts, Blind())
    parts.store.begin_build("angefangen", 8, CHUNKER)
    assert reindexing.clear(parts) == 2
    assert states(parts) == [("blind", BuildState.ACTIVE.value)]
    assert reindexing.clear(parts) == 0


def test_two_do_not_build_at_once(parts: Parts) -> None:
    with (
        reindexing.reindexing(parts),
        pytest.raises(ReindexRunning),
        reindexing.reindexing(parts),
    ):
        raise AssertionError("both had the turn")


# -------------------------------------------------------------------------- questions


def test_titles_are_the_questions_where_none_are_given(parts: Parts) -> None:
    probes = {probe.text: len(probe.expected) for probe in own_probes(parts.store, OPERATOR)}
    assert probes == {
        "Leihräder für Museumsgäste": 1,
        "Ankauf eines Grundstücks": 1,
        "Stand der Leihräder": 1,
    }


def test_questions_are_read_and_those_without_an_expected_paper_left_out(tmp_path: Path) -> None:
    path = tmp_path / "fragen.jsonl"
    path.write_text(
        '{"text": "Wo?", "expected_sources": ["a.pdf"]}\n\n'
        '{"text": "Wer?", "expected_ids": ["0a1b"], "kind": "offen"}\n'
        '{"text": "Warum?", "answerable": false}\n'
    )
    assert read_probes(path) == [Probe("Wo?", ("a.pdf",)), Probe("Wer?", ("0a1b",))]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"text": "Wo?"}', "keine Frage"),
        ("", "keine Frage"),
        ("Wo?", "Zeile 1"),
        ('{"text": "Wo?", "expected_sources": ["a"]}\n["Wo?"]', "Zeile 2"),
        ('{"text": 3, "expected_sources": ["a"]}', "Zeile 1"),
        ('{"text": "Wo?", "expected_sources": [3]}', "Zeile 1"),
        ('{"expected_sources": ["a"]}', "Zeile 1"),
    ],
)
def test_a_file_that_holds_no_questions_is_refused(
    tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "fragen.jsonl"
    path.write_text(content)
    with pytest.raises(InputInvalid, match=sentence):
        read_probes(path)
