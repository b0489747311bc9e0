"""A Mandant's own template: what of it stays, what is refused, and that nothing leads out of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt

from assistant.begruendung.docx_export import docx_bytes
from assistant.errors import SettingsInvalid
from tests.unit.assistant.begruendung.drafted import Package, W, draft, rules

ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
FOREIGN = "https://fremd.example/vorlage.dotx"
NOT_READABLE = (
    "Die Dokumentvorlage »haus.docx« lässt sich nicht verwenden: Sie ist keine lesbare DOCX-Datei. "
    "Bitte in Word oder LibreOffice als .docx sichern."
)


def template(
    folder: Path, *paragraphs: str, change: Callable[[Opened], None] | None = None
) -> Path:
    """A template with header, footer, wide margins and a heading style of its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Cm(21), Cm(5), Cm(4)
    section.header.paragraphs[0].text = "Haus Süderland"
    section.footer.paragraphs[0].text = "Fußzeile des Hauses"
    document.styles["Heading 1"].font.size = Pt(21)
    for text in paragraphs:
        document.add_paragraph(text)
    if change is not None:
        change(document)
    path = folder / "haus.docx"
    document.save(str(path))
    return path


def built(path: Path) -> Package:
    package = Package.of(docx_bytes(draft(), rules(), template=path))
    assert package.faults() == []
    return package


def texts(package: Package) -> list[str]:
    return [text for _, text in package.paragraphs()]


def refusal(path: Path) -> str:
    with pytest.raises(SettingsInvalid) as refused:
        docx_bytes(draft(), rules(), template=path)
    return str(refused.value)


def of_house(why: str) -> str:
    return f"Die Dokumentvorlage »haus.docx« lässt sich nicht verwenden: {why}"


def test_styles_page_header_and_footer_of_the_template_are_used_and_its_text_is_not(
    tmp_path: Path,
) -> None:
    path = template(tmp_path, "Mustertext der Vorlage")
    package = built(path)
    assert texts(package) == texts(Package.of(docx_bytes(draft(), rules())))
    document = Document(BytesIO(docx_bytes(draft(), rules(), template=path)))
    section = document.sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Haus Süderland"]
    assert [p.text for p in section.footer.paragraphs] == ["Fußzeile des Hauses"]
    assert document.styles["Heading 1"].font.size == Pt(21)
    assert section.left_margin is not None
    assert round(section.left_margin.cm, 2) == 5.0
    total = package.body.find(f"{W}tbl/{W}tblPr/{W}tblW")
    assert total is not None
    assert abs(int(total.get(f"{W}w", "")) - 6803) <= 4  # 12 cm
    assert sorted(set(package.fields())) == ["NOTEREF _Beleg1 \\h", "NOTEREF _Beleg2 \\h"]


def test_the_draft_stands_where_the_marker_was_and_the_annex_at_the_end(tmp_path: Path) -> None:
    path = template(tmp_path, "Der Direktor", " {{entwurf}} ", "Im Auftrag")
    shown = texts(built(path))
    alone = texts(Package.of(docx_bytes(draft(), rules())))
    annex = alone.index("Quellenblatt")
    assert shown == ["Der Direktor", *alone[:annex], "Im Auftrag", *alone[annex:]]


def test_the_end_of_a_section_at_the_marker_stays(tmp_path: Path) -> None:
    def two_sections(document: Opened) -> None:
        document.add_paragraph("{{entwurf}}")
        document.add_section(WD_SECTION.NEW_PAGE).left_margin = Cm(2)
        document.add_paragraph("Anlage des Hauses")
        # Word ends a section in its last paragraph; python-docx adds one of its own for that.
        ends = document.paragraphs[1]._p.pPr.find(qn("w:sectPr"))
        document.paragraphs[0]._p.get_or_add_pPr().append(ends)
        document.paragraphs[1]._p.getparent().remove(document.paragraphs[1]._p)

    path = template(tmp_path, change=two_sections)
    package = built(path)
    ending = [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in package.body.findall(f"{W}p")
        if p.find(f"{W}pPr/{W}sectPr") is not None
    ]
    assert ending == ["Noch hat niemand mitgezeichnet."]
    margins = [m.get(f"{W}left") for m in package.body.iter(f"{W}pgMar")]
    assert margins == ["2835", "1134"]


