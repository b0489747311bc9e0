from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index import visibility
from index.types import (
    Cell,
    Checkbox,
    CheckState,
    Document,
    Geltung,
    Inkrafttreten,
    Kopfdaten,
    Passage,
    Provision,
    Reading,
    Row,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    Table,
)
from index.visibility import Run

OFFEN = Schutzstufe.OEFFENTLICH
ZU = Schutzstufe.NICHTOEFFENTLICH
PUBLIC = frozenset({OFFEN})
TEXT = "Kopf der Sitzung. Radweg wird gebaut. Personalsache Ahorn. Radweg ist lang."


def section(start: int, end: int, stufe: Schutzstufe, level: int = 1) -> Section:
    return Section(SectionKind.TOP, "Teil", level, Span(start, end), Span(start, start), stufe)


def document(*sections: Section, stufe: Schutzstufe = ZU, title: str = "Radweg") -> Document:
    return Document(
        "a" * 64, "lvs", "a.txt", "text/plain", title, TEXT, (), sections, Kopfdaten(), stufe
    )


def passage(start: int, end: int, stufe: Schutzstufe) -> Passage:
    text = TEXT[start:end]
    return Passage("a:0", "a" * 64, 0, Span(start, end), text, (), None, stufe)


places = st.integers(0, len(TEXT))
ranges = st.tuples(places, places).map(lambda pair: (min(pair), max(pair)))
stufen = st.sampled_from(Schutzstufe)
parts = st.lists(st.tuples(ranges, stufen, st.integers(1, 3)), max_size=5)


@given(parts, stufen, st.lists(st.tuples(ranges, stufen), max_size=3))
def test_runs_cover_the_text_and_veils_keep_its_length(
    drawn: list[tuple[tuple[int, int], Schutzstufe, int]],
    stufe: Schutzstufe,
    pieces: list[tuple[tuple[int, int], Schutzstufe]],
) -> None:
    sections = [section(*place, level, depth) for place, level, depth in drawn]
    whole = document(*sections, stufe=stufe)
    passages = [passage(*place, level) for place, level in pieces]
    runs = visibility.paint(whole, passages)
    assert "".join(run.span.cut(TEXT) for run in runs) == TEXT
    seen = visibility.veil(whole, runs, visibility.title_stufe(whole, runs), PUBLIC)
    assert len(seen.text) == len(TEXT)
    for run in runs:
        shown = run.span.cut(seen.text)
        assert shown == (run.span.cut(TEXT) if run.stufe is OFFEN else " " * len(run.span))
    everything = visibility.veil(whole, runs, ZU, frozenset(Schutzstufe))
    assert everything == whole


@given(ranges, ranges)
def test_a_closed_section_is_closed_for_every_passage_in_it(
    closed: tuple[int, int], place: tuple[int, int]
) -> None:
    whole = document(section(*closed, ZU), stufe=OFFEN)
    part = passage(*place, OFFEN)
    touched = TEXT[max(closed[0], place[0]) : min(closed[1], place[1])].strip()
    expected = ZU if touched else OFFEN
    assert visibility.passage_stufe(whole, part) is expected


def test_the_deepest_section_decides() -> None:
    whole = document(section(0, len(TEXT), ZU), section(18, 37, OFFEN, level=2))
    seen = visibility.veil(whole, visibility.paint(whole, ()), OFFEN, PUBLIC)
    assert seen.text.strip() == "Radweg wird gebaut."
    assert [part.level for part in seen.sections] == [2]


def test_text_outside_sections_is_as_open_as_the_passage_on_it() -> None:
    whole = document()
    runs = visibility.paint(whole, [passage(18, 37, OFFEN)])
    assert [run.stufe for run in runs] == [ZU, OFFEN, ZU]


def test_a_title_is_shown_where_its_words_may_be_read() -> None:
    parts_ = (section(0, 38, OFFEN), section(38, 58, ZU), section(58, len(TEXT), OFFEN))
    for title, stufe in (("Radweg gebaut", OFFEN), ("Ahorn", ZU), ("Radweg Ahorn", ZU)):
        whole = document(*parts_, title=title)
        assert visibility.title_stufe(whole, visibility.paint(whole, ())) is stufe


def test_a_hidden_title_is_replaced_by_visible_header_fields() -> None:
    kopfdaten = Kopfdaten(art=Reading("Niederschrift", Span(0, 4)))
    runs = (Run(Span(0, 38), OFFEN), Run(Span(38, len(TEXT)), ZU))
    whole = replace(document(title="Ahorn"), kopfdaten=kopfdaten)
    assert visibility.veil(whole, runs, ZU, PUBLIC).title == "Niederschrift"
    hidden = replace(kopfdaten, art=Reading("Niederschrift", Span(40, 50)))
    whole = replace(whole, kopfdaten=hidden)
    assert visibility.veil(whole, runs, ZU, PUBLIC).title == visibility.UNTITLED


def test_a_span_is_as_closed_as_its_most_closed_sign() -> None:
    runs = (Run(Span(0, 10), OFFEN), Run(Span(10, 20), ZU))
    assert visibility.span_stufe(Span(0, 10), runs) is OFFEN
    assert visibility.span_stufe(Span(0, 11), runs) is ZU
    assert visibility.span_stufe(Span(5, 5), runs) is OFFEN
    assert visibility.span_stufe(Span(10, 10), runs) is ZU
    assert visibility.span_stufe(Span(20, 20), runs) is ZU


def test_a_table_is_seen_only_where_all_that_heads_it_is() -> None:
    runs = (Run(Span(0, 38), OFFEN), Run(Span(38, len(TEXT)), ZU))
    row = Row(Span(10, 20), (Span(10, 12),), (Cell(Span(14, 16), 1),))
    open_table = Table(Span(5, 20), None, ((), ()), (Span(5, 9),), (row,))
    closed_caption = replace(open_table, caption=Span(40, 45))
    unit = Cell(Span(14, 16), 1, Reading("T€", Span(50, 52)))
    closed_unit = replace(open_table, rows=(replace(row, cells=(unit,)),))
    whole = replace(document(stufe=OFFEN), tables=(open_table, closed_caption, closed_unit))
    assert visibility.veil(whole, runs, OFFEN, PUBLIC).tables == (open_table,)


def test_provisions_days_and_boxes_of_closed_text_are_not_seen() -> None:
    runs = (Run(Span(0, 38), OFFEN), Run(Span(38, len(TEXT)), ZU))
    inside, closed = Span(2, 8), Span(40, 45)
    rules = (Inkrafttreten(None, inside), Inkrafttreten(None, closed))
    day = Reading(date(2024, 1, 2), closed)
    boxes = tuple(Checkbox(inside, span, CheckState.LEER) for span in (inside, closed))
    provisions = tuple(Provision("§ 1", "", span, ()) for span in (inside, closed))
    whole = replace(
        document(stufe=OFFEN),
        provisions=provisions,
        geltung=Geltung(day, None, rules),
        checkboxes=boxes,
    )
    seen = visibility.veil(whole, runs, OFFEN, PUBLIC)
    assert seen.provisions == provisions[:1] and seen.checkboxes == boxes[:1]
    assert seen.geltung == Geltung(None, None, rules[:1])
