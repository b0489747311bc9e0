"""What runs along the edges of pages, and what only happens to stand there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.text import parse_text
from ingest.pages.edges import running_lines


def test_a_header_with_the_page_number_runs_along() -> None:
    pages = [[f"Niederschrift, 12. Sitzung, Seite {n} von 4", f"Absatz {7 * n}"] for n in range(4)]
    assert running_lines(pages) == [frozenset({0})] * 4


def test_a_header_of_left_pages_runs_along() -> None:
    pages = [["Landschaftsverband"] if n % 2 else [f"Satz {7 * n}"] for n in range(6)]
    assert running_lines(pages) == [frozenset({0}) if n % 2 else frozenset() for n in range(6)]


def test_headings_that_differ_by_their_number_are_content() -> None:
    pages = [["Niederschrift"], ["Punkt 2", "Job-Coaching"], ["Punkt 4", "Zeitplan"]]
    assert running_lines(pages) == [frozenset()] * 3


def test_headings_that_count_up_with_the_pages_are_content() -> None:
    for word in ("Punkt", "TOP", "§", "Artikel", "Frage", "Zu Punkt"):
        pages = [[f"{word} {n}", f"Satz {7 * n}"] for n in range(1, 6)]
        assert running_lines(pages) == [frozenset()] * 5


def test_a_repeated_line_below_content_is_content() -> None:
    pages = [[f"Absatz {7 * n}", "Beschluss:"] for n in range(4)]
    assert running_lines(pages) == [frozenset()] * 4


def test_an_amount_that_repeats_on_two_of_many_pages_is_content() -> None:
    pages = [["Summe 250.000 €"] if n in (2, 5) else [f"Satz {7 * n}"] for n in range(8)]
    assert running_lines(pages) == [frozenset()] * 8


def test_an_item_at_the_top_of_a_page_stays_in_the_text() -> None:
    pages = (
        "Niederschrift, Seite 1\nPunkt 1\nFormalien",
        "Niederschrift, Seite 2\nPunkt 2\nHaushalt",
        "Niederschrift, Seite 3\nPunkt 3\nVerschiedenes",
    )
    parsed = parse_text("\f".join(pages).encode())
    kept = [block.text for block in parsed.blocks if block.kind not in ("page_header",)]
    assert [text for text in kept if text.startswith("Punkt")] == ["Punkt 1", "Punkt 2", "Punkt 3"]
    assert not [text for text in kept if "Seite" in text]


@given(st.lists(st.lists(st.text(alphabet="Aa 19§", max_size=6), max_size=5), max_size=6))
def test_only_lines_from_the_edge_inwards_run_along(pages: list[list[str]]) -> None:
    for lines, running in zip(pages, running_lines(pages), strict=True):
        assert running == frozenset(range(len(running)))
        assert len(running) <= len(lines)
