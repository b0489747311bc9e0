"""Who was there: from lists of those present alone, never more than they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.sittings.attendance_question import (
    AttendanceRequest,
    Attending,
    read_attendance_request,
)
from assistant.sittings.reading import BodyNamed
from assistant.sittings.which import SittingMeant, Which
from assistant.types import AnswerStatus, Label
from assistant.understanding.question import understand
from assistant.wiring import Parts
from index.types import Document, Schutzstufe, Teilnahme
from tests.sample_records import find, make_parts, stored
from tests.unit.assistant.sittings.test_sitting_answers import PUBLIC, ask, minutes, told

OPEN = Schutzstufe.OEFFENTLICH
CULTURE = BodyNamed("Kulturausschuss")
LIST = "Anwesend CDU: Frau Ebbing (Vorsitzende), Herr Timm (ab 9:45 Uhr) SPD: Frau Rohde"


def with_list(day: date, *, absent: bool = False) -> Document:
    """Minutes that list three people; the last is missing where `absent`."""
    paper = minutes(day, (("1", LIST, "", OPEN),))
    people = (
        Teilnahme(
            "Ebbing", find(paper.text, "Frau Ebbing (Vorsitzende)"), True, "CDU", "Vorsitzende"
        ),
        Teilnahme("Timm", find(paper.text, "Herr Timm (ab 9:45 Uhr)"), True, "CDU", ab="9:45 Uhr"),
        Teilnahme("Rohde", find(paper.text, "Frau Rohde"), not absent, "SPD"),
    )
    return replace(paper, kopfdaten=replace(paper.kopfdaten, teilnahme=people))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as wired:
        without = minutes(date(2023, 9, 7), (("1", "Bericht", "", OPEN),))
        lists = (with_list(date(2023, 4, 20)), with_list(date(2023, 6, 1), absent=True), without)
        wired.store.add([stored(paper) for paper in lists])
        yield wired


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Wer ist Vorsitzende des Kulturausschusses?",
            AttendanceRequest(SittingMeant(CULTURE), Attending.CHAIR),
        ),
        (
            "Wer war stellvertretender Vorsitzender des Kulturausschusses?",
            AttendanceRequest(SittingMeant(CULTURE), Attending.DEPUTY_CHAIR),
        ),
        (
            "Wer leitete die letzte Sitzung des Kulturausschusses?",
            AttendanceRequest(SittingMeant(CULTURE, which=Which.LAST), Attending.CHAIR),
        ),
        (
            "Wer war am 20.04.2023 anwesend?",
            AttendanceRequest(SittingMeant(BodyNamed(), date(2023, 4, 20)), Attending.PRESENT),
        ),
        (
            "Wer hat am 20.04.2023 im Kulturausschuss gefehlt?",
            AttendanceRequest(SittingMeant(CULTURE, date(2023, 4, 20)), Attending.MISSING),
        ),
        (
            "Wer sitzt für die SPD im Kulturausschuss?",
            AttendanceRequest(SittingMeant(CULTURE), Attending.MEMBERS, ("SPD",)),
        ),
    ],
)
def test_a_question_for_those_present_is_read(text: str, wanted: AttendanceRequest) -> None:
    assert read_attendance_request(understand(text), lambda: ["Kulturausschuss"]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Wer war anwesend?",
        "Wer ist Vorsitzender?",
        "Wer ist Vorsitzender der SPD-Fraktion im Landtag?",
        "Wer hat im Kulturausschuss am 20.04.2023 gesprochen?",
        "Wer war 2023 Vorsitzende des Kulturausschusses?",
        "Wer gehört zum Beirat des Museums?",
        "Wer hat am 20.04.2023 dagegen gestimmt?",
    ],
)
def test_a_question_for_something_else_is_left(text: str) -> None:
    assert read_attendance_request(understand(text), lambda: ["Kulturausschuss"]) is None


def test_those_present_stand_by_group_in_the_words_of_the_list(parts: Parts) -> None:
    answer = ask(parts, "Wer war am 20.04.2023 im Kulturausschuss anwesend?", PUBLIC)
    assert (answer.kind, answer.status) == ("sitzung", AnswerStatus.ANSWERED)
    assert told(answer) == [
        (
            "Kulturausschuss am 20.04.2023, laut Anwesenheitsliste der Niederschrift: 3 Angaben.",
            Label.ABGELEITET,
        ),
        ("CDU: Frau Ebbing (Vorsitzende); Herr Timm (ab 9:45 Uhr).", Label.BELEGT),
        ("SPD: Frau Rohde.", Label.BELEGT),
    ]
    for claim in answer.claims:
        quotes = " ".join(c.quote for c in answer.citations if c.number in claim.citations)
        assert claim.label is Label.ABGELEITET or claim.text.partition(":")[0] in quotes
    assert answer.table is not None
    assert answer.table.rows[1][2:6] == ("CDU", "Timm", "", "ab 9:45 Uhr")


def test_a_chair_is_that_of_the_last_list_and_of_no_later_day(parts: Parts) -> None:
    answer = ask(parts, "Wer ist Vorsitzende des Kulturausschusses?")
    head, chair, bound = told(answer)
    assert head[0].startswith("Kulturausschuss am 01.06.2023")
    assert chair == ("CDU: Frau Ebbing (Vorsitzende).", Label.BELEGT)
    assert "ob sie heute noch zutrifft" in bound[0]
    of_then = ask(parts, "Wer leitete die Sitzung des Kulturausschusses am 20.04.2023?")
    assert "ob sie heute noch zutrifft" not in of_then.text


def test_missing_is_only_who_is_listed_as_missing(parts: Parts) -> None:
    missing = ask(parts, "Wer fehlte am 01.06.2023 im Kulturausschuss?")
    assert told(missing)[1:] == [("SPD: Frau Rohde.", Label.BELEGT)]
    nobody = ask(parts, "Wer fehlte am 20.04.2023 im Kulturausschuss?")
    assert "Als fehlend ist niemand verzeichnet." in nobody.text
    assert "Rohde" not in ask(parts, "Wer war am 01.06.2023 im Kulturausschuss anwesend?").text


def test_members_are_not_on_record_and_that_is_said_first(parts: Parts) -> None:
    answer = ask(parts, "Wer sitzt für die SPD im Kulturausschuss?")
    assert told(answer)[0][0].startswith("Eine Mitgliederliste ist nicht erfasst")
    assert told(answer)[2] == ("SPD: Frau Rohde (als fehlend verzeichnet).", Label.BELEGT)
    assert "Ebbing" not in answer.text


def test_a_sitting_without_a_list_is_said_to_have_none(parts: Parts) -> None:
    answer = ask(parts, "Wer war am 07.09.2023 im Kulturausschuss anwesend?")
    assert answer.status is AnswerStatus.ABSTAINED
    assert "Dazu liegt nichts vor: Sitzung am 07.09.2023, Gremium Kulturausschuss." in answer.text
