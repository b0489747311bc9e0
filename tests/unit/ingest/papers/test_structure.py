from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.types import Schutzstufe, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.canonical import PlacedBlock
from ingest.papers.structure import read_sections, sections_at
from tests.unit.ingest.paper_texts import ANTRAG, NIEDERSCHRIFT, SATZUNG

OFFEN, ZU = Schutzstufe.OEFFENTLICH, Schutzstufe.NICHTOEFFENTLICH


def kinds(text: str) -> list[str]:
    return [s.kind.value for s in read_sections(text)]


def titles(text: str) -> list[str]:
    return [s.title for s in read_sections(text)]


def test_the_parts_of_a_motion_are_its_sections() -> None:
    assert kinds(ANTRAG) == [
        "kopf",
        "beratungsfolge",
        "tagesordnungspunkt",
        "beschlussvorschlag",
        "ergebnis",
        "begruendung",
        "unterschrift",
    ]


def test_a_text_without_headings_is_one_section() -> None:
    sections = read_sections("Guten Tag.\n\nDas ist ein Brief.\n")
    assert [(s.kind, s.level, s.span) for s in sections] == [(SectionKind.TEXT, 1, Span(0, 30))]
    assert read_sections(" \n ") == ()


def test_a_heading_may_stand_before_its_text_on_one_line() -> None:
    text = "Antrag Nr. 3/4\n\nBegründung: Es regnet hinein."
    section = read_sections(text)[-1]
    assert section.kind is SectionKind.BEGRUENDUNG
    assert section.heading.cut(text) == "Begründung:"


def test_what_nobody_declared_public_is_closed() -> None:
    assert {s.visibility for s in read_sections(ANTRAG)} == {OFFEN}
    silent = ANTRAG.replace("\nöffentlich\n", "\n")
    assert {s.visibility for s in read_sections(silent)} == {ZU}
    closed = ANTRAG.replace("\nöffentlich\n", "\nnichtöffentlich\n")
    assert {s.visibility for s in read_sections(closed)} == {ZU}


def test_a_word_of_the_subject_declares_nothing() -> None:
    text = "Antrag Nr. 3/4\n\nEinsatz in der öffentlichen Verwaltung\n\nBegründung:\n\nDarum."
    assert {s.visibility for s in read_sections(text)} == {ZU}


def test_the_public_part_may_resume_after_the_closed_one() -> None:
    levels = {s.title: s.visibility for s in read_sections(NIEDERSCHRIFT) if s.kind == "top"}
    assert levels == {
        "TOP 1 Eröffnung": OFFEN,
        "TOP 2 Lesesaal für alle": OFFEN,
        "TOP 3 Vergabe der Möbel": ZU,
        "TOP 4 Verschiedenes": OFFEN,
    }


def test_items_below_a_closed_part_stay_closed_down_to_their_sections() -> None:
    sections = read_sections(NIEDERSCHRIFT)
    at = NIEDERSCHRIFT.index("Der Auftrag wird vergeben")
    around = sections_at(sections, Span(at, at + 5))
    assert [s.visibility for s in around] == [ZU, ZU, ZU]
    assert [s.level for s in around] == [1, 2, 3]


def test_the_agenda_alone_tells_which_items_are_closed() -> None:
    text = (
        "Protokoll der Sitzung des Beirats am 1.2.2020\n\nTagesordnung\n\nÖffentlicher Teil\n\n"
        "1. Wege\n\n2. Bäume\n\nNichtöffentlicher Teil\n\n3. Grundstücke\n\n"
        "Zu Punkt 1: Wege\n\nText.\n\nZu Punkt 2: Bäume\n\nText.\n\n"
        "Zu Punkt 3: Grundstücke\n\nText."
    )
    tops = {s.title: s.visibility for s in read_sections(text) if s.kind is SectionKind.TOP}
    assert tops == {"TOP 1 Wege": OFFEN, "TOP 2 Bäume": OFFEN, "TOP 3 Grundstücke": ZU}


def test_a_closed_annex_of_a_public_paper_is_closed() -> None:
    text = "Vorlage Nr. 3/4\n\nöffentlich\n\nBegründung:\n\nA.\n\nNichtöffentliche Anlage:\n\nB."
    sections = read_sections(text)
    assert [(s.kind.value, s.visibility) for s in sections[1:]] == [
        ("begruendung", OFFEN),
        ("anlage", ZU),
    ]


