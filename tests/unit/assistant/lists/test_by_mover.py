"""Papers counted by who moved them: joint ones for each, unknown movers apart, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.lists.by_mover import MoverCount, answer_mover_count, read_mover_count
from assistant.lists.relative_term import with_number
from assistant.lists.request import read_list_request
from assistant.records.bodies import bodies_on_record, running_term
from assistant.types import Label
from index.store import Store, open_store
from index.types import Access, Document, Reading
from tests.sample_records import ANTRAG, antrag, fill, find, make_parts, stored

OPERATOR = Access.operator("lvs")
TODAY = date(2025, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    opened.add([stored(motion(31, "SPD")), stored(motion(32, "SPD", "CDU")), stored(motion(33))])
    yield opened
    opened.close()


def motion(number: int, *movers: str) -> Document:
    """The sample motion under another number, of other movers; of none on record without any."""
    text = ANTRAG.replace("15/12", f"15/{number}") + f"\nGestellt von {' und '.join(movers)}"
    made = antrag("lvs", text, number)
    named = tuple(Reading(name, find(text, f"von {' und '.join(movers)}")) for name in movers)
    return replace(made, kopfdaten=replace(made.kopfdaten, antragsteller=named))


def read(store: Store, text: str) -> MoverCount | None:
    return read_mover_count(text, lambda: bodies_on_record(store, OPERATOR), TODAY)


def counted(store: Store, text: str) -> dict[str, tuple[int, int]]:
    request = read(store, text)
    assert request is not None, text
    finding = answer_mover_count(store, OPERATOR, request)
    assert finding.table is not None
    return {row[0]: (int(row[1]), int(row[2])) for row in finding.table.rows}


def test_a_joint_motion_counts_for_each_of_its_movers(store: Store) -> None:
    before = counted(store, "Wie viele Anträge stellte jede Fraktion?")
    store.add([stored(motion(34, "SPD", "FDP"))])
    after = counted(store, "Wie viele Anträge stellte jede Fraktion?")
    gained = {
        name: (
            after[name][0] - before.get(name, (0, 0))[0],
            after[name][1] - before.get(name, (0, 0))[1],
        )
        for name in after
    }
    assert {name: gain for name, gain in gained.items() if gain != (0, 0)} == {
        "SPD": (1, 1),
        "FDP": (1, 1),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Anträge stellte jede Fraktion?",
        "Wie viele Anträge hat jede Fraktion gestellt?",
        "Anzahl der Anträge je Fraktion",
        "Anträge nach Fraktionen",
        "Wie viele Anträge kamen von den einzelnen Fraktionen?",
        "Wie verteilen sich die Anträge auf die Fraktionen?",
        "Verteilung der Anträge auf die einzelnen Fraktionen",
        "Welche Fraktion hat die meisten Anträge gestellt?",
        "Von welcher Fraktion stammen die meisten Anträge?",
    ],
)
def test_many_wordings_count_the_same_papers(store: Store, text: str) -> None:
    assert counted(store, text) == counted(store, "Wie viele Anträge stellte jede Fraktion?")


@pytest.mark.parametrize(
    "text",
    [
        "Welche Fraktion hat die meisten Sitze?",
        "Welche Fraktion lehnte die Resolution ab?",
        "Wie viele Anträge stellte die SPD?",
        "Welche Fraktion hat die meisten Anträge der SPD abgelehnt?",
        "Wie viele Mitglieder hat jede Fraktion?",
        "Welche Fraktion stellte Anträge?",
    ],
)
def test_what_asks_for_something_else_is_left_alone(store: Store, text: str) -> None:
    assert read(store, text) is None


def test_the_most_are_all_that_have_as_many_and_each_is_cited(store: Store) -> None:
    request = read(store, "Welche Fraktion hat die meisten Anträge gestellt?")
    assert request is not None
    finding = answer_mover_count(store, OPERATOR, request)
    assert finding.table is not None
    numbers = {row[0]: int(row[1]) for row in finding.table.rows}
    most = max(numbers.values())
    extreme = finding.claims[1]
    assert extreme.label is Label.ABGELEITET
    assert extreme.text.startswith(f"Die meisten, nämlich {most}: ")
    assert all((name in extreme.text) is (number == most) for name, number in numbers.items())
    quotes = {citation.number: citation.quote for citation in finding.citations}
    for name, claim in zip(numbers, finding.claims[2:], strict=False):
        assert claim.text.startswith(f"{name}: {numbers[name]}")
        assert len(claim.citations) == numbers[name]
        assert all(name.casefold() in quotes[number].casefold() for number in claim.citations)


def test_a_filter_goes_with_the_count(store: Store) -> None:
    request = read(store, "Welche Fraktion stellte 2031 die wenigsten Anträge?")
    assert request is not None and request.extreme == "wenigsten"
    assert request.listed.first == date(2031, 1, 1)
    assert answer_mover_count(store, OPERATOR, request).claims[0].text.startswith("Erfasst: 0 ")


def test_the_question_goes_this_way_and_says_so(tmp_path: Path) -> None:
    heard: list[dict[str, object]] = []
    with make_parts(tmp_path, None) as parts:
        answer = answer_question(
            parts,
            "Welche Fraktion hat die meisten Anträge gestellt?",
            OPERATOR,
            on_event=lambda name, told: heard.append(told) if name == "understood" else None,
        )
    assert answer.kind == "liste" and answer.table is not None
    assert heard[0]["filters"][-1] == "die meisten je Antragsteller"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Anträge der letzten Wahlperiode", 14),
        ("Anträge der laufenden Wahlperiode", 15),
        ("Welche Anträge gab es in der aktuellen Legislaturperiode?", 15),
        ("Alle Anträge der vorigen WP", 14),
        ("Alle Anträge dieser Wahlperiode", 15),
    ],
)
def test_a_relative_wahlperiode_becomes_the_number_that_is_shown(
    store: Store, text: str, number: int
) -> None:
    known = running_term(store, OPERATOR)
    assert known == 15
    request = read_list_request(with_number(text, lambda: known), lambda: (), TODAY)
    assert request is not None and request.wahlperiode == number and not request.not_understood


def test_without_a_wahlperiode_on_record_the_words_stay() -> None:
    text = "Anträge der letzten Wahlperiode"
    assert with_number(text, lambda: None) == text
    assert with_number("Anträge der SPD", lambda: 15) == "Anträge der SPD"


@pytest.mark.parametrize(
    "tail",
    [
        " und wie wurden sie entschieden?",
        ", und was ist daraus geworden?",
        " und wie gingen sie aus?",
        " und was wurde daraus?",
        " und mit welchem Ergebnis?",
        " und wie wurde darüber entschieden?",
    ],
)
def test_a_list_may_be_asked_for_with_what_became_of_it(tail: str) -> None:
    plain = read_list_request("Welche Anträge der SPD gab es?", lambda: (), TODAY)
    told = read_list_request(f"Welche Anträge der SPD gab es{tail}", lambda: (), TODAY)
    assert plain is not None and told == plain
