"""Lists of papers: complete, counted, with what cannot be judged named apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.lists.filters import filters_of
from assistant.lists.listing import Fit, answer_list, fit_of
from assistant.lists.request import read_list_request
from assistant.lists.topics import MOST_ELSEWHERE
from assistant.records.bodies import bodies_on_record
from assistant.types import AnswerStatus, Label
from index.store import Store, open_store
from index.types import (
    Access,
    Beratung,
    Document,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Mention,
    Schutzstufe,
    TopBeschluss,
)
from ingest.papers.outcomes import read_outcome
from ingest.papers.votes import read_votes
from tests.sample_records import (
    ANTRAG,
    antrag,
    document,
    fill,
    find,
    make_parts,
    read,
    stored,
)

OPERATOR = Access.operator("lvs")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


def rows(store: Store, text: str, access: Access = OPERATOR) -> list[str]:
    request = read_list_request(text, lambda: bodies_on_record(store, access), date(2025, 6, 30))
    assert request is not None, text
    finding = answer_list(store, access, request)
    assert finding.status is AnswerStatus.ANSWERED
    for claim in finding.claims:
        assert claim.label is Label.ABGELEITET or claim.citations
    return [claim.text for claim in finding.claims]


def test_a_list_counts_and_names_every_paper(store: Store) -> None:
    head, paper = rows(store, "Alle Anträge")
    assert head.startswith("Erfasst: 1. ")
    assert paper.startswith("Antrag Nr. 15/12 vom 14.03.2023 (CDU, SPD)")
    assert "„Entsprechend Beschlussvorschlag beschlossen.“" in paper


def test_a_joint_motion_counts_for_each_fraktion(store: Store) -> None:
    assert len(rows(store, "Alle Anträge der CDU")) == 2
    assert len(rows(store, "Alle Anträge der SPD")) == 2
    assert len(rows(store, "Alle gemeinsamen Anträge von CDU und SPD")) == 2
    (head,) = rows(store, "Alle Anträge der FDP")
    assert head.startswith("Erfasst: 0. ")


def test_not_decided_and_not_recorded_are_told_apart(store: Store) -> None:
    open_paper = antrag(text=ANTRAG.replace("15/12", "15/13"), nummer=13)
    kopf = replace(open_paper.kopfdaten, ergebnis=None)
    store.add([stored(replace(open_paper, kopfdaten=kopf))])
    head, apart = rows(store, "Welche Anträge wurden nicht beschlossen?")
    assert head.startswith("Erfasst: 0. ")
    assert "Ergebnis nicht erfasst (1): Antrag Nr. 15/13" in apart
    head, paper = rows(store, "Welche Anträge sind noch offen?")
    assert head.startswith("Erfasst: 1. ") and "15/13" in paper
    head, decided, apart = rows(store, "Welche Anträge wurden beschlossen?")
    assert head.startswith("Erfasst: 1. ") and "15/12" in decided
    assert apart.startswith("Nicht mitgezählt, Ergebnis nicht erfasst (1): Antrag Nr. 15/13")


def test_a_paper_without_the_field_that_decides_is_named_apart(store: Store) -> None:
    undated = antrag(text=ANTRAG.replace("15/12", "15/14"), nummer=14)
    kopf = replace(undated.kopfdaten, datum=None, antragsteller=())
    store.add([stored(replace(undated, kopfdaten=kopf))])
    head, paper, apart = rows(store, "Alle Anträge seit 2020")
    assert head.startswith("Erfasst: 1. ") and "15/12" in paper
    assert apart.startswith("Nicht mitgezählt, Datum nicht erfasst (1): Antrag Nr. 15/14")
    assert "Antragsteller nicht erfasst (1)" in rows(store, "Alle Anträge der CDU")[-1]


def test_a_topic_is_in_title_subject_or_proposal_not_in_the_reasons(store: Store) -> None:
    assert len(rows(store, "Alle Anträge zum Thema Leihräder")) == 2
    assert len(rows(store, "Alle Anträge zum Thema Museen")) == 2  # the Beschlussvorschlag
    head, elsewhere = rows(store, "Alle Anträge zum Thema Bahn")  # the Begründung alone
    assert head.startswith("Erfasst: 0. ")
    assert "Wörter im Titel, Tagesordnungspunkt oder Beschlussvorschlag" in head
    assert elsewhere == (
        "Nicht mitgezählt, weil „Bahn“ nur an anderer Stelle vorkommt (1): "
        "Antrag Nr. 15/12 vom 14.03.2023."
    )
    (head,) = rows(store, "Alle Anträge zum Thema Raumfahrt")
    assert head.startswith("Erfasst: 0. ")


def test_a_paper_that_speaks_of_the_topic_elsewhere_is_cited_with_its_words(store: Store) -> None:
    text = "Alle beschlossenen Anträge zum Thema Bahn"
    request = read_list_request(text, lambda: (), date(2025, 6, 30))
    assert request is not None
    finding = answer_list(store, OPERATOR, request)
    claim = finding.claims[-1]
    assert claim.text == (
        "Nicht mitgezählt, weil „Bahn“ nur an anderer Stelle vorkommt (1; Ergebnis nicht geprüft): "
        "Antrag Nr. 15/12 vom 14.03.2023."
    )
    (quoted,) = [c.quote for c in finding.citations if c.number in claim.citations]
    assert "Bahn" in quoted


def test_many_papers_that_speak_of_it_elsewhere_are_named_newest_first(store: Store) -> None:
    for number in range(20, 32):
        paper = antrag(text=ANTRAG.replace("15/12", f"15/{number}"), nummer=number)
        store.add([stored(paper)])
    _, elsewhere = rows(store, "Alle Anträge zum Thema Bahn")
    assert "(die neuesten 10): Antrag Nr. 15/12 vom 14.03.2023; Antrag Nr. 15/20" in elsewhere
    assert elsewhere.count("Antrag Nr.") == MOST_ELSEWHERE


def test_bodies_and_periods_restrict(store: Store) -> None:
    assert len(rows(store, "Welche Anträge wurden im Kulturausschuss beraten?")) == 2
    assert len(rows(store, "Alle Anträge aus dem Jahr 2023")) == 2
    assert len(rows(store, "Alle Anträge bis 2022")) == 1


def test_a_list_shows_nobody_what_they_may_not_see(store: Store) -> None:
    everybody = Access(frozenset({"lvs"}))
    assert rows(store, "Alle Vorlagen", everybody)[0].startswith("Erfasst: 0. ")
    assert rows(store, "Alle Vorlagen")[0].startswith("Erfasst: 1. ")
    assert "lvn" not in " ".join(rows(store, "Alle Dokumente"))


def test_a_missing_term_does_not_hide_that_another_field_excludes() -> None:
    request = read_list_request("Alle Anträge der FDP seit 2020", tuple, date(2025, 6, 30))
    assert request is not None
    movers = (read(ANTRAG, "CDU", "CDU"),)
    assert fit_of(Kopfdaten(antragsteller=movers), request) is Fit.OUT
    assert fit_of(Kopfdaten(), request) is Fit.NO_MOVER


def test_the_filters_are_said_in_words() -> None:
    request = read_list_request(
        "Welche Anträge der Grünen wurden seit 2020 abgelehnt?", tuple, date(2025, 6, 30)
    )
    assert request is not None
    assert [one.text for one in filters_of(request)[1:]] == [
        "Antragsteller GRÜNE",
        "Datum ab 01.01.2020",
        "Ergebnis abgelehnt",
    ]


def test_each_filter_but_the_kind_can_be_let_go() -> None:
    request = read_list_request(
        "Welche Anträge der Grünen wurden seit 2020 abgelehnt?", tuple, date(2025, 6, 30)
    )
    assert request is not None
    kind, *others = filters_of(request)
    assert kind.without == ""
    assert [one.without for one in others] == [
        "Alle Anträge, seit dem 01.01.2020, abgelehnt",
        "Alle Anträge der GRÜNE, abgelehnt",
        "Alle Anträge der GRÜNE, seit dem 01.01.2020",
    ]
    for left_out, again in zip(others, others, strict=True):
        read_again = read_list_request(again.without, tuple, date(2025, 6, 30))
        assert read_again is not None and not read_again.not_understood
        assert left_out.text not in [one.text for one in filters_of(read_again)]


def test_a_question_for_a_list_is_answered_without_any_model(tmp_path: Path) -> None:
    parts = make_parts(tmp_path)
    events: list[tuple[str, object]] = []
    answer = answer_question(
        parts, "Alle Anträge der SPD", OPERATOR, on_event=lambda n, p: events.append((n, p))
    )
    parts.store.close()
    assert (answer.kind, answer.status) == ("liste", AnswerStatus.ANSWERED)
    assert answer.generator_id is None
    assert len(answer.claims) == 2
    name, understood = events[0]
    assert name == "understood"
    assert isinstance(understood, dict) and understood["filters"][1] == "Antragsteller SPD"


def test_the_table_has_the_list_and_what_stands_apart_cell_by_cell(store: Store) -> None:
    open_paper = antrag(text=ANTRAG.replace("15/12", "15/13"), nummer=13)
    kopf = replace(open_paper.kopfdaten, ergebnis=None)
    store.add([stored(replace(open_paper, kopfdaten=kopf))])
    request = read_list_request("Welche Anträge wurden beschlossen?", tuple, date(2025, 6, 30))
    assert request is not None
    table = answer_list(store, OPERATOR, request).table
    assert table is not None
    listed, apart = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert (listed["Nummer"], listed["Datum"]) == ("15/12", "2023-03-14")
    assert listed["Antragsteller"] == "CDU, SPD"
    assert listed["Ergebnis"] == "Entsprechend Beschlussvorschlag beschlossen."
    assert (listed["Nicht mitgezählt, weil"], apart["Nicht mitgezählt, weil"]) == (
        "",
        "Ergebnis nicht erfasst",
    )
    assert apart["Nummer"] == "15/13"


def paper_with_note(nummer: int, note: str, station: Beratung | None = None) -> Document:
    """An Antrag whose Ergebnisvermerk is `note`, as it is read from a paper."""
    written = "Entsprechend Beschlussvorschlag beschlossen."
    text = ANTRAG.replace("15/12", f"15/{nummer}").replace(written, note)
    paper = antrag(text=ANTRAG.replace("15/12", f"15/{nummer}"), nummer=nummer)
    result = Ergebnis(note, read_outcome(note), find(text, note), read_votes(note))
    stations = (station,) if station else ()
    kopf = replace(paper.kopfdaten, ergebnis=result, beratungsfolge=stations)
    made = document(text, f"akten/{nummer}.txt", "lvs", Schutzstufe.OEFFENTLICH, kopf, paper.title)
    return made


def add_minutes(store: Store, nummer: int, vote: str) -> None:
    """Minutes of 25 May 2023 that record a vote on Antrag 15/`nummer`."""
    text = (
        "Niederschrift\nLandschaftsversammlung am 25.05.2023\n"
        f"TOP 3 Antrag Nr. 15/{nummer}\n{vote}\n"
    )
    number, span = Drucksachennummer.of(15, nummer), find(text, vote)
    result = Ergebnis(vote, read_outcome(vote), span, read_votes(vote))
    item = TopBeschluss("3", "Antrag", (number,), span, result, Schutzstufe.OEFFENTLICH)
    kopf = Kopfdaten(
        art=read(text, "Niederschrift", "Niederschrift"),
        datum=read(text, "25.05.2023", date(2023, 5, 25)),
        gremium=read(text, "Landschaftsversammlung", "Landschaftsversammlung"),
        beschluesse=(item,),
    )
    made = document(text, "akten/n.txt", "lvs", Schutzstufe.OEFFENTLICH, kopf, "Niederschrift")
    place = find(text, f"15/{nummer}")
    store.add([stored(made, [Mention(made.id, number, place)])])


def test_unanimous_by_majority_and_not_recorded_are_told_apart(store: Store) -> None:
    store.add([stored(paper_with_note(31, "Einstimmig beschlossen."))])
    store.add([stored(paper_with_note(32, "Mehrheitlich beschlossen gegen die Stimmen der SPD."))])
    head, paper, apart = rows(store, "Welche Anträge wurden einstimmig beschlossen?")
    assert head.startswith("Erfasst: 1. ") and "Abstimmung einstimmig" in head
    assert "15/31" in paper and "„Einstimmig beschlossen.“" in paper
    assert apart.startswith("Nicht mitgezählt, Stimmverhalten nicht erfasst (1): Antrag Nr. 15/12")
    head, paper, apart = rows(store, "Wie viele Anträge wurden mehrheitlich beschlossen?")
    assert head.startswith("Erfasst: 1. ") and "Abstimmung nicht einstimmig" in head
    assert "15/32" in paper and "15/12" in apart
    head, paper, _ = rows(store, "Welche Anträge wurden gegen die Stimmen der SPD beschlossen?")
    assert head.startswith("Erfasst: 1. ") and "15/32" in paper
    head, apart = rows(store, "Welche Anträge wurden gegen die Stimmen der CDU beschlossen?")
    assert head.startswith("Erfasst: 0. ") and "15/12" in apart


def test_the_vote_that_counts_is_that_of_the_sitting_that_decided(store: Store) -> None:
    store.add([stored(paper_with_note(33, "Beschlossen."))])
    add_minutes(store, 33, "Mehrheitlich beschlossen, Ja: 14, Nein: 1, Enthaltung: 1")
    head, paper, _ = rows(store, "Welche Anträge wurden mit Gegenstimmen beschlossen?")
    assert head.startswith("Erfasst: 1. ")
    assert "15/33" in paper and "„Mehrheitlich beschlossen, Ja: 14" in paper


def test_the_vote_of_a_recommendation_does_not_count(store: Store) -> None:
    text = ANTRAG
    planned = Beratung(
        "Landschaftsversammlung",
        date(2023, 5, 25),
        "empfehlender Beschluss",
        find(text, "Landschaftsversammlung 25.05.2023 Beschluss"),
    )
    store.add([stored(paper_with_note(34, "Beschlossen.", planned))])
    add_minutes(store, 34, "Einstimmig beschlossen.")
    head, apart = rows(store, "Welche Anträge wurden einstimmig beschlossen?")
    assert head.startswith("Erfasst: 0. ")
    assert "Stimmverhalten nicht erfasst (2): " in apart and "15/34" in apart


def test_a_note_that_tells_the_vote_stands_in_for_minutes_that_do_not(store: Store) -> None:
    store.add([stored(paper_with_note(35, "Einstimmig beschlossen."))])
    add_minutes(store, 35, "Beschlossen.")
    head, paper, _ = rows(store, "Welche Anträge wurden einstimmig beschlossen?")
    assert head.startswith("Erfasst: 1. ")
    assert "15/35" in paper and "„Einstimmig beschlossen.“" in paper


def test_a_list_of_all_kinds_by_outcome_leaves_out_what_nobody_decides_on(store: Store) -> None:
    add_minutes(store, 12, "Einstimmig beschlossen.")
    said = rows(store, "Welche Drucksachen wurden einstimmig beschlossen?")
    assert "Drucksachen (ohne Niederschriften und Einladungen)" in said[0]
    assert said[0].startswith("Erfasst: 1. ") and "15/12" in said[1]
    assert not any("Niederschrift über" in line for line in said[2:])


def test_the_table_says_how_the_vote_went(store: Store) -> None:
    store.add([stored(paper_with_note(36, "Mehrheitlich beschlossen, Ja: 9, Nein: 2."))])
    request = read_list_request(
        "Welche Anträge wurden mehrheitlich beschlossen?", tuple, date(2025, 6, 30)
    )
    assert request is not None
    table = answer_list(store, OPERATOR, request).table
    assert table is not None
    listed, apart = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert listed["Abstimmung"] == "nicht einstimmig; Ja 9, Nein 2"
    assert (apart["Abstimmung"], apart["Nicht mitgezählt, weil"]) == (
        "",
        "Stimmverhalten nicht erfasst",
    )


def test_words_not_understood_give_a_sentence_and_no_list(tmp_path: Path) -> None:
    parts = make_parts(tmp_path)
    events: list[tuple[str, object]] = []
    answer = answer_question(
        parts,
        "Welche Anträge der SPD wurden mit knapper Mehrheit beschlossen?",
        OPERATOR,
        on_event=lambda n, p: events.append((n, p)),
    )
    parts.store.close()
    assert (answer.kind, answer.status) == ("liste", AnswerStatus.ABSTAINED)
    assert answer.text.startswith("Keine Liste: „knapper Mehrheit“ wurde nicht verstanden.")
    assert (answer.claims, answer.table) == ((), None)
    name, payload = events[0]
    assert name == "understood"
    assert isinstance(payload, dict) and "Antragsteller SPD" in payload["filters"]


def test_a_paper_is_among_those_whose_number_it_bears(store: Store) -> None:
    """A Resolution that is printed as "Antrag Nr. …" is one of the Anträge, and a Resolution."""
    text = ANTRAG.replace("15/12", "15/40")
    resolution = antrag(text=text, nummer=40)
    kopf = replace(
        resolution.kopfdaten,
        art=read(text, "Antrag", "Resolution"),
        bezeichnung=read(text, "Antrag", "Antrag"),
    )
    store.add([stored(replace(resolution, kopfdaten=kopf))])
    head, *papers = rows(store, "Alle Anträge der SPD")
    assert head.startswith("Erfasst: 2. ") and any("15/40" in paper for paper in papers)
    assert "auch was als Antrag nummeriert ist" in head
    (head, paper) = rows(store, "Alle Resolutionen")
    assert "15/40" in paper and "nummeriert" not in head
    assert rows(store, "Alle Haushaltsanträge")[0].startswith("Erfasst: 0. ")
