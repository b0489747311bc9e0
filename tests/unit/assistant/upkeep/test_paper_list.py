"""The admin's list: every document with where it stands, narrowed, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputInvalid, NotFound
from assistant.upkeep import paper_list
from assistant.upkeep.paper_life import erase_paper, find_any, hide, lift, show_again
from assistant.upkeep.paper_list import PaperQuery, Wanted, all_rows, paper_page, paper_sheet
from assistant.wiring import Parts
from index.life import Zustand
from index.types import Access, Kopfdaten, PageQuality, PageState, Schutzstufe, Span
from tests.sample_records import (
    ANFRAGE,
    ANTRAG,
    anfrage,
    antrag,
    document,
    make_parts,
    stored,
    vorlage,
)

OPERATOR = Access.operator("lvs")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as opened:
        yield opened


def titles(parts: Parts, query: PaperQuery) -> list[str]:
    return [row.document.title for row in paper_page(parts.store, OPERATOR, query).rows]


def add_scan(parts: Parts) -> str:
    """A later version of the Anfrage with a page that was read badly and one that was not."""
    text = ANFRAGE.replace("Wie weit", "Wie weit und wie teuer")
    half = len(text) // 2
    title, source = anfrage().title, "akten/anfrage-neu.txt"
    later = replace(
        document(text, source, "lvs", Schutzstufe.OEFFENTLICH, Kopfdaten(), title),
        pages=(Span(0, half), Span(half, len(text))),
        page_quality=(
            PageQuality(PageState.UNSICHER, 0.6, 0.55),
            PageQuality(PageState.UNGELESEN, 0.0, None),
        ),
        warnings=("Seite 2 ist nicht lesbar.",),
        supersedes=anfrage().id,
    )
    parts.store.add([stored(later)])
    return later.id


def test_the_list_is_narrowed_by_words_state_kind_and_protection(parts: Parts) -> None:
    assert len(titles(parts, PaperQuery())) == 3
    assert titles(parts, PaperQuery(text="MUSEUMSGÄSTE 15/12")) == ["Leihräder für Museumsgäste"]
    assert titles(parts, PaperQuery(text="akten/vorl")) == ["Ankauf eines Grundstücks"]
    assert titles(parts, PaperQuery(art="Anfrage")) == ["Stand der Leihräder"]
    closed = PaperQuery(visibility=Schutzstufe.NICHTOEFFENTLICH)
    assert titles(parts, closed) == ["Ankauf eines Grundstücks"]
    assert titles(parts, PaperQuery(state=Wanted.VERBORGEN)) == []
    page = paper_page(parts.store, OPERATOR, PaperQuery(text="Leihräder", art="Vorlage"))
    assert (page.total, page.page, page.pages) == (0, 1, 1)
    assert page.arten == ("Anfrage", "Antrag", "Vorlage")


def test_what_another_mandant_has_is_not_in_the_list(parts: Parts) -> None:
    assert {row.document.mandant for row in all_rows(parts.store, OPERATOR)} == {"lvs"}


def test_pages_end_with_the_last_one(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_list, "PAGE_SIZE", 2)
    first, beyond = (
        paper_page(parts.store, OPERATOR, PaperQuery(page=number)) for number in (1, 99)
    )
    assert (len(first.rows), len(beyond.rows), beyond.page, beyond.pages) == (2, 1, 2, 2)
    assert not {r.document.id for r in first.rows} & {r.document.id for r in beyond.rows}


def test_versions_and_badly_read_pages_are_named(parts: Parts) -> None:
    later = add_scan(parts)
    assert titles(parts, PaperQuery(state=Wanted.UNSICHER)) == ["Stand der Leihräder"]
    assert [r.document.id for r in all_rows(parts.store, OPERATOR) if r.bad_pages] == [later]
    replaced = paper_page(parts.store, OPERATOR, PaperQuery(state=Wanted.ERSETZT)).rows
    assert [row.document.id for row in replaced] == [anfrage().id]
    sheet = paper_sheet(parts.store, OPERATOR, later)
    assert sheet.row.state is Zustand.TEILWEISE
    assert [version.id for version in sheet.versions] == [anfrage().id, later]
    assert paper_sheet(parts.store, OPERATOR, anfrage().id).versions == sheet.versions
    assert [(page.number, page.quality and page.quality.state) for page in sheet.bad_pages] == [
        (1, PageState.UNSICHER),
        (2, PageState.UNGELESEN),
    ]


def test_the_sheet_says_what_keeps_a_paper_closed(parts: Parts) -> None:
    closed = paper_sheet(parts.store, OPERATOR, vorlage().id)
    assert closed.passages == {Schutzstufe.NICHTOEFFENTLICH: 2}
    assert closed.closed_because is not None and "nichtöffentlich" in closed.closed_because
    assert paper_sheet(parts.store, OPERATOR, antrag().id).closed_because is None
    with pytest.raises(NotFound):
        paper_sheet(parts.store, OPERATOR, antrag("lvn", ANTRAG.replace("Leih", "Lasten")).id)
    with pytest.raises(NotFound):
        paper_sheet(parts.store, Access(frozenset({"lvs"})), vorlage().id)


def test_a_hidden_paper_is_in_the_list_and_comes_back(parts: Parts) -> None:
    paper = find_any(parts, OPERATOR, antrag().id[:12])
    with pytest.raises(InputInvalid):
        hide(parts, OPERATOR, paper, "  ")
    assert hide(parts, OPERATOR, paper, "falsche Fassung ").reason == "falsche Fassung"
    assert titles(parts, PaperQuery(state=Wanted.VERBORGEN)) == ["Leihräder für Museumsgäste"]
    sheet = paper_sheet(parts.store, OPERATOR, paper.id)
    assert sheet.hidden is not None and sheet.row.state is Zustand.DEPUBLIZIERT
    assert find_any(parts, OPERATOR, paper.id[:12]).id == paper.id
    show_again(parts, OPERATOR, paper)
    assert titles(parts, PaperQuery(state=Wanted.VERBORGEN)) == []
    with pytest.raises(InputInvalid):
        show_again(parts, OPERATOR, paper)
    assert [line.action for line in parts.audit.entries()] == ["depublizieren", "publizieren"]


def test_erasing_leaves_a_certificate_that_can_be_lifted(parts: Parts) -> None:
    paper = find_any(parts, OPERATOR, antrag().id)
    with pytest.raises(NotFound):
        erase_paper(parts, OPERATOR, paper, source="akten/andere.txt")
    erased = erase_paper(parts, OPERATOR, paper, reason="Frist")
    (certificate,) = erased.certificates
    assert erased.done and certificate.reason == "Frist" and erased.drafts == ()
    assert certificate.removed["textstellen"] == paper.passages
    with pytest.raises(NotFound):
        paper_sheet(parts.store, OPERATOR, paper.id)
    assert lift(parts, OPERATOR, certificate.id).lifted
    with pytest.raises(NotFound):
        lift(parts, OPERATOR, "gibt-es-nicht")
