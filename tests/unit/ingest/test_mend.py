"""Broken words are put together, whole ones are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.types import PageQuality, PageState
from ingest.blocks import Block, BlockKind, Parsed
from ingest.canonical import canonical_text
from ingest.mend import join_accents, join_pieces, mend, settle_lookalikes

QUELLEN = Path(__file__).parents[3] / "beispiele" / "quellen"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("die Erg änzungen zum Haus haltsplan", "die Ergänzungen zum Haushaltsplan"),
        ("Verwal tung und Land schaft", "Verwaltung und Landschaft"),
        ("of fiziell", "offiziell"),
        ("Die Beschluss vorlage", "Die Beschluss vorlage"),
        ("nach § 3 a bis c", "nach § 3 a bis c"),
        ("in takt und zu gleich", "in takt und zu gleich"),
        ("einer überplanmäßigen Ausgabe", "einer überplanmäßigen Ausgabe"),
        ("Herr Stockenau teilt mit", "Herr Stockenau teilt mit"),
    ],
)
def test_two_pieces_of_which_not_both_are_words_become_one(broken: str, whole: str) -> None:
    assert join_pieces(broken) == whole
    assert join_pieces(whole) == whole


def test_accents_beside_their_vowel_are_put_upon_it() -> None:
    assert join_accents("Erga¨nzung und ¨Anderung, fu¨r Erg¨anzung") == (
        "Ergänzung und Änderung, für Ergänzung"
    )
    assert join_accents("ohne Zeichen") == "ohne Zeichen"


def test_no_word_of_the_samples_is_touched() -> None:
    texts = [path.read_text("utf-8") for path in sorted(QUELLEN.glob("lv*.md"))]
    assert sum(len(text.split()) for text in texts) > 15_000
    for text in texts:
        for line in text.splitlines():
            assert join_pieces(join_accents(line)) == line


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("ein Kl-gestützter Assistent (Kl)", "ein KI-gestützter Assistent (KI)"),
        ("Antrag l5/148 und 15/l5O", "Antrag 15/148 und 15/150"),
        ("& 38 Abs. 1 und $ 7a", "§ 38 Abs. 1 und § 7a"),
        ("Müller & Sohn, Kl. 7, im All", "Müller & Sohn, Kl. 7, im All"),
        ("l/O ohne Ziffer", "l/O ohne Ziffer"),
    ],
)
def test_what_print_leaves_open_is_read_as_what_it_must_be(recognised: str, meant: str) -> None:
    assert settle_lookalikes(recognised) == meant


def test_lookalikes_are_settled_on_recognised_pages_alone() -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, "Antrag l5/148 zur Erg änzung", n) for n in (1, 2))
    quality = (
        PageQuality(PageState.GELESEN, 0.9),
        PageQuality(PageState.GELESEN, 0.9, confidence=0.95),
    )
    mended = mend(Parsed(blocks, 2, "probe", page_quality=quality))
    assert [block.text for block in mended.blocks] == [
        "Antrag l5/148 zur Ergänzung",
        "Antrag 15/148 zur Ergänzung",
    ]


def test_ligatures_of_fonts_are_spelled_out() -> None:
    block = Block(BlockKind.PARAGRAPH, "o\ufb03ziell ver\ufb02ochten", 1)
    assert canonical_text(mend(Parsed((block,), 1, "probe"))).text == "offiziell verflochten"
