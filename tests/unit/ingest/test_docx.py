"""Word documents: everything that is printed, and nothing that attacks."""

from __future__ import annotations

import pytest

from ingest import errors
from ingest.docx import parse_docx
from tests.unit.ingest.word_files import W, paragraph, row, word_file

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:basedOn w:val="berschrift1"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


def numbered(text: str, number: int, depth: int = 0) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def read(body: str, **parts: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in parse_docx(word_file(body, parts)).blocks]


def test_headings_lists_tables_and_automatic_numbers_are_read() -> None:
    body = (
        paragraph("Antrag Nr. 15/3", "Kapitel")
        + paragraph("Begründung:", run="<w:b/>")
        + numbered("Geltung", 1)
        + numbered("erstens", 1, 1)
        + numbered("zweitens", 1, 1)
        + numbered("Dauer", 1)
        + numbered("Punkt", 2)
        + f"<w:tbl>{row('Jahr', 'Betrag')}{row('2024', '')}{row('allein')}</w:tbl>"
    )
    assert read(body, styles=STYLES, numbering=NUMBERING) == [
        ("heading", "Antrag Nr. 15/3"),
        ("heading", "Begründung:"),
        ("list_item", "§ 3 Geltung"),
        ("list_item", "a) erstens"),
        ("list_item", "b) zweitens"),
        ("list_item", "§ 4 Dauer"),
        ("list_item", "- Punkt"),
        ("table_row", "Jahr\tBetrag"),
        ("table_row", "2024\t"),
        ("paragraph", "allein"),
    ]


def test_changes_are_read_as_accepted_and_hidden_text_is_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>Die </w:t></w:r><w:del><w:r><w:delText>alte</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>neue</w:t></w:r></w:ins><w:r><w:t> Fassung</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:p><w:altChunk/>"
    )
    parsed = parse_docx(word_file(body))
    assert [block.text for block in parsed.blocks] == ["Die neue Fassung"]
    assert [warning.split()[0] for warning in parsed.warnings] == [
        "Verborgener",
        "Das",
        "Eingebettete",
    ]
    assert parsed.page_count is None


def test_notes_boxes_and_running_headers_are_not_lost() -> None:
    body = (
        '<w:p><w:r><w:t>Satz</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:t> Ende</w:t>'
        "<mc:AlternateContent><mc:Choice><w:txbxContent>"
        f"{paragraph('im Kasten')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph('im Kasten')}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph("Quelle")}</w:footnote>'
        "</w:footnotes>"
    )
    header = f'<w:hdr xmlns:w="{W}">{paragraph("Vorlage Nr. 15/3")}</w:hdr>'
    assert read(body, footnotes=notes, header=header) == [
        ("page_header", "Vorlage Nr. 15/3"),
        ("paragraph", "Satz² Ende"),
        ("paragraph", "² Quelle"),
        ("paragraph", "im Kasten"),
    ]


def test_an_external_entity_is_refused_and_not_resolved() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(errors.Damaged, match="Dokumenttyp-Definition"):
        parse_docx(word_file(paragraph("&e;"), prolog=prolog))


def test_a_part_that_unpacks_beyond_measure_is_refused() -> None:
    with pytest.raises(errors.PackedTooTightly):
        parse_docx(word_file(paragraph(" " * 30_000_000)))


def test_damaged_and_empty_files_are_refused() -> None:
    whole = word_file(paragraph("Text"))
    with pytest.raises(errors.Damaged):
        parse_docx(whole[: len(whole) // 2])
    with pytest.raises(errors.Damaged):
        parse_docx(word_file("<w:p>"))
    with pytest.raises(errors.NoText):
        parse_docx(word_file(paragraph("  ")))
