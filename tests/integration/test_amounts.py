"""Amounts out of the tables of the sample corpus and of papers that contradict and replace each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.checking.citations import supported_figures
from assistant.export import as_csv
from assistant.types import Answer, AnswerStatus, Label
from assistant.wire.answers import stamped_answer_wire
from index.store import Store, open_store
from index.types import Access, Schutzstufe
from ingest.pipeline import ingest_paths
from models.embedder import Embedder
from tests.sample_records import FakeEmbedder

BEISPIELE = Path(__file__).resolve().parents[2] / "beispiele"
LVS, LVN = Access.operator("lvs"), Access.operator("lvn")
BOTH = Access(LVS.mandanten | LVN.mandanten, LVS.stufen)
READ = (
    "lvs/wahlperiode-15/haushalt/*",
    "lvs/wahlperiode-1[45]/vorlagen/vorlage-1[45]-[12]*.*",
    "lvs/wahlperiode-15/vorlagen/vorlage-15-780*",
    "lvs/wahlperiode-14/niederschriften/*2016*",
    "lvn/wahlperiode-15/haushalt/*",
)
PLAN = """# Haushaltsplan {year} der Gartenakademie

öffentlich

Datum: 01.12.{before}

## Teilplan Gewächshäuser (Beträge in {unit})

| Position | Ansatz 2023 | Ansatz 2024 | Quote 2024 (%) |
|---|---|---|---|
| Heizung | {heating} | {later} | 12,5 |
| Saatgut | 1 | 2 | 0,5 |
| Wasser | {water} | {water} | 3 |
"""
BOTH_STAGES = """# Haushaltsplan 2025 der Gartenakademie

öffentlich

## Teilplan Teiche (Beträge in €)

| Position | Ansatz 2022 | Ergebnis 2022 | Ansatz 2023 | Ergebnis 2023 |
|---|---|---|---|---|
| Pumpen | 100 | 90 | 120 | 99 |

## Tiefen

| Teich | Tiefe (m) |
|---|---|
| Fischteich | 3 |

## Tiefen im Winter

| Teich | Tiefe (m) |
|---|---|
| Fischteich | 2 |
"""
BEDS = """# Haushaltsplan 2024 der Gartenakademie, Beete

öffentlich

## Teilplan Beete

| Position | Ansatz 2024 |
|---|---|
| Erde | 40 |
| Rosenbeet | 50 |

## Flächen

| Beet | Fläche (m²) |
|---|---|
| Rosenbeet | 70 |
| Tulpenbeet | 30 |
"""
COSTS = """Vorlage Nr. {number}

{publicity}

Datum: {day}

Tagesordnungspunkt:

Seilbahn am Steinbruchmuseum{addition}

Beschlussvorschlag:

{proposal}

Begründung:

Die Seilbahn wird so bezahlt:

