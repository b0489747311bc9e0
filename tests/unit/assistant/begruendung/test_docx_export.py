"""A draft as a file of Word: opened again, taken apart, and compared with what went in."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.begruendung.docx_export import docx_bytes, write_docx
from assistant.begruendung.docx_text import printable
from assistant.begruendung.types import Absatz, Herkunft
from assistant.errors import InputInvalid
from index.types import Schutzstufe
from tests.unit.assistant.begruendung.drafted import (
    BAHN,
    GESAMTKOSTEN,
    ZIELRICHTUNG,
    Package,
    W,
    citation,
    draft,
    rules,
)

LABEL = (
    "Entwurf, maschinell zusammengestellt am 05.03.2026 aus den unten genannten Quellen; ungeprüft."
)
ZUSTAENDIG = [
    "federführendes Dezernat",
    "Rechtsamt",
    "Kämmerei",
    "Stabsstelle Inklusion",
    "Gleichstellungsbeauftragte",
    "Klimaschutzmanagement",
    "Datenschutzbeauftragte",
    "Gremienbüro",
]


@pytest.fixture(scope="module")
def package() -> Package:
    return Package.of(docx_bytes(draft(), rules()))


def test_the_package_has_nothing_that_word_would_repair(package: Package) -> None:
    assert package.faults() == []


def test_every_paragraph_says_where_it_comes_from(package: Package) -> None:
    text = [
        ("AktenkundigHinweis", f"{LABEL} Sprachmodell: probe-1."),
        ("Title", "Leihräder an weiteren Museen"),
        ("Heading1", "Beschlussvorschlag"),
        ("", "Die Verwaltung stellt Leihräder bereit. (Angabe der Bearbeitung)"),
        ("Heading1", "Sachverhalt"),
        ("", "Der Ausschuss hat am 02.03.2023 zugestimmt.^1"),
        ("", "Gäste kommen mit der Bahn.^2"),
        ("", "Zwei Sitzungen lagen dazwischen. (abgeleitet)^3"),
        ("Heading1", "Finanzielle und personelle Auswirkungen"),
        ("", GESAMTKOSTEN),
        ("Heading1", "Inklusion"),
        ("", f"Alles ist zugänglich. {ZIELRICHTUNG} (Angabe der Bearbeitung)"),
        ("Heading1", "Offene Punkte"),
        ("", "Diese Angaben fehlen im Entwurf oder sind zu prüfen."),
        ("Heading1", "Mitzeichnung"),
        ("", "Noch hat niemand mitgezeichnet."),
        ("Heading1", "Quellenblatt"),
        ("", "So ist der Entwurf entstanden."),
        ("", "Jedes Zitat ist aus seiner Quelle ausgeschnitten."),
        ("Heading2", "Antrag Nr. 15/70 vom 10.01.2023, Begründung (Dokument 111111111111)"),
        (
            "Heading2",
            "Niederschrift über die 19. Sitzung am 02.03.2023, TOP 4.2 (Dokument 222222222222)",
        ),
        ("", "„Dokument“ nennt die ersten 12 Zeichen der Prüfsumme (SHA-256) der Datei."),
    ]
    assert package.paragraphs() == text


def test_a_footnote_gives_place_and_quote_and_the_second_time_the_first_note(
    package: Package,
) -> None:
    assert package.notes() == [
        " Niederschrift über die 19. Sitzung am 02.03.2023, TOP 4.2, S. 7: „Der Landschaftsausschuss "
        "beschließt einstimmig entsprechend dem Vorschlag.“",
        " Antrag Nr. 15/70 vom 10.01.2023, Begründung, S. 2: „Viele Gäste kommen mit der Bahn.“; "
        "siehe auch Fn. 1.",
        " Wie Fn. 2.",
    ]
    assert sorted(package.fields()) == [
        "NOTEREF _Beleg1 \\h",
        "NOTEREF _Beleg2 \\h",
        "NUMPAGES",
        "PAGE",
    ]
    marked = {
        start.get(f"{W}name"): mark.get(f"{W}id")
        for start in package.body.iter(f"{W}bookmarkStart")
        for run in [start.getnext()]
        if run is not None
        for mark in run.iter(f"{W}footnoteReference")
    }
    assert marked == {"_Beleg1": "1", "_Beleg2": "2"}


def test_several_places_of_one_paper_stand_in_one_note_and_name_it_once() -> None:
    head = "Antrag Nr. 15/70 vom 10.01.2023"
    cited = tuple(
        replace(citation(1, f"{head}, {place}", quote), number=number)
        for number, place, quote in (
            (1, "Kopf", "Antrag Nr. 15/70"),
            (2, "Begründung, S. 2", BAHN),
            (3, "Begründung, S. 3", "Räder fehlen."),
        )
    )
    other = citation(4, "Vorlage Nr. 15/71 vom 01.02.2023, Kopf", "Vorlage Nr. 15/71")
    entwurf = draft(
        (
            "anlass",
            (
                Absatz("Erstens.", Herkunft.BELEGT, (1, 2)),
                Absatz("Zweitens.", Herkunft.BELEGT, (3,)),
                Absatz("Drittens.", Herkunft.BELEGT, (4, 1, 3, 2)),
            ),
        ),
        citations=(*cited, other),
    )
    package = Package.of(docx_bytes(entwurf, rules()))
    assert package.faults() == []
    assert package.notes() == [
        f" {head}, Kopf: „Antrag Nr. 15/70“; ebd., Begründung, S. 2: „{BAHN}“",
        f" {head}, Begründung, S. 3: „Räder fehlen.“",
        " Vorlage Nr. 15/71 vom 01.02.2023, Kopf: „Vorlage Nr. 15/71“; siehe auch Fn. 1 und 2.",
    ]


def test_separators_come_first_and_the_settings_name_them(package: Package) -> None:
    notes = [(n.get(f"{W}type"), n.get(f"{W}id")) for n in package.root("word/footnotes.xml")]
    assert notes == [
        ("separator", "-1"),
        ("continuationSeparator", "0"),
        *((None, str(number)) for number in range(1, 4)),
    ]
    order = [child.tag.removeprefix(W) for child in package.root("word/settings.xml")]
    assert order.index("footnotePr") + 1 == order.index("compat")
    styles = {
        s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for s in package.root("word/styles.xml").iter(f"{W}style")
    }
    assert styles["FootnoteText"] == "footnote text"
    assert styles["FootnoteReference"] == "footnote reference"
    typed = package.parts["[Content_Types].xml"].decode()
    assert typed.count('PartName="/word/footnotes.xml"') == 1


def test_only_placeholders_are_bold_and_highlighted(package: Package) -> None:
    loud = [
        "".join(t.text or "" for t in run.iter(f"{W}t"))
        for paragraph in package.body.findall(f"{W}p")
        for run in paragraph.findall(f"{W}r")
        if run.find(f"{W}rPr/{W}highlight") is not None and run.find(f"{W}rPr/{W}b") is not None
    ]
    assert loud == [GESAMTKOSTEN, ZIELRICHTUNG]
    assert len(list(package.body.iter(f"{W}highlight"))) == 2


def test_the_tables_have_their_rows_and_a_heading_that_repeats(package: Package) -> None:
    assert package.tables() == {
        "Offene Punkte des Entwurfs": [
            ["Nr.", "Offene Angabe", "Erledigt (Datum, Name)"],
            ["1", GESAMTKOSTEN, ""],
            ["2", ZIELRICHTUNG, ""],
        ],
        "Mitzeichnung": [
            ["Stelle", "Name", "Datum", "Vermerk"],
            *([who, "", "", ""] for who in ZUSTAENDIG),
        ],
        "Entstehung des Entwurfs": [
            ["Angabe", "Wert"],
            ["Tag", "05.03.2026"],
            ["Bearbeitung", "M. Muster, Dezernat 9"],
            ["Indexgeneration", "4"],
            ["Sprachmodell", "probe-1"],
        ],
        "Zitate aus: Antrag Nr. 15/70 vom 10.01.2023, Begründung": [
            ["Nr.", "Stelle", "Zitat"],
            ["1", "S. 2", f"„{BAHN}“"],
        ],
        "Zitate aus: Niederschrift über die 19. Sitzung am 02.03.2023, TOP 4.2": [
            ["Nr.", "Stelle", "Zitat"],
            [
                "2",
                "S. 7",
                "„Der Landschaftsausschuss beschließt einstimmig entsprechend dem Vorschlag.“",
            ],
        ],
    }
    for table in package.body.findall(f"{W}tbl"):
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads == [True] + [False] * (len(heads) - 1)
        widths = [int(g.get(f"{W}w", "")) for g in table.iter(f"{W}gridCol")]
        total = table.find(f"{W}tblPr/{W}tblW")
        assert total is not None
        assert abs(sum(widths) - int(total.get(f"{W}w", ""))) <= len(widths)
        assert abs(sum(widths) - 9072) <= 4  # 16 cm between the margins of an A4 sheet


def test_the_annex_begins_a_page_and_no_other_heading_does(package: Package) -> None:
    breaking = [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in package.body.findall(f"{W}p")
        if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert breaking == ["Quellenblatt"]


def test_the_file_is_german_and_says_who_and_what() -> None:
    document = Document(BytesIO(docx_bytes(draft(), rules())))
    about = document.core_properties
    assert (about.title, about.author, about.language) == (
        "Leihräder an weiteren Museen",
        "M. Muster, Dezernat 9",
        "de-DE",
    )
    assert about.created is not None
    assert f"{about.created:%d.%m.%Y %H:%M}" == "05.03.2026 00:00"
    assert about.comments == "Entwurf, maschinell zusammengestellt; ungeprüft."
    styles = document.styles.element
    languages = {e.get(f"{W}val") for e in styles.iter(f"{W}lang")}
    assert languages == {"de-DE"}
    assert len(list(styles.iter(f"{W}lang"))) == 2
    section = document.sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Landschaftsverband Süderland"]
    footer = section.footer.paragraphs[0]._p
    assert "".join(t.text or "" for t in footer.iter(f"{W}t")) == "Seite 1 von 1"
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)  # type: ignore[union-attr]


def test_a_closed_draft_says_so_and_no_model_is_said_too() -> None:
    closed = draft(schutz=Schutzstufe.NICHTOEFFENTLICH, generator_id=None, offen=())
    package = Package.of(docx_bytes(closed, rules()))
    assert package.faults() == []
    assert package.paragraphs()[:3] == [
        ("AktenkundigHinweis", f"{LABEL} Ohne Sprachmodell."),
        (
            "AktenkundigSchutzstufe",
            "Schutzstufe: nichtöffentlich. Nicht in öffentliche Unterlagen übernehmen.",
        ),
        ("Title", "Leihräder an weiteren Museen"),
    ]
    assert ("", "Im Entwurf ist kein Platzhalter offen.") in package.paragraphs()
    assert package.tables()["Entstehung des Entwurfs"][-1] == ["Sprachmodell", "ohne Sprachmodell"]
    assert "Offene Punkte des Entwurfs" not in package.tables()


def test_a_draft_without_sources_title_or_signatures_is_whole() -> None:
    bare = draft(
        ("anlass", (Absatz("Wir möchten das.", Herkunft.EIGEN), Absatz(" \n", Herkunft.EIGEN))),
        citations=(),
        titel=" ",
    )
    package = Package.of(docx_bytes(bare, replace(rules(), abschnitte=(), name="")))
    assert package.faults() == []
    assert package.paragraphs()[1:4] == [
        ("Title", "Entwurf ohne Titel"),
        ("Heading1", "Anlass"),
        ("", "Wir möchten das. (Angabe der Bearbeitung)"),
    ]
    assert package.notes() == []
    assert [
        text
        for _, text in package.paragraphs()
        if text
        in (
            "Die Hausregeln nennen keine Stelle, die mitzeichnet.",
            "Der Entwurf zitiert keine Quelle.",
        )
    ] == [
        "Die Hausregeln nennen keine Stelle, die mitzeichnet.",
        "Der Entwurf zitiert keine Quelle.",
    ]
    header = Document(BytesIO(docx_bytes(bare, replace(rules(), name="")))).sections[0].header
    assert header.paragraphs[0].text == "lvs"


def test_a_placeholder_without_brackets_gets_them() -> None:
    entwurf = draft(
        ("anlass", (Absatz("Kosten klären", Herkunft.PLATZHALTER),)),
        ("sachverhalt", (Absatz("Es gilt [Angabe fehlt: der [neue] Wert] hier.", Herkunft.EIGEN),)),
        ("zeitplan", (Absatz("Das Zitat […] ist [so] gekürzt.", Herkunft.BELEGT, (1,)),)),
        offen=(),
    )
    package = Package.of(docx_bytes(entwurf, rules()))
    assert [text for style, text in package.paragraphs() if style == ""][:3] == [
        "[Kosten klären]",
        "Es gilt [Angabe fehlt: der [neue] Wert] hier. (Angabe der Bearbeitung)",
        "Das Zitat […] ist [so] gekürzt.^1",
    ]
    loud = [
        run for run in package.body.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None
    ]
    assert ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in loud] == [
        "[Kosten klären]",
        "[Angabe fehlt: der [neue] Wert]",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "{ HYPERLINK http://fremd.example } und =SUMME(A1)",
        "<w:fldSimple w:instr='PAGE'/> & ]]> &#0; &amp;",
        "{{entwurf}} {% raw %} https://fremd.example",
        "a\x00b\x07c\ud800d\ufffee\x1bf",
        "\x13 INCLUDEPICTURE x \x15",
    ],
)
def test_a_quote_is_characters_and_nothing_else(quote: str) -> None:
    entwurf = draft(
        ("anlass", (Absatz(quote, Herkunft.BELEGT, (1, 2)),)),
        citations=(citation(1, quote, quote), citation(2, "Antrag", BAHN)),
        titel=quote,
        offen=(quote,),
    )
    package = Package.of(docx_bytes(entwurf, rules()))
    kept = "".join(c for c in quote if c not in "\x00\x07\ud800\ufffe\x1b\x13\x15").strip()
    assert package.faults() == []
    assert sorted(package.fields()) == ["NUMPAGES", "PAGE"]
    assert package.paragraphs()[1] == ("Title", kept)
    assert package.paragraphs()[3] == ("", f"{kept}^1")
    assert package.notes() == [f" {kept}; Antrag: „{BAHN}“"]
    assert [kept, f"„{kept}“"] in [
        row[1:] for name, rows in package.tables().items() if "Zitate aus" in name for row in rows
    ]
    assert package.tables()["Offene Punkte des Entwurfs"][1][1] == kept


@settings(max_examples=10, deadline=None)
@given(text=st.text(), quote=st.text())
def test_any_text_gives_a_file_that_opens(text: str, quote: str) -> None:
    entwurf = draft(
        ("anlass", (Absatz(text, Herkunft.EIGEN), Absatz("Gut.", Herkunft.BELEGT, (1,)))),
        citations=(citation(1, quote, quote),),
        titel=text,
    )
    content = docx_bytes(entwurf, rules())
    assert Package.of(content).faults() == []
    assert len(Document(BytesIO(content)).paragraphs) == 13 + bool(printable(text))


def test_lines_of_a_paragraph_stay_lines_and_breaks_of_pages_go() -> None:
    entwurf = draft(
        ("anlass", (Absatz("eins\r\nzwei\x0cdrei\n\n vier\n", Herkunft.EIGEN),)), offen=()
    )
    paragraph = Document(BytesIO(docx_bytes(entwurf, rules()))).paragraphs[3]
    assert paragraph.text == "eins\nzwei\ndrei\n vier (Angabe der Bearbeitung)"


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert docx_bytes(draft(), rules()) == docx_bytes(draft(), rules())


def test_a_file_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "entwurf.docx"
    write_docx(draft(), rules(), path)
    assert path.read_bytes() == docx_bytes(draft(), rules())
    path.write_bytes(b"bearbeitet")
    with pytest.raises(InputInvalid) as refused:
        write_docx(draft(), rules(), path)
    assert str(refused.value) == f"Die Datei »{path}« gibt es schon; sie bleibt unverändert."
    assert path.read_bytes() == b"bearbeitet"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputInvalid, match="lässt sich nicht schreiben"):
        write_docx(draft(), rules(), tmp_path / "fehlt" / "entwurf.docx")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    path = tmp_path / "entwurf.docx"
    with pytest.raises(InputInvalid) as refused:
        write_docx(draft(), rules(), path)
    assert str(refused.value) == (f"»{path}« lässt sich nicht schreiben: No space left on device.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("citations", "message"),
    [
        ((3,), "a paragraph names a citation that the draft does not have"),
        ((), "a carried paragraph names no citation"),
    ],
)
def test_a_carried_paragraph_without_its_quote_is_not_written(
    tmp_path: Path, citations: tuple[int, ...], message: str
) -> None:
    entwurf = draft(("anlass", (Absatz("Das ist so.", Herkunft.BELEGT, citations),)))
    with pytest.raises(ValueError, match=f"^{message}$"):
        write_docx(entwurf, rules(), tmp_path / "entwurf.docx")
    assert list(tmp_path.iterdir()) == []


def test_points_are_a_list_for_word_and_their_note_stands_at_the_last() -> None:
    said = "Dafür ist erfasst:\n– „Viele Gäste kommen mit der Bahn.“\n– „Räder fehlen.“"
    entwurf = draft(("anlass", (Absatz(said, Herkunft.BELEGT, (1,)),)))
    document = Document(BytesIO(docx_bytes(entwurf, rules())))
    lead, first, last = [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.text.startswith(("Dafür", "„Viele", "„Räder"))
    ]
    assert [p.style.name if p.style else "" for p in (lead, first, last)] == [
        "Normal",
        "List Bullet",
        "List Bullet",
    ]
    assert [bool(p._p.findall(f".//{W}footnoteReference")) for p in (lead, first, last)] == [
        False,
        False,
        True,
    ]


def test_points_without_words_before_them_leave_no_empty_paragraph() -> None:
    entwurf = draft(("anlass", (Absatz("– Eins.\n– Zwei.", Herkunft.EIGEN),)))
    document = Document(BytesIO(docx_bytes(entwurf, rules())))
    texts = [paragraph.text for paragraph in document.paragraphs]
    at = texts.index("Eins.")
    assert texts[at - 1] == "Anlass"
    assert texts[at + 1].startswith("Zwei.")
