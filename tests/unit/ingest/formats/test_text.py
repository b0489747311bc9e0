"""Plain text and Markdown: encodings, paragraphs, tables, page ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import errors
from ingest.blocks import BlockKind
from ingest.formats.text import decode, parse_text
from ingest.intake import TEXT, sniff

GERMAN = "Der Ausschuss für Öffentlichkeit beschließt Maßnahmen über § 38."


def read(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in parse_text(text.encode()).blocks]


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "iso8859-15",
        "cp1252",
        "cp850",
        "mac_roman",
    ],
)
def test_german_text_survives_every_encoding_of_old_files(encoding: str) -> None:
    data = GERMAN.encode(encoding)
    assert sniff(data) == TEXT
    assert decode(data)[0] == GERMAN


def test_utf16_of_either_order_is_read_by_its_mark() -> None:
    for mark, encoding in (("\ufeff", "utf-16-be"), ("\ufeff", "utf-16-le")):
        assert decode((mark + "Größe").encode(encoding))[0] == "Größe"


def test_the_euro_of_latin_9_and_of_windows_is_read() -> None:
    priced = GERMAN + " Die Kosten betragen 5 €."
    assert decode(priced.encode("iso8859-15"))[0] == priced
    assert decode(priced.encode("cp1252"))[0] == priced


def test_line_ends_of_every_system_end_lines() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert read(f"# Antrag{end}{end}Erster.{end}{end}Zweiter.{end}\x1a") == [
            ("heading", "Antrag"),
            ("paragraph", "Erster."),
            ("paragraph", "Zweiter."),
        ]


def test_an_old_encoding_is_reported_and_windows_is_not() -> None:
    assert parse_text(GERMAN.encode("cp1252")).warnings == ()
    (warning,) = parse_text(GERMAN.encode("cp850")).warnings
    assert "cp850" in warning


def test_a_stray_byte_does_not_turn_utf8_into_something_else() -> None:
    data = (GERMAN * 50).encode() + b"\xff"
    assert decode(data) == (GERMAN * 50 + "\ufffd", "utf-8")


def test_text_that_is_not_german_in_an_unknown_set_is_refused() -> None:
    with pytest.raises(errors.UnknownEncoding):
        parse_text("Съешь же ещё этих мягких булок".encode("cp866"))
    with pytest.raises(errors.NoText):
        parse_text(b"--- \n ... \n")


def test_a_header_with_markdown_and_html_reads_like_print() -> None:
    assert read(
        "## Antrag Nr. 15/9\n\nÖffentlich\n\n**Datum:** 03.06.2025  \n**Antragsteller:** XYZ\n\n"
        "<b>Bauausschuss</b>\t<b>18.06.2025</b>\t<b>empfehlender Beschluss</b>\n"
        "<b>Landschaftsausschuss</b>\t<b>08.07.2025</b>\t<b>Beschluss</b>\n\n### Begründung:\n\n"
        "Bürger*innen und Mitarbeiter*innen &amp; __alle__ anderen."
    ) == [
        ("heading", "Antrag Nr. 15/9"),
        ("paragraph", "Öffentlich"),
        ("paragraph", "Datum: 03.06.2025"),
        ("paragraph", "Antragsteller: XYZ"),
        ("table_row", "Bauausschuss\t18.06.2025\tempfehlender Beschluss"),
        ("table_row", "Landschaftsausschuss\t08.07.2025\tBeschluss"),
        ("heading", "Begründung:"),
        ("paragraph", "Bürger*innen und Mitarbeiter*innen & alle anderen."),
    ]


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not() -> None:
    assert read(
        "Die Verwaltung wird beauftragt, ein Konzept für die Umgestaltung der Immobilien-\n"
        "verwaltung vorzulegen und dabei die Belange der Beschäftigten und der Nutzenden zu\n"
        "beachten.\n\nFraktion A\nLandschaftsversammlung\nSüderland"
    ) == [
        (
            "paragraph",
            "Die Verwaltung wird beauftragt, ein Konzept für die Umgestaltung der Immobilien-\n"
            "verwaltung vorzulegen und dabei die Belange der Beschäftigten und der Nutzenden zu\n"
            "beachten.",
        ),
        ("paragraph", "Fraktion A"),
        ("paragraph", "Landschaftsversammlung"),
        ("paragraph", "Süderland"),
    ]


def test_lists_and_tables_keep_their_items_and_cells() -> None:
    assert read(
        "Folgendes ist zu beachten:\n- Einbindung externer Fachleute aus allen Häusern des Landes\n"
        "- Zeitrahmen\n  1. erst dies\n2) dann das\n\n| Jahr | Betrag |\n|---|---:|\n| 2024 | 5 € |"
    ) == [
        ("paragraph", "Folgendes ist zu beachten:"),
        ("list_item", "- Einbindung externer Fachleute aus allen Häusern des Landes"),
        ("list_item", "- Zeitrahmen"),
        ("list_item", "1. erst dies"),
        ("list_item", "2) dann das"),
        ("table_row", "Jahr\tBetrag"),
        ("table_row", "2024\t5 €"),
    ]


def test_a_date_at_the_start_of_a_line_is_no_list_item() -> None:
    assert read("3. Juni 2025 in Bonn")[0][0] == "paragraph"


def test_only_form_feeds_make_pages_and_their_running_lines_are_marked() -> None:
    assert parse_text(b"ohne Seiten").page_count is None
    pages = "\f".join(
        f"Niederschrift 3. Sitzung\n\nInhalt der Seite {word}.\n\n- {number} -"
        for number, word in enumerate(("eins", "zwei", "drei"), start=1)
    )
    parsed = parse_text(pages.encode())
    assert parsed.page_count == 3
    second = [(block.kind, block.text) for block in parsed.blocks if block.page == 2]
    assert second == [
        (BlockKind.PAGE_HEADER, "Niederschrift 3. Sitzung"),
        (BlockKind.PARAGRAPH, "Inhalt der Seite zwei."),
        (BlockKind.PAGE_FOOTER, "- 2 -"),
    ]


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_text(text.encode("utf-8", errors="replace"))
    except errors.FileRefused:
        return
    assert all(block.text.strip() for block in parsed.blocks)


def test_an_item_behind_the_longest_line_of_its_paragraph_stays_an_item() -> None:
    text = (
        "TOP 8\nSpielplatz am Anger\n"
        "Der Antrag der Fraktion wird nach kurzer Aussprache mit großer Mehrheit abgelehnt.\n"
        "TOP 9\nAntrag der Fraktion FREIE WÄHLER auf ein Tempolimit in der langen Hauptstraße, neu\n"
        "Der Antrag wird vertagt."
    )
    assert [block for _, block in read(text)] == [
        "TOP 8",
        "Spielplatz am Anger",
        "Der Antrag der Fraktion wird nach kurzer Aussprache mit großer Mehrheit abgelehnt.",
        "TOP 9",
        "Antrag der Fraktion FREIE WÄHLER auf ein Tempolimit in der langen Hauptstraße, neu",
        "Der Antrag wird vertagt.",
    ]


def test_the_fields_below_the_name_of_a_sitting_are_lines_of_their_own() -> None:
    text = (
        "Niederschrift über die öffentliche Sitzung des Rates der Stadt Neuburg\n"
        "Sitzungstermin: Donnerstag, 07.12.2023\nRaum, Ort: Ratssaal, Markt 1"
    )
    assert [block for _, block in read(text)] == text.split("\n")
