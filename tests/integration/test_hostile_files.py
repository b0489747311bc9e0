"""Files made to hurt: each ends in a stated state, soon, and nothing but its own text comes out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import errors
from ingest.blocks import Parsed
from ingest.intake import DOCX, HTML, PDF, sniff
from ingest.opening import Opener
from ingest.walls.sandbox import MEMORY_BYTES, Sandbox
from tests.fuzz.states import State, outcome_of
from tests.integration import hostile_files as hostile
from tests.unit.ingest.word_files import paragraph, word_file

SOON_S = 60.0


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
    assert 0 < sandbox.peak_bytes <= MEMORY_BYTES


@pytest.fixture(scope="module")
def opener(box: Sandbox) -> Iterator[Opener]:
    with Opener(box) as opened:
        yield opened


@pytest.fixture(autouse=True)
def soon(box: Sandbox) -> Iterator[None]:
    """No file may hold up the next one, and the worker lives on or is replaced."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started <= 2 * SOON_S
    assert words(box.parse(HTML, b"<p>Die naechste Akte.")) == "Die naechste Akte."


def words(parsed: Parsed) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def test_names_that_climb_out_of_an_office_file_write_nothing(box: Sandbox, tmp_path: Path) -> None:
    target = tmp_path / "ausgebrochen.txt"
    data = hostile.slipping_word_file(str(target))
    assert sniff(data) == DOCX
    assert words(box.parse(DOCX, data)) == "Ein Satz über Bäume."
    assert not target.exists()


def test_a_part_that_is_said_to_be_a_file_of_the_machine_is_not_read(
    box: Sandbox, tmp_path: Path
) -> None:
    secret = tmp_path / "geheim.xml"
    secret.write_text(f'<w:hdr xmlns:w="{hostile.W}">{paragraph("geheim")}</w:hdr>')
    for target in (str(secret), f"file://{secret}", f"../../../../../../../..{secret}"):
        assert words(box.parse(DOCX, hostile.with_relation(target))) == "Ein Satz."


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (lambda: word_file(paragraph(" " * 30_000_000)), errors.PackedTooTightly),
        (lambda: hostile.bomb_of_parts(300, 4_000_000), errors.PackedTooTightly),
        (
            lambda: hostile.bomb_of_parts(2_000, 1_000_000, overlapping=True),
            errors.PackedTooTightly,
        ),
        (lambda: hostile.bomb_of_parts(20_000, 100, overlapping=True), errors.TooLarge),
    ],
    ids=["one part", "many parts", "overlapping parts", "too many parts"],
)
def test_a_zip_bomb_is_refused_unpacked(
    box: Sandbox, data: object, error: type[errors.IngestError]
) -> None:
    assert callable(data)
    with pytest.raises(error):
        box.parse(DOCX, data())


def test_a_zip_within_a_zip_within_a_zip_ends_in_a_stated_state(opener: Opener) -> None:
    data = b"Ein Satz."
    for _ in range(60):
        data = hostile.zip_of([("innen.zip", data), ("liste.txt", b"Eine Liste.")])
    outcome = outcome_of(data, opener)
    assert outcome.state in (State.REFUSED, State.PARTIAL)
    assert not outcome.failed