def test_a_header_inherited_from_a_dropped_section_stays(tmp_path: Path) -> None:
    def two_sections(document: Opened) -> None:
        document.add_section(WD_SECTION.NEW_PAGE)

    path = template(tmp_path, "Deckblatt", change=two_sections)
    document = Document(BytesIO(docx_bytes(draft(), rules(), template=path)))
    assert [s.header.paragraphs[0].text for s in document.sections] == ["Haus Süderland"]
    assert [s.footer.paragraphs[0].text for s in document.sections] == ["Fußzeile des Hauses"]
    assert built(path).body.find(f"{W}p/{W}pPr/{W}sectPr") is None


def with_notes(document: Opened) -> None:
    """Footnotes as an older Word wrote them: separators 0 and 1, one note, one nobody refers to."""
    notes = parse_xml(
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/>'
        "</w:r></w:p></w:footnote>"
        '<w:footnote w:id="2"><w:p><w:r><w:t>Note des Hauses</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:t>verwaist</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    from lxml import etree

    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        etree.tostring(notes),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    told = parse_xml(
        f'<w:footnotePr {nsdecls("w")}><w:numFmt w:val="lowerLetter"/><w:numRestart '
        'w:val="eachPage"/><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>'
    )
    document.settings.element.insert_element_before(told, "w:compat")
    run = document.paragraphs[0].add_run()
    run._r.append(OxmlElement("w:footnoteReference", attrs={qn("w:id"): "2"}))


def test_notes_of_the_template_are_kept_and_counted_with_its_text(tmp_path: Path) -> None:
    package = built(template(tmp_path, "Der Direktor", "{{entwurf}}", change=with_notes))
    notes = package.notes()
    assert len(notes) == 4
    assert notes[0] == "Note des Hauses"
    assert notes[2].endswith("„Viele Gäste kommen mit der Bahn.“; siehe auch Fn. 2.")
    assert notes[3] == " Wie Fn. 3."
    told = package.root("word/settings.xml").findall(f"{W}footnotePr")
    assert [[child.tag.removeprefix(W) for child in one] for one in told] == [["footnote"] * 2]


def test_notes_of_the_template_go_with_its_text(tmp_path: Path) -> None:
    package = built(template(tmp_path, "Der Direktor", change=with_notes))
    assert len(package.notes()) == 3
    assert package.notes()[2:] == [" Wie Fn. 2."]
    assert b"verwaist" not in package.parts["word/footnotes.xml"]


def with_links(document: Opened) -> None:
    part = document.part
    link = part.relate_to("https://fremd.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t> im Netz</w:t></w:r>'
            "</w:hyperlink>"
        )
    )
    attached = part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).relate_to(
        FOREIGN, ATTACHED, is_external=True
    )
    document.settings.element.insert(
        0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{attached}"/>')
    )


def test_links_of_the_template_become_words(tmp_path: Path) -> None:
    package = built(template(tmp_path, "Siehe", "{{entwurf}}", change=with_links))
    assert texts(package)[0] == "Siehe im Netz"
    assert b"fremd.example" not in b"".join(package.parts.values())
    assert b"attachedTemplate" not in package.parts["word/settings.xml"]


def with_split_field(document: Opened) -> None:
    """Instructions in two runs, as Word leaves them after a spell check."""
    paragraph = document.sections[0].header.paragraphs[0]._p
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> INCLUDE</w:instrText>',
        '<w:instrText xml:space="preserve">PICTURE "https://fremd.example/b.png"</w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))


def with_linked_picture(document: Opened) -> None:
    there = document.part.relate_to(FOREIGN, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w", "a", "r")}><w:drawing><a:blip r:link="{there}"/></w:drawing></w:r>'
        )
    )


def with_marker_in_table(document: Opened) -> None:
    document.add_table(1, 1).cell(0, 0).text = "{{entwurf}}"


