"""Web pages: the words a reader sees, in order."""

from __future__ import annotations

import pytest

from ingest import errors
from ingest.formats.html import parse_html

PAGE = """<!DOCTYPE html><html><head><title> Vorlage
 15/12 </title><script>böse()</script></head><body>
<nav>Startseite</nav><h1>Vorlage 15/12</h1><!-- geheim -->
<p>Erste&nbsp;Zeile<br>zweite <b>Zeile</b></p>
<div style="display: none">unsichtbar</div>
<ul><li>eins</li><li>zwei <ol start="3"><li>drinnen</li></ol></li></ul>
<table><tr><th>Jahr</th><th>Betrag</th></tr>
<tr><td>2024</td><td><p>5</p> <p>Euro</p></td></tr></table>
<table><tr><td>links</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>
<img src="http://example.invalid/x.png" alt="Wappen"><noscript>ohne</noscript>
</body></html>"""


def test_a_page_reads_in_order_without_what_nobody_sees() -> None:
    parsed = parse_html(PAGE.encode())
    assert [(block.kind.value, block.text) for block in parsed.blocks] == [
        ("heading", "Vorlage 15/12"),
        ("paragraph", "Erste\xa0Zeile"),
        ("paragraph", "zweite Zeile"),
        ("list_item", "- eins"),
        ("list_item", "- zwei"),
        ("list_item", "3. drinnen"),
        ("table_row", "Jahr\tBetrag"),
        ("table_row", "2024\t5 Euro"),
        ("paragraph", "links"),
        ("table_row", "a\tb"),
    ]
    assert parsed.title == "Vorlage 15/12"
    assert parsed.page_count is None
    assert parsed.warnings == ("Unsichtbarer Text der Seite wurde weggelassen.",)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_declared_character_set_is_used(encoding: str) -> None:
    page = f'<html><meta charset="{encoding}"><p>Öffentlichkeit §'
    assert parse_html(page.encode(encoding)).blocks[0].text == "Öffentlichkeit §"


def test_a_wrong_declaration_does_not_break_utf8() -> None:
    page = '<html><meta charset="iso-8859-1"><p>Öffentlichkeit'
    assert parse_html(page.encode()).blocks[0].text == "Öffentlichkeit"


def test_deep_nesting_and_broken_markup_are_read_without_recursion() -> None:
    deep = "<html><body>" + "<div>" * 5000 + "tief" + "</p></b>" * 10
    try:
        assert "tief" in parse_html(deep.encode()).blocks[0].text
    except (errors.Damaged, errors.NoText) as refusal:
        assert str(refusal)


def test_a_page_of_scripts_alone_is_no_text() -> None:
    with pytest.raises(errors.NoText):
        parse_html(b"<html><script>alert(1)</script></html>")


@pytest.mark.parametrize("said", ["utf-8", "us-ascii", "iso-8859-1", "windows-1252", "erfunden"])
def test_a_page_that_is_mistaken_about_its_encoding_keeps_its_letters(said: str) -> None:
    page = f'<html><head><meta charset="{said}"></head><body><p>Öffentlich: 5 T€ für Süd'
    parsed = parse_html(page.encode("cp1252"))
    assert [block.text for block in parsed.blocks] == ["Öffentlich: 5 T€ für Süd"]
