"""The cards are counted from what is there, for who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.learning.cards import data_card, model_card
from assistant.wiring import Parts
from index.types import Access, PageQuality, PageState, Schutzstufe, Span
from models.registry import ModelKind
from tests.sample_records import ANTRAG, FakeGenerator, antrag, make_parts, stored

OPERATOR = Access.operator("lvs")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home", FakeGenerator("")) as made:
        yield made


def test_papers_are_counted_by_kind_period_and_level(parts: Parts) -> None:
    card = data_card(parts, OPERATOR)
    assert card.documents == 3
    assert card.kinds == (("Anfrage", 1), ("Antrag", 1), ("Vorlage", 1))
    assert card.periods == ((15, 3),)
    assert card.levels == ((Schutzstufe.NICHTOEFFENTLICH, 1), (Schutzstufe.OEFFENTLICH, 2))
    assert [source.documents for source in card.sources] == [3]
    assert card.pages.share is None


def test_who_may_see_less_counts_less_and_is_told_no_source(parts: Parts) -> None:
    public = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))
    card = data_card(parts, public)
    assert (card.documents, card.levels) == (2, ((Schutzstufe.OEFFENTLICH, 2),))
    assert card.sources == ()


def test_pages_of_text_recognition_are_a_share_of_all_pages(parts: Parts) -> None:
    read = PageQuality(PageState.GELESEN, 0.9)
    scanned = PageQuality(PageState.UNSICHER, 0.5, 0.6)
    paper = antrag("lvs", ANTRAG + "\nScan.\n", 12)
    half = len(paper.text) // 2
    pages = (Span(0, half), Span(half, len(paper.text)))
    parts.store.add([stored(replace(paper, pages=pages, page_quality=(read, scanned)))])
    counted = data_card(parts, OPERATOR).pages
    assert (counted.total, counted.recognized, counted.uncertain, counted.unread) == (2, 1, 1, 0)
    assert counted.share == 0.5


def test_models_are_those_of_the_settings_and_of_the_index(parts: Parts, tmp_path: Path) -> None:
    assert model_card(parts).models == ()
    assert not model_card(parts).is_remote
    chosen = ("multilingual-e5-small", "qwen2.5-coder-1.5b-instruct")
    card = model_card(replace(parts, weights=tmp_path, chosen_models=chosen))
    assert {model.entry.name for model in card.models} == set(chosen)
    assert (card.has_generator, card.is_remote, card.searching) == (True, False, "probe")


def test_a_language_model_elsewhere_is_not_passed_over(parts: Parts, tmp_path: Path) -> None:
    chosen = ("multilingual-e5-small",)
    card = model_card(replace(parts, weights=tmp_path, chosen_models=chosen))
    assert card.is_remote
    assert [model.entry.kind for model in card.models] == [ModelKind.EMBEDDER]
    silent = model_card(replace(parts, weights=tmp_path, chosen_models=chosen, generator=None))
    assert (silent.has_generator, silent.is_remote) == (False, False)
