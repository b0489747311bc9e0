"""Blocks to canonical text: words made whole, pages and blocks that cut exactly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, BlockKind, Parsed
from ingest.canonical import Canonical, canonical_text, clean


def of(*blocks: Block, page_count: int | None = None) -> Canonical:
    return canonical_text(Parsed(blocks, page_count, "test"))


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("das Immobilien-\nmanagement", "das Immobilienmanagement"),
        ("der Finanz-\nund Wirtschaftsausschuss", "der Finanz- und Wirtschaftsausschuss"),
        ("Kultur-\noder Bildungsausschuss", "Kultur- oder Bildungsausschuss"),
        ("Stun-\nden und Kun-\nden", "Stunden und Kunden"),
        ("nach EU-\nRecht", "nach EU-Recht"),
        ("EU-\nweit gültig", "EU-weit gültig"),
        ("die 19-\njährige", "die 19-jährige"),
        ("Baden-\nWürttemberg", "Baden-Württemberg"),
        ("COVID-\n19", "COVID-19"),
        ("BEGRÜN-\nDUNG", "BEGRÜNDUNG"),
        ("Haushalt 2023 -\n2024", "Haushalt 2023 - 2024"),
        ("Ver\u00ad\nwaltung und Ver\u00adwaltung", "Verwaltung und Verwaltung"),
        ("Zeile eins\nZeile zwei", "Zeile eins Zeile zwei"),
    ],
)
def test_words_cut_at_a_line_end_become_whole(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("T a g e s o r d n u n g", "Tagesordnung"),
        ("B E S C H L U S S :", "BESCHLUSS :"),
        ("N i e d e r s c h r i f t  ü b e r", "Niederschrift über"),
        ("N i e d e r s c h r i f t  A u s s c h u s s", "Niederschrift Ausschuss"),
        ("Punkte a b c d e f", "Punkte a b c d e f"),
        ("Kreuze X X X X X X", "Kreuze X X X X X X"),
        ("so z. B. u. a. m.", "so z. B. u. a. m."),
    ],
)
def test_spaced_letters_close_up_and_lists_of_letters_do_not(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_what_cannot_be_seen_is_removed_and_what_can_stays() -> None:
    assert clean("§\u00a038\u202f Abs.\u200b 2\x00 \ufb01nden \u202eKosten 5 m² ½") == (
        "§ 38 Abs. 2 finden Kosten 5 m² ½"
    )
    assert clean("U\u0308bersicht") == "Übersicht"
    assert clean("kaputt \ud800 Ende") == "kaputt \ufffd Ende"


def test_rows_and_items_stand_close_and_paragraphs_apart() -> None:
    canonical = of(
        Block(BlockKind.HEADING, "Kosten", level=1),
        Block(BlockKind.TABLE_ROW, "Jahr\tBetrag \u00a0€\t"),
        Block(BlockKind.TABLE_ROW, "\t5.000"),
        Block(BlockKind.LIST_ITEM, "- eins"),
        Block(BlockKind.LIST_ITEM, "- zwei"),
        paragraph("  "),
        paragraph("Ende"),
    )
    assert canonical.text == "Kosten\n\nJahr\tBetrag €\n\t5.000\n\n- eins\n- zwei\n\nEnde"
    assert [block.span.cut(canonical.text) for block in canonical.blocks] == [
        "Kosten",
        "Jahr\tBetrag €",
        "\t5.000",
        "- eins",
        "- zwei",
        "Ende",
    ]
    assert canonical.pages == ()


def test_a_paragraph_over_a_page_end_keeps_the_place_where_the_page_turns() -> None:
    canonical = of(
        paragraph("Der Ausschuss hat die\fVorlage beraten.", 1),
        paragraph("Danach die Immobilien-\fverwaltung, die bleibt.", 2),
        page_count=4,
    )
    assert canonical.text == (
        "Der Ausschuss hat die Vorlage beraten.\n\nDanach die Immobilienverwaltung, die bleibt."
    )
    assert [span.cut(canonical.text) for span in canonical.pages] == [
        "Der Ausschuss hat die",
        "Vorlage beraten.\n\nDanach die Immobilienverwaltung,",
        "die bleibt.",
        "",
    ]


def test_running_headers_go_but_for_one_that_alone_names_the_paper() -> None:
    header = Block(BlockKind.PAGE_HEADER, "Vorlage Nr. 15/2345", 1)
    footer = Block(BlockKind.PAGE_FOOTER, "Seite 1", 1)
    assert of(header, paragraph("Text", 1), footer, page_count=1).text == (
        "Vorlage Nr. 15/2345\n\nText"
    )
    assert of(header, paragraph("Zu Vorlage Nr. 15/2345", 1), footer, page_count=1).text == (
        "Zu Vorlage Nr. 15/2345"
    )


pieces = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab Aäü1.-\n\t\f\u00ad\u00a0\u0308\u200b§ -"), st.characters()
    )
)
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    pieces,
    st.one_of(st.none(), st.integers(1, 5)),
)


@given(pieces, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, cells: bool) -> None:
    once = clean(text, cells=cells)
    assert clean(once, cells=cells) == once


@given(st.lists(blocks, max_size=8), st.one_of(st.none(), st.integers(0, 6)))
def test_pages_and_blocks_always_cut_the_text_exactly(
    some: list[Block], page_count: int | None
) -> None:
    canonical = of(*some, page_count=page_count)
    text = canonical.text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    end = 0
    for block in canonical.blocks:
        assert end <= block.span.start < block.span.end
        assert "\n" not in block.span.cut(text)
        assert set(text[end : block.span.start]) <= {"\n"}
        end = block.span.end
    assert end == len(text)
    assert (canonical.pages == ()) is (page_count is None or (page_count == 0 and not text))
    end = 0
    for page in canonical.pages:
        assert page.start >= end
        assert set(text[end : page.start]) <= {"\n", " "}
        end = page.end
    if page_count is not None:
        assert set(text[end:]) <= {"\n", " "}


@given(st.lists(st.builds(Block, st.just(BlockKind.PARAGRAPH), pieces), max_size=6))
def test_canonical_text_of_canonical_text_is_the_same(some: list[Block]) -> None:
    once = of(*some).text
    again = of(*(paragraph(part) for part in once.split("\n\n"))).text
    assert again == once