| Position | 2024 | 2025 |
|---|---|---|
| Seile | 40.000 € | {ropes} € |
{more}
"""


@dataclass(frozen=True)
class Parts:
    store: Store
    embedder: Embedder
    generator: None = None
    home: Path = Path("ohne-eigene-dateien")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    store, embedder = open_store(tmp_path_factory.mktemp("haushalt")), FakeEmbedder()
    for mandant in ("lvs", "lvn"):
        found = {
            p for pattern in READ if pattern.startswith(mandant) for p in BEISPIELE.glob(pattern)
        }
        assert found
        ingest_paths(sorted(found), store=store, embedder=embedder, mandant=mandant)
    yield Parts(store, embedder)
    store.close()


@pytest.fixture(scope="module")
def contradicting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Two budgets with one Ansatz in two units, and a Vorlage whose ropes a later one prices anew."""
    folder, store = tmp_path_factory.mktemp("akten"), open_store(tmp_path_factory.mktemp("bestand"))
    plans = (("2023", "2022", "€", "90.000", "91.000"), ("2024", "2023", "T€", "95", "97"))
    for year, before, unit, heating, later in plans:
        water = "5.000" if unit == "€" else "5"
        text = PLAN.format(
            year=year, before=before, unit=unit, heating=heating, later=later, water=water
        )
        (folder / f"plan-{year}.md").write_text(text, encoding="utf-8")
    new = "Dieser Beschlussvorschlag ersetzt den Beschlussvorschlag der Vorlage Nr. 15/700. Gebaut wird."
    papers = (
        (
            "15/700",
            "08.01.2024",
            "",
            "Die Seilbahn wird gebaut.",
            "50.000",
            "| Masten | 9.000 € | 1 € |",
        ),
        ("15/700/1", "05.02.2024", "; hier: Preise", new, "65.000", ""),
    )
    for number, day, addition, proposal, ropes, more in papers:
        text = COSTS.format(
            publicity="öffentlich",
            number=number,
            day=day,
            addition=addition,
            proposal=proposal,
            ropes=ropes,
            more=more,
        )
        (folder / f"{number.replace('/', '-')}.md").write_text(text, encoding="utf-8")
    closed = COSTS.format(
        publicity="nichtöffentlich",
        number="15/720",
        day="08.01.2024",
        addition=": Grundstück",
        proposal="Das Grundstück wird gekauft.",
        ropes="70.000",
        more="| Bagger | 3 € | 4 € |",
    )
    (folder / "geheim.md").write_text(closed, encoding="utf-8")
    (folder / "teiche.md").write_text(BOTH_STAGES, encoding="utf-8")
    (folder / "beete.md").write_text(BEDS, encoding="utf-8")
    stroll = "\n\n".join(f"Rundgang {n}: {'Das Rosenbeet blüht. ' * 40}" for n in range(200))
    (folder / "rundgang.txt").write_text(f"Bericht über das Rosenbeet\n\n{stroll}", "utf-8")
    report = ingest_paths([folder], store=store, embedder=FakeEmbedder(), mandant="lvs")
    assert (report.indexed, report.quarantined) == (8, ())
    yield Parts(store, FakeEmbedder())
    store.close()


def asked(parts: Parts, text: str, access: Access = LVS) -> Answer:
    answer = answer_question(parts, text, access)
    assert (answer.kind, answer.status) == ("betrag", AnswerStatus.ANSWERED), answer.text
    assert answer.generator_id is None
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for claim in answer.claims:
        assert claim.citations
        if claim.label is Label.BELEGT:
            # "%" stands in the heading of the column, not beside the quoted figure.
            stated = claim.text.replace(" %", "")
            assert supported_figures(stated, [quotes[n] for n in claim.citations]), claim.text
    return answer


