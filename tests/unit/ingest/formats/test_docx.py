"""Word documents: everything that is printed, and nothing that attacks."""

from __future__ import annotations

import pytest

from ingest import errors
from ingest.formats.docx import parse_docx
from tests.unit.ingest.word_files import W, paragraph, row, word_file

CUSTOM = ' w:customMarkFollows="1"'
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


def test_a_bold_line_is_a_heading_and_a_bold_placeholder_is_none() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    found = read(bold.format("Sachverhalt") + bold.format("[Angabe fehlt: Gesamtkosten]"))
    assert found == [("heading", "Sachverhalt"), ("paragraph", "[Angabe fehlt: Gesamtkosten]")]


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
        ("paragraph", "Satz¹ Ende"),
        ("paragraph", "¹ Quelle"),
        ("paragraph", "im Kasten"),
    ]


def test_a_deleted_paragraph_end_joins_and_a_moved_paragraph_stands_once() -> None:
    def marked(text: str, mark: str, runs: str = "r") -> str:
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        inner = run if runs == "r" else f"<w:{runs}>{run}</w:{runs}>"
        return f"<w:p><w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>{inner}</w:p>"

    body = (
        marked("Die Verwaltung ", "del")
        + paragraph("wird beauftragt.")
        + marked("Verschoben.", "moveFrom", "moveFrom")
        + paragraph("Dazwischen.")
        + marked("Verschoben.", "ins", "moveTo")
        + marked("Rest", "del")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>weg</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" + marked("Schluss", "del")
    )
    assert read(body) == [
        ("paragraph", "Die Verwaltung wird beauftragt."),
        ("paragraph", "Dazwischen."),
        ("paragraph", "Verschoben."),
        ("paragraph", "Rest"),
        ("table_row", "a\tb"),
        ("paragraph", "Schluss"),
    ]


def test_notes_bear_the_numbers_that_are_printed() -> None:
    def reference(kind: str, note: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{note}"{more}/></w:r>'

    def notes(kind: str, *ids: int) -> str:
        inner = "".join(f'<w:{kind} w:id="{i}">{paragraph(f"{kind} {i}")}</w:{kind}>' for i in ids)
        apart = f'<w:{kind} w:id="-1" w:type="separator">{paragraph("Strich")}</w:{kind}>'
        return f'<w:{kind}s xmlns:w="{W}">{apart}{inner}</w:{kind}s>'

    body = (
        f"<w:p><w:r><w:t>A</w:t></w:r>{reference('footnote', 7)}"
        f"<w:del>{reference('footnote', 8)}</w:del><w:r><w:t>B</w:t></w:r>"
        f"{reference('footnote', 9)}{reference('endnote', 4)}"
        f"{reference('footnote', 5, CUSTOM)}<w:r><w:t>*</w:t></w:r></w:p>"
    )
    parts = {"footnotes": notes("footnote", 5, 7, 8, 9), "endnotes": notes("endnote", 4)}
    assert read(body, **parts) == [
        ("paragraph", "A¹B²ⁱ*"),
        ("paragraph", "¹ footnote 7"),
        ("paragraph", "² footnote 9"),
        ("paragraph", "ⁱ endnote 4"),
        ("paragraph", "footnote 5"),
    ]


def test_only_headers_that_a_section_shows_are_read() -> None:
    header = f'<w:hdr xmlns:w="{W}">{paragraph("Vorlage Nr. 15/3")}</w:hdr>'
    with_reference = (
        f'{paragraph("Text")}<w:sectPr xmlns:r="urn:r"><w:headerReference w:type="{{}}" r:id="r0"/>'
        "{}</w:sectPr>"
    )
    shown = [("page_header", "Vorlage Nr. 15/3"), ("paragraph", "Text")]
    assert read(with_reference.format("default", ""), header=header) == shown
    assert read(with_reference.format("first", ""), header=header) == shown[1:]
    assert read(with_reference.format("first", "<w:titlePg/>"), header=header) == shown
    assert read(with_reference.format("even", ""), header=header) == shown[1:]
    settings = f'<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/></w:settings>'
    assert read(with_reference.format("even", ""), header=header, settings=settings) == shown
    former = with_reference.format("default", "").replace(
        "<w:sectPr", "<w:sectPr><w:sectPrChange><w:sectPr", 1
    )
    assert read(former + "</w:sectPrChange></w:sectPr>", header=header) == shown[1:]


def test_a_field_shows_its_result_and_never_swallows_what_follows() -> None:
    def step(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    nested = (
        f"<w:p>{run('Seite ')}{step('begin')}<w:r><w:instrText>IF</w:instrText></w:r>"
        f"{step('begin')}<w:r><w:instrText>X</w:instrText></w:r>{step('separate')}{run('0')}"
        f"{step('end')}{run('= 1')}{step('separate')}{run('eins')}{step('end')}{run(' Ende')}</w:p>"
    )
    endless = f"<w:p>{run('Anfang')}{step('begin')}{run('verloren')}</w:p>"
    assert read(nested + endless + paragraph("Weiter.")) == [
        ("paragraph", "Seite eins Ende"),
        ("paragraph", "Anfang"),
        ("paragraph", "Weiter."),
    ]


def test_a_foreign_part_is_named_and_does_not_act() -> None:
    chunk = "<html><script>alert(1)</script><p>Fremder Text</p></html>"
    body = paragraph("Eigener Text") + '<w:altChunk xmlns:r="urn:r" r:id="r0"/>'
    parsed = parse_docx(word_file(body, {"aFChunk": chunk}))
    assert [block.text for block in parsed.blocks] == ["Eigener Text"]
    assert parsed.warnings == ("Eingebettete Fremdteile (altChunk) wurden nicht gelesen.",)


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


def test_a_file_with_a_piece_cut_out_before_its_directory_is_damaged() -> None:
    sound = word_file(paragraph("Ein Satz. " * 50))
    for length in (1, 141, 543, 938):
        with pytest.raises(errors.Damaged):
            parse_docx(sound[:60] + sound[60 + length :])