def test_items_without_a_word_before_their_number_are_found_in_order() -> None:
    text = (
        "Niederschrift über die 2. Sitzung des Rates am 1.2.2020\n\n1. Wege\n\n2. Bäume\n\n"
        "1. Wege\n\nDer Rat will:\n\n1. Kies\n2. Sand\n\n2. Bäume\n\nKeine.\n\n2.1 Linden\n\nDoch."
    )
    tops = [s for s in read_sections(text) if s.kind is SectionKind.TOP]
    assert [(s.title, s.level) for s in tops][-2:] == [("TOP 2 Bäume", 1), ("TOP 2.1 Linden", 2)]


def test_a_sentence_about_an_item_is_no_heading() -> None:
    text = "Antrag Nr. 3/4\n\nBegründung:\n\nPunkt 4 der Tagesordnung entfällt.\n\nTOP 5 ist da."
    assert kinds(text) == ["kopf", "begruendung"]


def test_a_statute_has_its_paragraphs() -> None:
    assert titles(SATZUNG) == ["Kopf", "§ 1 Zweck", "§ 2 Gebühren"]


def test_a_table_of_contents_is_not_the_statute() -> None:
    text = "Satzung\n\n§ 1 Zweck\n\n§ 2 Recht\n\n§ 1 Zweck\n\nA.\n\n§ 2 Recht\n\nB."
    assert titles(text) == ["Kopf", "§ 1 Zweck", "§ 2 Recht"]


def test_questions_and_answers_are_sections_of_their_own() -> None:
    text = (
        "Beantwortung der Anfrage Nr. 3/9\n\nFrage 1:\nWie viele?\n\nAntwort:\nDrei.\n\n"
        "Frage 2:\nWann?\n\nAntwort zu Frage 2:\nMorgen."
    )
    assert [(s.kind.value, s.level) for s in read_sections(text)[1:]] == [
        ("frage", 1),
        ("antwort", 2),
        ("frage", 1),
        ("antwort", 2),
    ]


def test_in_a_paper_still_to_be_decided_beschluss_heads_a_proposal() -> None:
    text = "Vorlage Nr. 3/4\n\nBegründung:\n\nA.\n\nBeschluss:\n\nDer Rat beschließt den Bau."
    assert kinds(text) == ["kopf", "begruendung", "beschlussvorschlag"]
    assert kinds("Antrag Nr. 3/4\n\nBeschluss:\n\neinstimmig abgelehnt")[-1] == "ergebnis"


def test_headings_of_the_parser_nest_below_the_known_ones() -> None:
    text = (
        "Vorlage Nr. 3/4\n\nBegründung\n\nAusgangslage\n\nEs ist so.\n\nZiele\n\nSo soll es sein."
    )

    def mark(words: str, level: int) -> PlacedBlock:
        at = text.index(words)
        return PlacedBlock(BlockKind.HEADING, level, Span(at, at + len(words)), None, None)

    blocks = [mark("Vorlage Nr. 3/4", 1), mark("Begründung", 2), mark("Ausgangslage", 3)]
    sections = read_sections(text, [*blocks, mark("Ziele", 3)])
    assert [(s.title, s.level) for s in sections] == [
        ("Kopf", 1),
        ("Begründung", 1),
        ("Ausgangslage", 2),
        ("Ziele", 2),
    ]


LINES = [
    "Öffentlicher Teil", "Nichtöffentlicher Teil", "TOP 1 Wege", "TOP 2.1 Bäume", "Beschluss:",
    "Begründung: Weil es so ist.", "§ 3 Zweck", "Der Rat tagt am 3. Mai.", "- ein Punkt", "",
    "Rat\t03.05.2020\tBeschluss", "Niederschrift über die 3. Sitzung des Rates", "öffentlich",
    "1. Wege", "2. Bäume", "Erika Lenz", "Tagesordnung", "Ergebnis:", "einstimmig abgelehnt",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)


@given(TEXTS)
def test_sections_nest_and_cover_the_text(text: str) -> None:
    sections = read_sections(text)
    tops = [s for s in sections if s.level == 1]
    edges = [0, *(edge for s in tops for edge in (s.span.start, s.span.end)), len(text)]
    assert all(a <= b for a, b in pairwise(edges))
    assert not any(text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))
    for section in sections:
        assert section.span.contains(section.heading) or not len(section.heading)
        if section.level > 1:
            parents = [p for p in sections if p.level == section.level - 1]
            assert any(p.span.contains(section.span) for p in parents)


@given(TEXTS)
def test_nothing_below_a_closed_section_is_open(text: str) -> None:
    sections = read_sections(text)
    for outer in sections:
        if outer.visibility is ZU and outer.kind is not SectionKind.KOPF:
            inner = [s for s in sections if s is not outer and outer.span.contains(s.span)]
            assert all(s.visibility is ZU for s in inner if s.level > outer.level)