@pytest.mark.parametrize(
    ("paragraphs", "change", "why"),
    [
        (
            ("{{entwurf}}", "{{entwurf}}"),
            None,
            "Die Marke {{entwurf}} steht mehrmals darin.",
        ),
        (
            ("Hier: {{entwurf}}",),
            None,
            "Die Marke {{entwurf}} muss allein in einem Absatz stehen, nicht in einer Tabelle oder "
            "neben anderem Text.",
        ),
        (
            ("Text",),
            with_marker_in_table,
            "Die Marke {{entwurf}} muss allein in einem Absatz stehen, nicht in einer Tabelle oder "
            "neben anderem Text.",
        ),
        (
            ("{{entwurf}}",),
            with_split_field,
            "Ein Feld darin lädt fremde Inhalte nach. Bitte das Feld entfernen.",
        ),
        (
            ("{{entwurf}}",),
            with_linked_picture,
            "Ein Bild oder Objekt darin liegt außerhalb der Datei. Bitte einbetten.",
        ),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path,
    paragraphs: tuple[str, ...],
    change: Callable[[Opened], None] | None,
    why: str,
) -> None:
    assert refusal(template(tmp_path, *paragraphs, change=change)) == of_house(why)


def test_a_linked_picture_in_text_that_goes_is_no_obstacle(tmp_path: Path) -> None:
    package = built(template(tmp_path, "Mustertext", change=with_linked_picture))
    assert b"fremd.example" not in b"".join(package.parts.values())


@pytest.mark.parametrize("content", [b"", b"kein DOCX", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_docx_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "haus.docx"
    path.write_bytes(content)
    assert refusal(path) == NOT_READABLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"),
        (b"<w:body>", b"<w:body"),
    ],
)
def test_a_dotx_and_a_broken_part_are_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    good = template(tmp_path, "Text").read_bytes()
    path = tmp_path / "haus.docx"
    changed = 0
    with ZipFile(BytesIO(good)) as parts, ZipFile(path, "w") as package:
        for name in parts.namelist():
            content = parts.read(name)
            changed += content.count(old)
            package.writestr(name, content.replace(old, new))
    assert changed == 1
    assert refusal(path) == NOT_READABLE


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "haus.docx") == of_house(
        "Sie lässt sich nicht öffnen (No such file or directory)."
    )


def test_a_template_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = template(tmp_path, "Text")
    with (
        ZipFile(path, "a", 8, compresslevel=1) as package,
        package.open("word/media/a.bin", "w") as bomb,
    ):
        for _ in range(129):
            bomb.write(bytes(1 << 20))
    assert refusal(path) == of_house("Entpackt ist sie größer als 128 MiB.")


