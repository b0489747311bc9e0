"""Figures drawn from outcomes, and the report that shows them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputInvalid
from assistant.lists.rows import NOT_COUNTED, SOURCE
from assistant.measuring.evaluation import Report
from assistant.measuring.figures import (
    Outcome,
    Ratio,
    by_kind,
    figures_of,
    medians_of,
    retrieval_of,
)
from assistant.measuring.questionset import QuestionCase, contains, holds_facts, read_questions
from assistant.measuring.report_page import as_json, as_page, read_earlier, summary
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation, Claim, Label
from index.types import Span

STAND = {"Version": "1", "Sprachmodell": "<b>probe</b>"}


def question(**fields: object) -> QuestionCase:
    asked = QuestionCase("o1", "Was kostet es?", "offen", True, ("a.txt",), (("5 €",),), ())
    return replace(asked, **fields)  # type: ignore[arg-type]


def outcome(
    asked: QuestionCase,
    *,
    answered: bool = True,
    ranks: tuple[int, ...] = (1,),
    source: str = "a.txt",
) -> Outcome:
    citation = Citation(1, "x", f"akten/{source}", None, "F", "", None, "5 €", Span(0, 3))
    status = AnswerStatus.ANSWERED if answered else AnswerStatus.ABSTAINED
    claims = (Claim("Es kostet 5 €.", Label.BELEGT, (1,)),) if answered else ()
    cited = (citation,) if answered else ()
    answer = Answer(
        "?", "offen", status, "Es kostet 5 €.", claims, cited, timings_ms={"total": 8.0}
    )
    places = {"gemischt": ranks} if asked.expected_sources else {}
    found = {name: any(r <= 5 for r in values) for name, values in places.items()}
    return Outcome(asked, answer, found, places, True, (), answered, ())


def test_the_interval_is_wilsons() -> None:
    low, high = Ratio(9, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Ratio(0, 0).interval == (0.0, 1.0)
    assert Ratio(20, 20).interval[1] == pytest.approx(1.0)
    low, high = Ratio(35, 40).interval
    assert low < 0.875 < high


def test_answered_and_held_back_are_counted_apart() -> None:
    silent = question(id="u1", answerable=False, expected_sources=(), expected_facts=())
    outcomes = [
        outcome(question()),
        outcome(question(), answered=False),
        outcome(silent, answered=False),
        outcome(silent),
    ]
    figures = figures_of(outcomes, ())
    assert figures["Enthaltung bei Beantwortbarem"] == Ratio(1, 2)
    assert figures["Enthaltung bei Unbeantwortbarem"] == Ratio(1, 2)
    assert figures["Sätze mit Beleg"] == Ratio(2, 2)
    assert figures["Dokument unter den ersten 5: gemischt"] == Ratio(2, 2)
    assert medians_of(outcomes) == {"total": 8.0}


def test_quotes_of_other_papers_are_told_from_those_of_the_expected_one() -> None:
    outcomes = [outcome(question()), outcome(question(), source="b.txt")]
    assert figures_of(outcomes, ())["Belege aus erwarteter Drucksache"] == Ratio(1, 2)


def test_kinds_are_told_apart() -> None:
    outcomes = [outcome(question()), outcome(question(kind="datum"), answered=False)]
    kinds = by_kind(outcomes)
    assert list(kinds) == ["datum", "offen"]
    assert kinds["offen"]["Zitate wörtlich"] == Ratio(1, 1)


def test_search_is_measured_by_the_ranks_of_the_expected_papers() -> None:
    two = question(expected_sources=("a.txt", "b.txt"))
    found = retrieval_of([outcome(two, ranks=(1, 3)), outcome(two, ranks=())])["gemischt"]
    assert found.questions == 2
    assert (found.recall_at_5, found.recall_at_10, found.mrr_at_10) == (0.5, 0.5, 0.5)
    # (1 + 1/2) of the ideal (1 + 1/log2 3), and nothing.
    assert found.ndcg_at_10 == pytest.approx((1.5 / 1.6309) / 2, abs=1e-4)
    far = retrieval_of([outcome(question(), ranks=(7,))])["gemischt"]
    assert (far.recall_at_5, far.recall_at_10) == (0.0, 1.0)
    assert far.mrr_at_10 == pytest.approx(1 / 7, abs=1e-4)


def test_a_figure_counts_as_a_whole_figure_only() -> None:
    assert contains("Es sind 58 Stellen.", "58")
    assert not contains("Es sind 1.058 Stellen.", "58")
    assert not contains("Es sind 58,5 Stellen.", "58")
    assert holds_facts("Es kostet 5 €.", question())


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "satz.jsonl"
    path.write_text('{"id": "a", "text": "?", "kind": "offen", "answerable": true}\n{"id": 1}\n')
    with pytest.raises(ValueError, match=r"satz\.jsonl, Zeile 2"):
        read_questions(path)


def report(*outcomes: Outcome) -> Report:
    return Report(outcomes, (), figures_of(outcomes, ()), medians_of(outcomes))


def test_the_page_names_counts_intervals_and_the_change(tmp_path: Path) -> None:
    before = tmp_path / "frueher.json"
    many = [outcome(question(), answered=False)] * 40
    before.write_text(as_json({"satz": report(*many)}, STAND), encoding="utf-8")
    now = {"satz": report(*[outcome(question())] * 40)}
    page = as_page(now, STAND, read_earlier(before))
    assert "40 von 40" in page and "100,0 %, Streuung 91,2 % bis 100,0 %" in page
    assert "besser" in page and "schlechter" not in page
    assert "&lt;b&gt;probe&lt;/b&gt;" in page and "<b>probe" not in page
    assert "http" not in page
    assert "Früher" not in as_page(now, STAND)


def test_a_change_within_the_intervals_is_none(tmp_path: Path) -> None:
    before = tmp_path / "frueher.json"
    before.write_text(as_json({"s": report(outcome(question()))}, STAND), encoding="utf-8")
    page = as_page({"s": report(outcome(question(), answered=False))}, STAND, read_earlier(before))
    assert "innerhalb der Streuung" in page
    assert "schlechter" not in page


def test_the_run_holds_every_answer_and_the_summary_none() -> None:
    runs = {"satz": report(outcome(question()))}
    assert json.loads(as_json(runs, STAND))["sets"]["satz"]["outcomes"][0]["answer"]["text"]
    assert "outcomes" not in summary(runs, STAND)["sets"]["satz"]


@pytest.mark.parametrize("content", ["", "[]", '{"form": 0, "sets": {}}', '{"form": 1}'])
def test_what_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lauf.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputInvalid, match="kein Lauf"):
        read_earlier(path)


def listing(*counted: str, apart: tuple[str, ...] = ()) -> Answer:
    rows = [("", source) for source in counted] + [("Ergebnis nicht erfasst", s) for s in apart]
    table = AnswerTable((NOT_COUNTED, SOURCE), tuple(rows))
    return Answer("?", "liste", AnswerStatus.ANSWERED, "Erfasst", (), (), table=table)


def asked_for(answer: Answer, **fields: object) -> Outcome:
    asked = question(expected_sources=(), expected_facts=(), expected_kind="liste", **fields)
    return Outcome(asked, answer, {}, {}, True, (), True, ())


def test_a_list_is_complete_with_every_paper_once_and_no_other() -> None:
    wanted = {"expected_rows": ("a.txt", "b.txt"), "expected_apart": ("c.txt",)}
    right = asked_for(listing("x/a.txt", "x/b.txt", apart=("x/c.txt",)), **wanted)
    wrong = [
        asked_for(listing("x/a.txt", apart=("x/c.txt",)), **wanted),
        asked_for(listing("x/a.txt", "x/b.txt", "x/d.txt", apart=("x/c.txt",)), **wanted),
        asked_for(listing("x/a.txt", "y/a.txt", apart=("x/c.txt",)), **wanted),
        asked_for(listing("x/a.txt", "x/b.txt"), **wanted),
        asked_for(replace(listing(), table=None), expected_rows=("a.txt",)),
    ]
    assert right.list_complete and right.wholly_right
    assert not any(one.list_complete or one.wholly_right for one in wrong)
    assert asked_for(listing(), expected_rows=()).list_complete
    figures = figures_of([right, *wrong], ())
    assert figures["Listen genau vollständig"] == Ratio(1, 6)
    assert figures["Art der Frage erkannt"] == Ratio(6, 6)
    assert figures["Exakte Spuren: ganz richtig"] == Ratio(1, 6)


def test_kind_status_and_correction_have_to_be_right_together() -> None:
    other_kind = asked_for(replace(listing("a.txt"), kind="offen"), expected_rows=("a.txt",))
    assert other_kind.list_complete and not other_kind.wholly_right
    silent = question(answerable=False, expected_facts=(), expected_status="abstained")
    corrected = replace(silent, accepted_facts=("kostet 5 €",))
    assert outcome(silent, answered=False).wholly_right
    assert not outcome(silent).wholly_right
    assert outcome(corrected, answered=False).wholly_right
    missing = replace(silent, accepted_facts=("nicht erfasst",))
    assert not outcome(missing, answered=False).wholly_right
    figures = figures_of([outcome(silent, answered=False), outcome(silent)], ())
    assert figures["Ausgang wie erwartet"] == Ratio(1, 2)


def test_sets_that_state_no_kind_get_no_figures_of_it() -> None:
    figures = figures_of([outcome(question())], ())
    assert "Art der Frage erkannt" not in figures and "Ganz richtig" not in figures


def test_the_report_shows_how_much_of_each_kind_is_wholly_right() -> None:
    right = asked_for(listing("x/a.txt"), expected_rows=("a.txt",), kind="liste")
    report = Report((right,), figures=figures_of([right], ()))
    page = as_page({"arten": report}, STAND)
    assert "Listen genau vollständig" in page and '<th scope="col">Ganz richtig</th>' in page
    content = json.loads(as_json({"arten": report}, STAND))["sets"]["arten"]
    assert content["figures"]["Listen genau vollständig"] == {"count": 1, "of": 1}
    assert content["by_kind"]["liste"]["Ganz richtig"] == {"count": 1, "of": 1}
    assert content["outcomes"][0]["wholly_right"] is True


def test_a_set_may_state_rows_kind_and_the_question_before(tmp_path: Path) -> None:
    path = tmp_path / "satz.jsonl"
    line = {"id": "l1", "text": "Alle", "kind": "liste", "answerable": True, "before": "Antrag 1/2"}
    path.write_text(json.dumps(line | {"expected_rows": [], "expected_kind": "liste"}))
    (read,) = read_questions(path)
    assert (read.expected_rows, read.expected_apart, read.before) == ((), None, "Antrag 1/2")
    assert read.is_exact and not question().is_exact
