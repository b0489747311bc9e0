"""Papers are found under the word printed before their number, and under what they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.fundstelle import paper_name
from assistant.vorgang import look_up
from index.store import open_store
from index.types import Access, Document, Drucksachennummer, Reading
from tests.sample_records import DIMENSION, FakeEmbedder, antrag, stored, vorlage

LVS = Access.operator("lvs")


def narrowed(document: Document, art: str) -> Document:
    """The same paper, which names itself a narrower kind than the one it is filed as."""
    printed = document.kopfdaten.art
    assert printed is not None
    kopfdaten = replace(document.kopfdaten, art=Reading(art, printed.span), bezeichnung=printed)
    return replace(document, kopfdaten=kopfdaten)


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ("vorlage", {"Beschlusskontrolle"}),
        ("antrag", {"Resolution"}),
        ("resolution", {"Resolution"}),
        ("änderungsantrag", {"Resolution"}),
        ("anfrage", set()),
        ("drs.", {"Beschlusskontrolle", "Resolution"}),
        (None, {"Beschlusskontrolle", "Resolution"}),
    ],
)
def test_a_paper_fits_the_word_before_its_number_and_its_kind(
    tmp_path: Path, label: str | None, kinds: set[str]
) -> None:
    store = open_store(tmp_path)
    store.bind_embedder(FakeEmbedder.embedder_id, DIMENSION)
    papers_in = (narrowed(antrag(), "Resolution"), narrowed(vorlage(), "Beschlusskontrolle"))
    store.add([stored(paper) for paper in papers_in])
    papers = look_up(store, LVS, Drucksachennummer.of(15, 12), label)
    assert {d.kopfdaten.art.value for d in papers.found if d.kopfdaten.art} == kinds


def test_a_paper_is_cited_by_the_word_before_its_number() -> None:
    assert paper_name(narrowed(vorlage(), "Beschlusskontrolle")).startswith("Vorlage Nr. 15/12")