def test_an_external_entity_brings_no_file_into_the_text(box: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    declared = f'<!ENTITY x SYSTEM "file://{secret}">'
    with pytest.raises(errors.Damaged, match="Dokumenttyp"):
        box.parse(DOCX, hostile.with_entity(declared, "&x;"))
    page = f"<!DOCTYPE html [{declared}]><html><p>Ein Satz &x; hier.".encode()
    assert "geheim" not in words(box.parse(HTML, page))
    picture = f'<html><p>Ein Satz.<img src="file://{secret}"><link href="{secret}">'.encode()
    assert words(box.parse(HTML, picture)) == "Ein Satz."


def test_a_billion_laughs_are_not_written_out(box: Sandbox) -> None:
    laughs = hostile.billion_laughs()
    with pytest.raises(errors.Damaged):
        box.parse(DOCX, hostile.with_entity(laughs, "&a9;"))
    parsed = box.parse(HTML, f"<!DOCTYPE html [{laughs}]><html><p>Ein Satz &a9;.".encode())
    assert len(words(parsed)) < 10_000


def test_a_stream_packed_many_times_over_is_no_silent_success(opener: Opener) -> None:
    shown = b"BT /F1 12 Tf 50 700 Td (Ein Satz.) Tj ET " + b" " * 100_000_000
    outcome = outcome_of(hostile.pdf_page(hostile.flate_many_times(shown, 3)), opener)
    assert outcome.state is State.REFUSED or outcome.pages == 1
    hundred = hostile.pdf_page(hostile.flate_many_times(b"BT (x) Tj ET", 2_000))
    assert outcome_of(hundred, opener).state is State.REFUSED


def test_a_foreign_part_is_left_out_and_the_file_is_said_to_be_partial(
    box: Sandbox, opener: Opener
) -> None:
    chunk = '<w:altChunk r:id="r0" xmlns:r="urn:r"/>'
    html = "<html><script>böse()</script><p>Untergeschoben"
    data = word_file(paragraph("Ein Satz.") + chunk, {"aFChunk": html})
    parsed = box.parse(DOCX, data)
    assert words(parsed) == "Ein Satz."
    assert [gap.message for gap in parsed.gaps] == [
        "Eingebettete Fremdteile (altChunk) wurden nicht gelesen."
    ]
    assert outcome_of(data, opener).state is State.PARTIAL


def test_a_flood_of_pixels_is_refused_or_passed_over(opener: Opener) -> None:
    picture = outcome_of(hostile.pixel_flood(30_000, 30_000), opener)
    assert picture.state is State.REFUSED
    assert not picture.failed
    page = outcome_of(hostile.pdf_with_flood(100_000, 100_000), opener)
    assert page.pages == 1
    assert page.state in (State.COMPLETE, State.PARTIAL)


def test_a_page_tree_that_holds_itself_is_refused(opener: Opener) -> None:
    outcome = outcome_of(hostile.looping_pdf(), opener)
    assert outcome.state is State.REFUSED
    assert not outcome.failed


def test_more_pages_than_allowed_are_refused_before_they_are_read(box: Sandbox) -> None:
    with pytest.raises(errors.TooLarge, match="2001 Seiten"):
        box.parse(PDF, hostile.pdf_of_pages(2_001))


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "blockquote"])
def test_a_page_nested_too_deeply_ends_in_a_stated_state(opener: Opener, tag: str) -> None:
    page = f"<html><p>Ein Satz davor.{f'<{tag}>' * 100_000}Ein Satz darin.".encode()
    outcome = outcome_of(page, opener)
    assert not outcome.failed


@pytest.mark.parametrize("element", ["w:p", "w:tbl", "w:r", "w:sdt"])
def test_a_word_file_nested_too_deeply_ends_in_a_stated_state(opener: Opener, element: str) -> None:
    for depth in (200, 100_000):
        body = f"<{element}>" * depth + paragraph("innen") + f"</{element}>" * depth
        outcome = outcome_of(word_file(paragraph("Ein Satz.") + body), opener)
        assert not outcome.failed


def test_a_pdf_nested_too_deeply_ends_in_a_stated_state(opener: Opener) -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    content = hostile.stream(b"BT /F1 12 Tf 50 700 Td (Ein Satz.) Tj ET " + deep)
    assert not outcome_of(hostile.pdf_page(content), opener).failed
    states = hostile.stream(b"q " * 500_000 + b"BT /F1 12 Tf 50 700 Td (Ein Satz.) Tj ET")
    assert not outcome_of(hostile.pdf_page(states), opener).failed


def test_a_font_whose_letters_mean_very_many_ends_in_a_stated_state(opener: Opener) -> None:
    outcome = outcome_of(hostile.letter_bomb(5_000, 500), opener)
    assert (outcome.state, outcome.reason) == (State.REFUSED, "damaged")
    with Sandbox(timeout_s=5.0) as sandbox, Opener(sandbox) as hasty:
        outcome = outcome_of(hostile.letter_bomb(20_000, 20_000), hasty)
    # Which limit comes first depends on the machine; the file is refused at each.
    assert outcome.reason in ("parser_timeout", "parser_memory", "parser_crashed")


def test_a_character_map_over_all_codes_ends_in_a_stated_state(opener: Opener) -> None:
    assert not outcome_of(hostile.range_bomb(), opener).failed
