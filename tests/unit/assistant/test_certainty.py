"""Nothing from an uncertain page appears without its mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.certainty import MARK, is_uncertain, marked, unmarked
from assistant.excerpt import excerpt
from assistant.fundstelle import cite, paper_name
from assistant.wire.answers import citation_wire, search_wire
from assistant.wire.papers import document_wire
from assistant.wiring import Parts
from index.types import Access, Document, PageQuality, PageState, Span, UncertainPage
from tests.sample_records import (
    ANTRAG,
    DIMENSION,
    EXACT_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    antrag,
    find,
    make_parts,
    stored,
)

OPERATOR = Access.operator("lvs")
SURE = PageQuality(PageState.GELESEN, 0.97)
SHAKY = PageQuality(PageState.UNSICHER, 0.9, confidence=0.7)
TURN = ANTRAG.index("Begründung")


def scanned(first: PageQuality, second: PageQuality) -> Document:
    """The Antrag as a scan of two pages; its Begründung stands on the second."""
    paper = antrag()
    pages = (Span(0, TURN - 1), Span(TURN, len(paper.text) - 1))
    return replace(paper, pages=pages, page_quality=(first, second))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = make_parts(tmp_path / "home", FakeGenerator("Der Betrieb kostet 48.000 Euro [1]."))
    yield made
    made.close()


def put(parts: Parts, paper: Document) -> None:
    parts.store.bind_embedder(FakeEmbedder.embedder_id, DIMENSION)
    parts.store.add([stored(paper)])


def test_a_mark_stands_before_the_full_stop_and_only_once() -> None:
    assert marked("Es sind 48.000 €.") == "Es sind 48.000 € (unsicher gelesen)."
    assert marked("„Im Wortlaut.“") == "„Im Wortlaut.“ (unsicher gelesen)"
    assert marked(marked("Ja.")) == marked("Ja.") == "Ja (unsicher gelesen)."
    assert marked("Ja.", False) == "Ja."
    assert unmarked(marked("Es sind 48.000 €.")) == "Es sind 48.000 €."


def test_a_span_is_uncertain_where_it_touches_such_a_page() -> None:
    paper = scanned(SURE, SHAKY)
    assert paper.uncertain == (UncertainPage(2, paper.pages[1]),)
    assert not is_uncertain(paper, Span(0, 10))
    assert is_uncertain(paper, Span(TURN + 20, TURN + 30))
    assert is_uncertain(paper, Span(TURN - 10, TURN + 5))


def test_a_citation_says_so_in_its_fundstelle_its_json_and_its_excerpt() -> None:
    paper = scanned(SURE, SHAKY)
    cost = find(paper.text, "48.000 Euro")
    citation = cite(1, paper, cost)
    assert citation.uncertain
    assert citation.fundstelle == (
        "Antrag Nr. 15/12 vom 14.03.2023, Begründung, S. 2 (unsicher gelesen)"
    )
    assert citation_wire(citation).uncertain
    assert excerpt(paper, cost.start, cost.end).uncertain
    sure = cite(2, paper, find(paper.text, "Leihräder bereit"))
    assert (sure.uncertain, MARK in sure.fundstelle) == (False, False)


def test_a_name_read_from_an_uncertain_page_is_marked_on_every_page() -> None:
    paper = scanned(SHAKY, SURE)
    assert paper_name(paper) == "Antrag Nr. 15/12 vom 14.03.2023 (unsicher gelesen)"
    citation = cite(1, paper, find(paper.text, "48.000 Euro"))
    assert citation.fundstelle == (
        "Antrag Nr. 15/12 vom 14.03.2023 (unsicher gelesen), Begründung, S. 2"
    )
    assert not citation.uncertain


def test_the_register_and_the_hits_name_the_uncertain_pages(parts: Parts) -> None:
    put(parts, scanned(SURE, SHAKY))
    paper = parts.store.summaries(OPERATOR, [antrag().id])[antrag().id]
    assert document_wire(paper).uncertain_pages == [2]
    assert document_wire(paper).unread_pages == []
    hits = parts.store.keyword_search(OPERATOR, "Bahnhof Leihräder Gäste", 5)
    wire = search_wire(hits, {paper.id: paper}, {}, {})
    assert {hit.section: hit.uncertain for hit in wire.hits}["Begründung"] is True
    assert not any(hit.uncertain for hit in wire.hits if hit.section != "Begründung")


@pytest.mark.parametrize("question", [EXACT_QUESTION, "Von wann ist der Antrag 15/12?"])
def test_the_exact_lane_marks_what_it_states(parts: Parts, question: str) -> None:
    put(parts, scanned(SHAKY, SURE))
    access = Access(frozenset({"lvs"}))
    answer = answer_question(parts, question, access)
    assert answer.claims
    assert all(MARK in claim.text for claim in answer.claims)
    assert MARK in answer.text
    put(parts, scanned(SURE, SURE))
    again = answer_question(parts, question, access)
    assert [unmarked(claim.text) for claim in answer.claims] == [c.text for c in again.claims]
    assert not any(MARK in claim.text for claim in again.claims)


def test_a_number_nobody_bears_names_its_neighbours_with_their_mark(parts: Parts) -> None:
    put(parts, scanned(SHAKY, SURE))
    answer = answer_question(parts, "Wurde der Antrag 15/13 beschlossen?", OPERATOR)
    assert "15/12" in answer.text
    vorlage = next(d for d in parts.store.documents(OPERATOR) if "Ankauf" in d.title)
    assert parts.store.delete(OPERATOR, vorlage.id)
    answer = answer_question(parts, "Wurde der Antrag 15/13 beschlossen?", OPERATOR)
    assert f"15/12{MARK}" in answer.text


@pytest.mark.parametrize("use_generator", [True, False])
def test_an_open_answer_marks_its_figure(parts: Parts, use_generator: bool) -> None:
    put(parts, scanned(SURE, SHAKY))
    told: list[str] = []

    def on_event(name: str, payload: object) -> None:
        if name == "claim":
            told.append(payload[0].text)  # type: ignore[index]

    answer = answer_question(
        parts,
        "Wie viel kostet der Betrieb der Leihräder im Jahr?",
        Access(frozenset({"lvs"})),
        use_generator=use_generator,
        on_event=on_event,
    )
    figures = [claim.text for claim in answer.claims if "48.000" in claim.text]
    assert figures
    assert all(MARK in text for text in figures)
    assert told == [claim.text for claim in answer.claims]
    assert all(c.uncertain == (MARK in c.fundstelle) for c in answer.citations)
