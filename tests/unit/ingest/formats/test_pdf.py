"""PDF: paragraphs by geometry, pages kept, scans and damage said aloud."""

from __future__ import annotations

import pytest

from ingest import errors
from ingest.canonical import canonical_text
from ingest.formats.pdf import parse_pdf
from ingest.pages import second_reading as pdf_second
from ingest.pages.soundness import soundness
from tests.unit.ingest.pdf_files import pdf_file, prose

FIRST = prose(
    700,
    "Die Verwaltung wird beauftragt, ein Konzept für die Umgestaltung der Immobilien-",
    "verwaltung vorzulegen. Der Finanz- und Wirtschaftsausschuss ist über den Stand der",
    "Arbeiten zu unterrichten, und zwar in jeder Sitzung, in der über die Mittel beraten",
)
SECOND = prose(
    760, "wird. Danach ist Schluss mit dem Bericht, und es beginnt etwas anderes als vorher."
)


def test_lines_become_paragraphs_and_one_may_go_on_over_a_page_end() -> None:
    parsed = parse_pdf(pdf_file([FIRST, SECOND]))
    canonical = canonical_text(parsed)
    assert canonical.text == (
        "Die Verwaltung wird beauftragt, ein Konzept für die Umgestaltung der Immobilienverwaltung "
        "vorzulegen. Der Finanz- und Wirtschaftsausschuss ist über den Stand der Arbeiten zu "
        "unterrichten, und zwar in jeder Sitzung, in der über die Mittel beraten wird. Danach ist "
        "Schluss mit dem Bericht, und es beginnt etwas anderes als vorher."
    )
    assert canonical.pages[1].cut(canonical.text).startswith("wird. Danach")
    assert parsed.page_count == 2
    assert parsed.title == "Titel der Datei"
    assert parsed.warnings == ()


def test_headings_rows_and_items_are_told_by_type_and_gaps() -> None:
    parsed = parse_pdf(
        pdf_file(
            [
                [
                    (70, 750, "Vorlage Nr. 15/12", "Helvetica-Bold", 18),
                    *prose(710, "Ein Satz, der ganz für sich steht."),
                    (70, 680, "Begründung", "Helvetica-Bold", 11),
                    (70, 640, "Bauausschuss"),
                    (300, 640, "12.03.2024"),
                    (420, 640, "Beschluss"),
                    (70, 620, "Kulturausschuss"),
                    (300, 620, "13.03.2024"),
                    (420, 620, "Beschluss"),
                    *prose(590, "- erster Punkt", "- zweiter Punkt"),
                ]
            ]
        )
    )
    assert [(block.kind.value, block.level, block.text) for block in parsed.blocks] == [
        ("heading", 1, "Vorlage Nr. 15/12"),
        ("paragraph", 0, "Ein Satz, der ganz für sich steht."),
        ("heading", 3, "Begründung"),
        ("table_row", 0, "Bauausschuss\t12.03.2024\tBeschluss"),
        ("table_row", 0, "Kulturausschuss\t13.03.2024\tBeschluss"),
        ("list_item", 0, "- erster Punkt"),
        ("list_item", 0, "- zweiter Punkt"),
    ]
    left, bottom, right, top = parsed.blocks[0].bbox or (0, 0, 0, 0)
    assert left == pytest.approx(70, abs=3)
    assert bottom < 750 < top
    assert right > 200


def test_what_runs_along_on_every_page_is_marked() -> None:
    parsed = parse_pdf(
        pdf_file(
            [
                [
                    (70, 810, "Landtag im Süden"),
                    *prose(600, f"Inhalt {word}."),
                    (280, 30, f"Seite {n}"),
                ]
                for n, word in enumerate(("eins", "zwei", "drei"), start=1)
            ]
        )
    )
    assert canonical_text(parsed).text == "Inhalt eins.\n\nInhalt zwei.\n\nInhalt drei."
    kinds = [block.kind.value for block in parsed.blocks if block.page == 2]
    assert kinds == ["page_header", "paragraph", "page_footer"]


def test_an_empty_page_is_no_fault_and_a_file_of_such_is_refused() -> None:
    parsed = parse_pdf(pdf_file([FIRST, [], SECOND]))
    assert (parsed.warnings, parsed.scans) == ((), ())
    assert [page.state.value for page in parsed.page_quality] == ["gelesen", "leer", "gelesen"]
    assert parsed.page_quality[0].score > 0.95
    with pytest.raises(errors.NoTextLayer):
        parse_pdf(pdf_file([[], []]))


def test_an_empty_password_opens_and_another_one_does_not() -> None:
    assert parse_pdf(pdf_file([FIRST], password="")).page_count == 1
    with pytest.raises(errors.Encrypted):
        parse_pdf(pdf_file([FIRST], password="geheim"))


def test_a_truncated_file_is_saved_or_refused_but_never_empty() -> None:
    whole = pdf_file([FIRST, SECOND])
    for share in (0.1, 0.5, 0.9):
        try:
            parsed = parse_pdf(whole[: int(len(whole) * share)])
        except errors.FileRefused as refusal:
            assert refusal.code in {"damaged", "no_text_layer"}
        else:
            assert canonical_text(parsed).text


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.pdf.MAX_PAGES", 2)
    with pytest.raises(errors.TooLarge, match="3 Seiten"):
        parse_pdf(pdf_file([FIRST, FIRST, FIRST]))


def test_two_readings_are_compared_by_their_words() -> None:
    assert pdf_second.agreement("Der Haus-\nhalt ist gut", "Der Haushalt ist gut") == 1.0
    assert pdf_second.agreement("Der Haushalt", "D er H aus h alt") < 0.5
    assert soundness("Der Ausschuss hat beraten.") == 1.0
    assert soundness("D e r A u s s c h u s s") == 0.0
    assert soundness("\ufffd\ufffd Haus") < 0.5
