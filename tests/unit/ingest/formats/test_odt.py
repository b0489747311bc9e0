"""OpenDocument texts: everything that is printed, and nothing that attacks."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest import errors
from ingest.formats.odt import parse_flat_odt, parse_odt
from ingest.intake import FLAT_ODT, ODT, sniff
from tests.unit.ingest.odt_files import flat_odt_file, odt_file


def read(body: str, automatic: str = "", styles: str = "") -> list[tuple[str, int, str]]:
    parsed = parse_odt(odt_file(body, automatic, styles))
    return [(block.kind.value, block.level, block.text) for block in parsed.blocks]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


LISTS = """
<text:list-style style:name="L">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="§ "
  text:start-value="3"/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="D">
 <text:list-level-style-number text:level="1" style:num-format="I"/>
 <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
</text:list-style>"""


def test_lists_bear_the_numbers_that_are_printed() -> None:
    def item(inner: str) -> str:
        return f"<text:list-item>{inner}</text:list-item>"

    inner = f"<text:list>{item(p('a'))}{item(p('b'))}</text:list>"
    body = (
        f'<text:list xml:id="x" text:style-name="L">{item(p("eins") + p("Absatz") + inner)}'
        f"{item(p('zwei'))}</text:list>{p('Dazwischen')}"
        f'<text:list text:style-name="L" text:continue-list="x">{item(p("drei"))}</text:list>'
        f'<text:list text:style-name="L">{item(p("neu"))}</text:list>'
        f'<text:list text:style-name="B">{item(p("Punkt"))}</text:list>'
        f'<text:list text:style-name="D">{item(p("oben") + inner)}</text:list>'
    )
    assert read(body, LISTS) == [
        ("list_item", 0, "§ 3 eins"),
        ("paragraph", 0, "Absatz"),
        ("list_item", 1, "a) a"),
        ("list_item", 1, "b) b"),
        ("list_item", 0, "§ 4 zwei"),
        ("paragraph", 0, "Dazwischen"),
        ("list_item", 0, "§ 5 drei"),
        ("list_item", 0, "§ 3 neu"),
        ("list_item", 0, "- Punkt"),
        ("list_item", 0, "I oben"),
        ("list_item", 1, "I.1 a"),
        ("list_item", 1, "I.2 b"),
    ]


def test_headings_titles_and_bold_lines_stand_out() -> None:
    automatic = """
    <style:style style:name="F" style:family="paragraph">
     <style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="T" style:family="text">
     <style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>"""
    styles = """<office:styles><style:style style:name="Title" style:family="paragraph"/>
    <text:outline-style><text:outline-level-style text:level="1" style:num-format="1"
     style:num-suffix="."/></text:outline-style></office:styles>"""
    body = (
        p("Antrag", "P1")
        + '<text:h text:outline-level="1">Lage</text:h>'
        + '<text:h text:outline-level="2">Näheres</text:h>'
        + '<text:h text:outline-level="1">Kosten</text:h>'
        + p("Begründung:", "F")
        + p('<text:span text:style-name="T">Halb</text:span> fett')
    )
    assert read(body, automatic, styles) == [
        ("heading", 1, "Antrag"),
        ("heading", 1, "1. Lage"),
        ("heading", 2, "Näheres"),
        ("heading", 1, "2. Kosten"),
        ("heading", 6, "Begründung:"),
        ("paragraph", 0, "Halb fett"),
    ]


def test_changes_are_read_as_accepted_and_hidden_text_and_comments_are_left_out() -> None:
    automatic = """<style:style style:name="V" style:family="text">
    <style:text-properties text:display="none"/></style:style>"""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('gestrichen')}</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            'Die <text:change-start text:change-id="c"/>neue<text:change-end/> Fassung'
            "<office:annotation><dc:creator>Müller</dc:creator><text:p>Anmerkung</text:p>"
            '</office:annotation><text:span text:style-name="V">geheim</text:span>'
        )
        + f'<text:section text:display="none">{p("verborgen")}</text:section>'
    )
    parsed = parse_odt(odt_file(body, automatic))
    assert [block.text for block in parsed.blocks] == ["Die neue Fassung"]
    assert [warning.split()[0] for warning in parsed.warnings] == ["Verborgener", "Das"]
    assert (parsed.page_count, parsed.title) == (None, "Titel")


def test_tables_notes_boxes_and_blanks_are_read() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format(p("Jahr"))
        + cell.format(p("Betrag") + p("in €"))
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell.format(p("2024"))
        + '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2"/>'
        + "</table:table-row></table:table>"
        + p(
            'Satz<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{p('Quelle')}</text:note-body></text:note>"
            '<text:s text:c="2"/>Ende<text:line-break/>Zeile'
            f"<draw:frame><draw:text-box>{p('Kasten')}</draw:text-box>"
            "<draw:desc>Bild</draw:desc></draw:frame>"
        )
        + p("Datum:<text:tab/>1.1.2024")
        + p("Name<text:tab/>Amt")
    )
    assert read(body) == [
        ("table_row", 0, "Jahr\tBetrag\nin €"),
        ("table_row", 0, "2024\t\t\t"),
        ("paragraph", 0, "Satz¹  Ende"),
        ("paragraph", 0, "Zeile"),
        ("paragraph", 0, "¹ Quelle"),
        ("paragraph", 0, "Kasten"),
        ("paragraph", 0, "Datum:\t1.1.2024"),
        ("table_row", 0, "Name\tAmt"),
    ]


def test_headers_and_footers_come_once_with_their_own_styles() -> None:
    styles = f"""<office:automatic-styles><style:style style:name="P1" style:family="paragraph">
    <style:text-properties text:display="none"/></style:style></office:automatic-styles>
    <office:master-styles><style:master-page>
    <style:header>{p("Vorlage 15/3")}{p("unsichtbar", "P1")}</style:header>
    <style:header-left style:display="false">{p("links")}</style:header-left>
    <style:footer>{p("Seite")}</style:footer></style:master-page><style:master-page>
    <style:header>{p("Vorlage 15/3")}</style:header></style:master-page></office:master-styles>"""
    automatic = '<style:style style:name="P1" style:family="paragraph"/>'
    assert read(p("Text", "P1"), automatic, styles) == [
        ("page_header", 0, "Vorlage 15/3"),
        ("paragraph", 0, "Text"),
        ("page_footer", 0, "Seite"),
    ]


def test_a_flat_file_is_read_like_a_packed_one() -> None:
    data = flat_odt_file(p("Größe"))
    assert sniff(data) == FLAT_ODT
    assert [block.text for block in parse_flat_odt(data).blocks] == ["Größe"]
    assert sniff(odt_file(p("Größe"))) == ODT


def test_hostile_and_damaged_files_are_refused() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(errors.Damaged, match="Dokumenttyp-Definition"):
        parse_odt(odt_file(p("&e;"), prolog=prolog))
    with pytest.raises(errors.PackedTooTightly):
        parse_odt(odt_file(p(" " * 30_000_000)))
    with pytest.raises(errors.Damaged):
        parse_odt(odt_file("<text:p>"))
    with pytest.raises(errors.NoText):
        parse_odt(odt_file(p("  ")))
    whole = odt_file(p("x"))
    with pytest.raises(errors.Damaged):
        parse_odt(whole[: len(whole) // 2])


def test_a_directory_that_points_before_the_file_is_damage() -> None:
    data = odt_file("<text:p>x</text:p>")
    end = data.rindex(b"PK\x05\x06")
    wrong = int.from_bytes(data[end + 16 : end + 20], "little") + 50_000
    with pytest.raises(errors.Damaged):
        parse_odt(data[: end + 16] + wrong.to_bytes(4, "little") + data[end + 20 :])


def test_an_encrypted_file_is_called_so() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<m><e><encryption-data/></e></m>")
        archive.writestr("content.xml", b"\x93\x11 geheim")
    with pytest.raises(errors.Encrypted):
        parse_odt(buffer.getvalue())