def test_a_template_without_our_styles_gets_them(tmp_path: Path) -> None:
    def bare(document: Opened) -> None:
        for name in ("Title", "Heading 1", "Table Grid"):
            document.styles[name].delete()
        for child in list(document.styles.element.findall(qn("w:docDefaults"))):
            document.styles.element.remove(child)

    package = built(template(tmp_path, "Text", change=bare))
    styles = {s.get(f"{W}styleId"): s for s in package.root("word/styles.xml").iter(f"{W}style")}
    level = styles["Heading1"].find(f"{W}pPr/{W}outlineLvl")
    assert level is not None
    assert level.get(f"{W}val") == "0"
    assert {style for style, _ in package.paragraphs()} == {
        "AktenkundigHinweis",
        "Title",
        "Heading1",
        "Heading2",
        "",
    }
    used = {t.get(f"{W}val") for t in package.body.iter(f"{W}tblStyle")}
    assert used == {"AktenkundigGitter"}
    language = package.root("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == "de-DE"


def test_a_mandant_may_say_what_the_label_looks_like(tmp_path: Path) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    def own_label(document: Opened) -> None:
        style = document.styles.add_style("Aktenkundig Hinweis", WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(8)

    path = template(tmp_path, "Text", change=own_label)
    document = Document(BytesIO(docx_bytes(draft(), rules(), template=path)))
    label = document.paragraphs[0].style
    assert label is not None
    assert (label.name, label.font.size, label.font.bold) == ("Aktenkundig Hinweis", Pt(8), None)


def test_a_break_of_the_templates_text_is_not_ours(tmp_path: Path) -> None:
    def broken(document: Opened) -> None:
        document.paragraphs[0].add_run().add_break(WD_BREAK.PAGE)

    package = built(template(tmp_path, "Deckblatt", "{{entwurf}}", change=broken))
    assert [b.get(f"{W}type") for b in package.body.iter(f"{W}br")] == ["page"]


def test_the_same_template_gives_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, "Der Direktor", "{{entwurf}}", change=with_notes)
    assert docx_bytes(draft(), rules(), template=path) == docx_bytes(
        draft(), rules(), template=path
    )


def test_an_earlier_draft_can_serve_as_the_template_of_the_next(tmp_path: Path) -> None:
    earlier = Document(BytesIO(docx_bytes(draft(), rules())))
    earlier.add_paragraph("{{entwurf}}")
    path = tmp_path / "haus.docx"
    earlier.save(str(path))
    package = built(path)
    assert package.notes()[2] == " Wie Fn. 2."
    assert package.notes()[5:] == [" Wie Fn. 5."]
    assert sorted(f for f in package.fields() if f.startswith("NOTEREF")) == [
        "NOTEREF _Beleg1 \\h",
        "NOTEREF _Beleg1n \\h",
        "NOTEREF _Beleg2 \\h",
        "NOTEREF _Beleg2n \\h",
    ]
    styles = package.parts["word/styles.xml"].decode()
    assert styles.count('w:val="Aktenkundig Hinweis"') == 1


def test_fields_are_filled_wherever_word_has_cut_them(tmp_path: Path) -> None:
    def with_fields(document: Opened) -> None:
        document.sections[0].header.paragraphs[0].text = "{{mandant}} ({{kurz}})"
        cell = document.add_table(1, 2).rows[0].cells
        cell[0].text = "Datum"
        for piece in ("am {", "{ dat", "um }", "} in {{schutzstufe}}er Sitzung"):
            cell[1].paragraphs[0].add_run(piece)

    path = template(tmp_path, "Vorlage: {{Titel}}, {{bearbeitung}}", "{{ entwurf }}")
    document = Document(str(path))
    with_fields(document)
    document.save(str(path))
    entwurf = draft(titel="{{datum}} Räder")
    opened = Document(BytesIO(docx_bytes(entwurf, rules(), template=path)))
    assert opened.paragraphs[0].text == "Vorlage: {{datum}} Räder, M. Muster, Dezernat 9"
    assert opened.sections[0].header.paragraphs[0].text == "Landschaftsverband Süderland (LVS)"
    cells = [cell.text for table in opened.tables for cell in table.rows[0].cells]
    assert "am 05.03.2026 in öffentlicher Sitzung" in cells
    assert [p.text for p in opened.paragraphs if p.style and p.style.name == "Title"] == []


def test_a_field_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    why = refusal(template(tmp_path, "{{nummer}}", "{{entwurf}}"))
    assert why == of_house(
        "Das Feld {{nummer}} gibt es nicht. Möglich sind: {{entwurf}}, {{titel}}, {{datum}}, "
        "{{mandant}}, {{kurz}}, {{bearbeitung}}, {{schutzstufe}}."
    )


def test_fields_without_a_place_for_the_draft_are_refused(tmp_path: Path) -> None:
    why = refusal(template(tmp_path, "Vorlage {{titel}}"))
    assert why.startswith(of_house("Ihr Text hat Felder, aber keine Marke {{entwurf}}."))


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.mark.parametrize("described", [True, False])
def test_a_picture_says_what_it_shows_or_is_refused(tmp_path: Path, described: bool) -> None:
    def with_picture(document: Opened) -> None:
        run = document.sections[0].header.paragraphs[0].add_run()
        run.add_picture(BytesIO(PIXEL), width=Cm(1))
        shown = next(run._r.iter(qn("wp:docPr")))
        shown.set("name", "Signet")
        if described:
            shown.set("descr", "Signet des Verbandes")

    path = template(tmp_path, "{{entwurf}}", change=with_picture)
    if described:
        header = next(name for name in built(path).parts if name.startswith("word/header"))
        assert b'descr="Signet des Verbandes"' in built(path).parts[header]
        return
    assert refusal(path) == of_house(
        "Das Bild »Signet« hat keinen Alternativtext. Bitte in Word unter »Alternativtext "
        "anzeigen« beschreiben, was es zeigt, oder es als dekorativ kennzeichnen."
    )