def test_each_year_is_a_sentence_with_row_table_column_unit_and_place(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch waren die Transferaufwendungen 2022 und 2024?")
    assert [claim.text for claim in answer.claims] == [
        "Transferaufwendungen, Tabelle „Gesamtergebnisplan“, Ergebnis 2022: 871.300 T€.",
        "Transferaufwendungen, Tabelle „Gesamtergebnisplan“, Ansatz 2024: 981.400 T€.",
    ]
    row, head = answer.citations[0], answer.citations[1]
    assert row.quote.startswith("Transferaufwendungen\t871.300\t925.800\t981.400")
    assert "Beträge in T€" in head.quote and "Ergebnis 2022" in head.quote
    assert "Zeile „Transferaufwendungen“, Spalte „Ergebnis 2022“, S. 1" in row.fundstelle
    assert answer.notes == (
        "Transferaufwendungen, Tabelle „Gesamtergebnisplan“: Für 2024 ist kein Ergebnis erfasst.",
    )


def test_the_table_of_an_answer_goes_out_and_into_a_spreadsheet(parts: Parts) -> None:
    answer = asked(parts, "Wie hat sich das Jahresergebnis entwickelt?")
    assert answer.table is not None
    values = [dict(zip(answer.table.columns, row, strict=True)) for row in answer.table.rows]
    assert [(v["Spalte"], v["Wert"], v["Einheit"]) for v in values] == [
        ("Ergebnis 2022", "-4.100", "T€"),
        ("Ansatz 2023", "-9.400", "T€"),
        ("Ansatz 2024", "-23.900", "T€"),
        ("Planung 2025", "-26.700", "T€"),
    ]
    assert ";-4.100;T€;" in as_csv(answer.table).decode("utf-8-sig")
    wire = stamped_answer_wire(answer)
    assert wire.kind == "betrag" and wire.table is not None and len(wire.table.rows) == 4


def test_a_difference_within_one_stage_is_derived_and_says_how(parts: Parts) -> None:
    answer = asked(parts, "Um wie viel stiegen die Transferaufwendungen von 2023 auf 2024?")
    assert [claim.label for claim in answer.claims] == [*2 * [Label.BELEGT], Label.ABGELEITET]
    assert answer.claims[-1].text == (
        "Transferaufwendungen, Tabelle „Gesamtergebnisplan“, von Ansatz 2023 zu Ansatz 2024: "
        "+55.600 T€ (+6 %), gerechnet: 981.400 T€ \u2212 925.800 T€; Prozent von 925.800 T€, auf eine "
        "Stelle gerundet."
    )


def test_what_came_out_is_set_against_what_was_granted_only_where_asked(parts: Parts) -> None:
    answer = asked(parts, "Um wie viel stiegen die Transferaufwendungen von 2022 auf 2024?")
    assert {claim.label for claim in answer.claims} == {Label.BELEGT}
    assert any(
        "„Unterschied zwischen Ergebnis 2022 und Ansatz 2024“" in note for note in answer.notes
    )
    both = "Unterschied zwischen Ergebnis 2022 und Ansatz 2023 bei den Transferaufwendungen"
    assert (
        asked(parts, both)
        .claims[-1]
        .text.startswith(
            "Transferaufwendungen, Tabelle „Gesamtergebnisplan“, von Ergebnis 2022 zu Ansatz 2023: +54.500"
        )
    )


def test_a_direction_that_the_table_denies_is_said(parts: Parts) -> None:
    answer = asked(parts, "Um wie viel sank der Ansatz der Lernmittel von 2023 auf 2024?")
    assert "Der Wert ist gestiegen; die Frage geht vom Gegenteil aus." in answer.notes


def test_what_is_missing_is_said(parts: Parts) -> None:
    answer = asked(parts, "Ansatz und Ergebnis 2023 für Transferaufwendungen?")
    assert answer.notes == (
        "Transferaufwendungen, Tabelle „Gesamtergebnisplan“: Ergebnis 2023 nicht erfasst.",
    )


def test_two_mandanten_are_compared_where_both_have_the_table(parts: Parts) -> None:
    answer = asked(
        parts, "Um wie viel höher sind die Personalaufwendungen 2024 beim LVS als beim LVN?", BOTH
    )
    texts = [claim.text for claim in answer.claims]
    assert "Norderland" in texts[0] and texts[0].endswith("Ansatz 2024: 115.100 T€.")
    assert "Süderland" in texts[1] and texts[1].endswith("Ansatz 2024: 358.900 T€.")
    assert texts[2].startswith("Von LVN zu LVS") and "+243.800 T€" in texts[2]
    assert answer.notes == (
        "Nicht verglichen, weil nicht überall vorhanden: Produktgruppe 014 Informationstechnik.",
    )


def test_a_named_mandant_is_the_only_one_told_of(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch sind die Personalaufwendungen 2024 beim LVN?", BOTH)
    assert [claim.text.rsplit(": ", 1)[1] for claim in answer.claims] == ["115.100 T€."]


@pytest.mark.parametrize("other", ["LVN", "XYZ"])
def test_a_mandant_that_may_not_be_seen_is_like_none(parts: Parts, other: str) -> None:
    answer = asked(parts, f"Vergleiche die Landschaftsumlage von LVS und {other} 2024")
    assert [claim.text for claim in answer.claims] == [
        "Landschaftsumlage, Tabelle „Gesamtergebnisplan“, Ansatz 2024: 1.006.300 T€."
    ]
    assert answer.notes == (f"Zu „{other}“ ist nichts erfasst. Durchsucht: LVS.",)
    assert "Norderland" not in answer.text and "342.500" not in answer.text


def test_different_tables_are_not_reckoned_with_each_other(parts: Parts) -> None:
    asked_for = (
        "Um wie viel unterscheidet sich die Regionale Kulturförderung 2024 zwischen LVS und LVN?"
    )
    answer = asked(parts, asked_for, BOTH)
    assert {claim.label for claim in answer.claims} == {Label.BELEGT}
    assert any("weil die Tabellen verschieden sind" in note for note in answer.notes)


def test_the_single_amount_of_a_replaced_paper_is_that_of_the_later_one(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch sind die Gesamtkosten der Erprobung des Wissensassistenten?")
    assert "265.000 €" in answer.claims[0].text and "250.000" not in answer.text
    assert (
        answer.claims[1].text == "Vorlage Nr. 15/1640/1 vom 14.03.2024 ersetzt Vorlage Nr. 15/1640."
    )


def test_an_amount_that_a_later_paper_changes_in_words_is_left_to_the_open_lane(
    parts: Parts,
) -> None:
    answer = answer_question(
        parts, "Auszahlungen 2017 und 2018 für die Förderschule Talwiese?", LVS
    )
    assert answer.kind == "offen"


def test_the_wished_unit_is_derived(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch ist das geplante Jahresergebnis 2024 in Euro?")
    assert answer.claims[0].text.endswith("Ansatz 2024: -23.900 T€.")
    assert answer.claims[1].label is Label.ABGELEITET
    assert answer.claims[1].text.endswith("\u221223.900.000 € (umgerechnet aus \u221223.900 T€).")


@pytest.mark.parametrize(
    "text",
    [
        "Wie hoch waren die Personalaufwendungen 2022 und 2024 zusammen?",
        "Wie hoch waren die Personalaufwendungen 2024 der Förderschulen?",
        "Wie hoch sind die Lernmittel?",
        "Wie viele Förderschulen gab es 2023?",
        "Wie viele Kinder mit Förderschwerpunkt Sehen gab es 2016/2017?",
        "Wie hoch sind die Personalaufwendungen 2024 beim LVN?",
        "Wie hoch war das Ergebnis 2022 der Lernmittel im Haushaltsplan 2023?",
        "Welche Fahrzeuge sind 2024 im Fuhrparkkonzept geplant?",
        "Wie viel Geld wurde 2024 für Lernmittel ausgegeben?",
        "Warum stiegen die Personalaufwendungen 2024?",
    ],
)
def test_where_the_row_is_not_told_for_sure_the_question_stays_open(
    parts: Parts, text: str
) -> None:
    assert answer_question(parts, text, LVS).kind == "offen"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Was wurde 2024 für Lernmittel veranschlagt?", "Ansatz 2024: 875.000 €."),
        ("Wie viel Geld wurde 2022 für Lernmittel ausgegeben?", "Ergebnis 2022: 842.000 €."),
        ("Ergebnis 2022 der Lernmittel im Haushaltsplan 2024", "Ergebnis 2022: 842.000 €."),
        ("Welche Landschaftsumlage ist 2024 geplant?", "Ansatz 2024: 1.006.300 T€."),
        ("Wie viele Fahrzeuge waren es 2023 laut Fuhrparkkonzept?", "Jahr 2023: 24."),
    ],
)
def test_other_wordings_reach_the_cell(parts: Parts, text: str, value: str) -> None:
    claims = [c.text for c in asked(parts, text).claims if "Tabelle" in c.text]
    assert len(claims) == 1 and claims[0].endswith(value)


def test_an_amount_of_a_vorlage_says_which_and_what_it_is_about(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch sind die Auszahlungen 2023 im Fuhrparkkonzept?")
    assert answer.claims[0].text == (
        "Vorlage Nr. 15/780 vom 12.04.2022 (Fuhrparkkonzept 2032: Umstellung der Dienstfahrzeuge auf "
        "klimaneutrale Antriebe): Auszahlungen (Finanzplan), Tabelle „Finanzielle Auswirkungen“, "
        "Jahr 2023: 468.000 €."
    )
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert supported_figures(answer.claims[0].text, [quotes[n] for n in answer.claims[0].citations])


def test_an_amount_of_minutes_cites_the_sitting_that_it_names(parts: Parts) -> None:
    answer = asked(parts, "Wie viele Schüler im Schwerpunkt Hören und Kommunikation 2016/2017?")
    (claim,) = answer.claims
    assert "9. Sitzung des Schulausschusses am 08.06.2016" in claim.text
    assert claim.text.endswith("2016/2017: 893.")


def test_what_was_understood_is_told(parts: Parts) -> None:
    heard: list[object] = []
    answer_question(
        parts,
        "Wie hoch ist der Ansatz 2024 für Lernmittel?",
        LVS,
        on_event=lambda name, payload: heard.append(payload) if name == "understood" else None,
    )
    assert heard == [
        {
            "kind": "betrag",
            "numbers": [],
            "filters": ["Zeile Lernmittel", "Jahr 2024", "Ansatz"],
            "without": [],
            "refers_to": [],
        }
    ]


def test_papers_that_contradict_each_other_stand_side_by_side(contradicting: Parts) -> None:
    answer = asked(contradicting, "Wie hoch ist der Ansatz 2024 für Heizung?")
    assert [claim.text.rsplit(": ", 1)[1] for claim in answer.claims] == ["91.000 €.", "97 T€."]
    assert "Haushaltsplan 2023" in answer.claims[0].text
    assert "Haushaltsplan 2024" in answer.claims[1].text
    assert "Die Quellen nennen dazu verschiedene Werte." in answer.notes
    same = asked(contradicting, "Wie hoch ist der Ansatz 2024 für Wasser?")
    assert [claim.text.rsplit(": ", 1)[1] for claim in same.claims] == ["5.000 €.", "5 T€."]
    assert same.notes == ()


def test_each_stage_that_both_years_have_gets_its_difference(contradicting: Parts) -> None:
    answer = asked(contradicting, "Um wie viel stiegen die Pumpen von 2022 auf 2023?")
    derived = [c.text for c in answer.claims if c.label is Label.ABGELEITET]
    assert len(derived) == 2 and answer.notes == ()
    assert "von Ansatz 2022 zu Ansatz 2023: +20 €" in derived[0]
    assert "von Ergebnis 2022 zu Ergebnis 2023: +9 € (+10 %)" in derived[1]


def test_a_single_row_that_stands_twice_is_left(contradicting: Parts) -> None:
    assert answer_question(contradicting, "Wie tief ist der Fischteich?", LVS).kind == "offen"
    assert answer_question(contradicting, "Wie groß ist der Fischteich?", LVS).kind == "offen"
    winter = asked(contradicting, "Wie groß ist die Tiefe im Winter beim Fischteich?")
    assert winter.claims[0].text.endswith(": 2.")


def test_a_budget_that_names_no_unit_is_said_to_name_none(contradicting: Parts) -> None:
    answer = asked(contradicting, "Wie hoch ist der Ansatz 2024 für Erde?")
    assert answer.claims[0].text.endswith("Ansatz 2024: 40.")
    assert answer.notes == (
        "Erde, Tabelle „Teilplan Beete“: Eine Einheit nennt die Tabelle nicht.",
    )


def test_a_word_of_very_many_passages_is_not_taken_for_a_single_row(contradicting: Parts) -> None:
    single = asked(contradicting, "Wie groß ist das Tulpenbeet?")
    assert single.claims[0].text == "Tulpenbeet, Tabelle „Flächen“, Fläche (m²): 30."
    assert answer_question(contradicting, "Wie groß ist das Rosenbeet?", LVS).kind == "offen"
    answer = asked(contradicting, "Wie hoch ist der Ansatz 2024 für das Rosenbeet?")
    assert answer.claims[0].text.endswith("Ansatz 2024: 50.")
    assert answer.notes[-1].startswith("Durchsucht wurden die 200 nächsten Stellen")


def test_a_closed_table_is_read_only_by_who_may_see_it(contradicting: Parts) -> None:
    text = "Wie hoch ist 2024 der Bagger der Seilbahn?"
    assert asked(contradicting, text).claims[0].text.endswith("2024: 3 €.")
    public = Access(LVS.mandanten, frozenset({Schutzstufe.OEFFENTLICH}))
    assert answer_question(contradicting, text, public).kind == "offen"
    seen = asked(contradicting, "Wie hoch sind 2024 die Seile der Seilbahn?", public)
    assert len([c for c in seen.claims if "Tabelle" in c.text]) < len(
        [c for c in asked(contradicting, seen.question).claims if "Tabelle" in c.text]
    )


def test_a_share_is_no_amount_of_money(contradicting: Parts) -> None:
    answer = asked(contradicting, "Wie hoch ist die Quote 2024 der Heizung?")
    assert {claim.text.rsplit(": ", 1)[1] for claim in answer.claims} == {"12,5 %."}
    assert "Die Quellen" not in answer.text


def test_a_row_that_a_later_vorlage_prints_anew_gives_way_with_the_sentence_that_says_so(
    contradicting: Parts,
) -> None:
    answer = asked(contradicting, "Wie hoch sind 2025 die Seile der Seilbahn am Steinbruchmuseum?")
    assert "65.000 €" in answer.claims[0].text and "50.000" not in answer.text
    assert "15/700/1 vom 05.02.2024 ersetzt Vorlage Nr. 15/700" in answer.claims[-1].text


def test_a_row_that_the_later_vorlage_leaves_alone_is_told_with_what_follows(
    contradicting: Parts,
) -> None:
    answer = asked(contradicting, "Wie hoch sind 2024 die Masten der Seilbahn?")
    assert "9.000 €" in answer.claims[0].text
    assert "ersetzt" in answer.claims[-1].text


@pytest.mark.parametrize(
    ("question", "said", "note"),
    [
        (
            "Wie hoch sind die Sachkosten der Informationstechnik 2024?",
            "Sach- und Dienstleistungen, Tabelle „Produktgruppe 014 Informationstechnik“, Ansatz "
            "2024: 11.950.000 €.",
            "„Sachkosten“ steht dort nicht; genommen wurde die Zeile „Sach- und Dienstleistungen“.",
        ),
        (
            "Personalkosten der Informationstechnik 2023",
            "Personalaufwendungen, Tabelle „Produktgruppe 014 Informationstechnik“, Ansatz 2023: "
            "15.030.000 €.",
            "„Personalkosten“ steht dort nicht; genommen wurde die Zeile „Personalaufwendungen“.",
        ),
        (
            "Wie hoch sind die Gesamterträge 2023?",
            "Summe der Erträge, Tabelle „Gesamtergebnisplan“, Ansatz 2023: 1.375.700 T€.",
            "„Gesamterträge“ steht dort nicht; genommen wurde die Zeile „Summe der Erträge“.",
        ),
    ],
)
def test_everyday_words_lead_to_the_row_of_the_budget_and_the_answer_says_so(
    parts: Parts, question: str, said: str, note: str
) -> None:
    answer = asked(parts, question)
    assert [claim.text for claim in answer.claims] == [said]
    assert answer.notes == (note,)
    assert answer.text == f"{said}\n{note}"


def test_a_row_that_bears_the_typed_word_is_taken_without_a_note(parts: Parts) -> None:
    answer = asked(parts, "Wie hoch waren die Personalaufwendungen der Informationstechnik 2022?")
    assert answer.notes == ()


@pytest.mark.parametrize(
    "question",
    ["Wie hoch waren die Personalkosten der Museen 2024?", "Wie hoch waren die Einnahmen 2024?"],
)
def test_everyday_words_do_not_lead_to_rows_of_something_else(parts: Parts, question: str) -> None:
    assert answer_question(parts, question, LVS).kind == "offen"


def test_a_word_that_is_only_part_of_rows_is_asked_back(parts: Parts) -> None:
    answer = answer_question(parts, "Wie hoch war die Förderung 2022 gegenüber 2024?", LVS)
    assert (answer.kind, answer.status) == ("betrag", AnswerStatus.CLARIFY)
    assert answer.text == (
        "Eine Zeile „Förderung“ hat kein Haushaltsplan. Gemeint sein kann: „Regionale "
        "Kulturförderung“ (4. Produktgruppe 091 Museen und Kulturpflege, Haushaltsplan des "
        "Landschaftsverbandes Süderland für das Haushaltsjahr 2024, 14.12.2023). Welche?"
    )
    (row,) = answer.nearest
    assert "Regionale Kulturförderung" in row.quote
    several = answer_question(parts, "Wie hoch waren die Aufwendungen 2024?", LVS)
    assert several.status is AnswerStatus.CLARIFY
    assert several.text.count("1. Gesamtergebnisplan") == len(several.nearest) == 4


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch war die Kulturförderung 2022?",  # the only row has the word whole
        "Wie hoch waren die Aufwendungen?",  # no year
        "Wie hoch waren die Aufwendungen der Klinik 2024?",  # another word
        "Wie hoch war die Raumfahrt 2024?",
    ],
)
def test_what_no_row_may_mean_stays_open(parts: Parts, question: str) -> None:
    assert answer_question(parts, question, LVS).kind == "offen"


def test_rows_of_another_house_are_not_offered(parts: Parts) -> None:
    question = "Wie hoch war die Förderung 2022 gegenüber 2024?"
    public = Access(frozenset({"lvn"}))
    assert "Süderland" not in answer_question(parts, question, public).text
