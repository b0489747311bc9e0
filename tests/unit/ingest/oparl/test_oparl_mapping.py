from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.begleitdaten import Begleitdaten
from ingest.oparl.bestand import Bestand, read_terms
from ingest.oparl.files import OparlFile, strictest
from ingest.oparl.mapping import plan
from ingest.oparl.objects import MEETING, ORGANIZATION, PAPER, items


def planned(papers: list[Any], meetings: list[Any] | None = None) -> dict[str, OparlFile]:
    bestand = Bestand(
        lambda _kind, _id: None,
        read_terms(
            {
                "legislativeTerm": [
                    {"name": "WP 7", "startDate": "2020-11-01", "endDate": "2025-10-31"}
                ]
            }
        ),
    )
    bestand.add(items({"id": "rat", "name": "Rat"}, ORGANIZATION))
    for paper in papers:
        bestand.add(items(paper, PAPER))
    for meeting in meetings or []:
        bestand.add(items(meeting, MEETING))
    return plan(bestand)


def file(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "accessUrl": f"https://x.example/{name}", **more}


def of(files: dict[str, OparlFile], name: str) -> Begleitdaten:
    return files[name].begleitdaten


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["TOP 3", "Vorlage zum Deich", "Anlage 1"], "Vorlage zum Deich"),
        (["Anlage 1 zur Vorlage", "Deich", "Plan"], "Deich"),
        (["Deich"], "Deich"),
        (["Anlage 1", "Anhang zur Vorlage"], None),
    ],
)
def test_the_paper_is_found_among_its_annexes_where_no_main_file_is_named(
    names: list[str], main: str | None
) -> None:
    paper = {
        "id": "p",
        "reference": "7/1",
        "paperType": "Beschlussvorlage",
        "auxiliaryFile": [file(name) for name in names],
    }
    files = planned([paper])
    assert [name for name in names if of(files, name).nummer] == ([main] if main else [])
    assert {of(files, name).art for name in names if name != main} <= {"Anlage"}


@pytest.mark.parametrize(
    ("consultation", "expected"),
    [
        ({"role": "Vorberatung", "authoritative": False}, "Vorberatung"),
        ({"role": "Anhörung", "authoritative": False}, "Anhörung (empfehlend)"),
        ({"authoritative": False}, "empfehlend"),
        ({"role": "unbekannt", "authoritative": True}, "Entscheidung"),
        ({"role": "Entscheidung"}, "Entscheidung"),
        ({}, None),
    ],
)
def test_the_role_is_the_councils_or_follows_from_authoritative(
    consultation: dict[str, Any], expected: str | None
) -> None:
    meeting = {"id": "m", "start": "2024-02-15T17:00:00+01:00", "organization": "rat"}
    paper = {
        "id": "p",
        "mainFile": file("f"),
        "consultation": [{"id": "c", "meeting": "m", **consultation}],
    }
    (station,) = of(planned([paper], [meeting]), "f").beratungsfolge
    assert (station.gremium, station.datum, station.rolle) == ("Rat", date(2024, 2, 15), expected)


def paper_in(item: dict[str, Any], **meeting: Any) -> Begleitdaten:
    paper = {
        "id": "p",
        "date": "2024-02-01",
        "mainFile": file("f"),
        "consultation": [{"id": "c", "meeting": "m", "agendaItem": "a", "authoritative": True}],
    }
    sitting = {
        "id": "m",
        "start": "2024-02-15",
        "organization": ["rat"],
        "agendaItem": [{"id": "a", "number": "4", **item}],
        **meeting,
    }
    return of(planned([paper], [sitting]), "f")


def test_result_and_resolution_of_the_deciding_meeting_are_the_papers() -> None:
    daten = paper_in({"result": "beschlossen", "resolutionText": "Der Deich wird gebaut."})
    assert daten.ergebnis == "beschlossen"
    assert daten.beratungsfolge[0].ergebnis == "beschlossen"
    assert daten.beratungsfolge[0].einzelheiten == (
        "Tagesordnungspunkt 4",
        "Beschlusstext: Der Deich wird gebaut.",
    )
    assert daten.angaben == (("Wahlperiode", "WP 7"),)


def test_a_cancelled_meeting_has_no_results() -> None:
    daten = paper_in({"result": "beschlossen"}, cancelled=True)
    assert daten.ergebnis is None
    assert daten.beratungsfolge[0].ergebnis is None
    assert "Sitzung abgesagt" in daten.beratungsfolge[0].einzelheiten


def test_an_item_that_left_the_agenda_says_nothing_any_more() -> None:
    daten = paper_in({"result": "beschlossen", "public": True}, agendaItem=[{"id": "anderer"}])
    assert daten.ergebnis is None
    assert daten.oeffentlich is None


@pytest.mark.parametrize(("public", "expected"), [(True, True), (False, False), ("true", None)])
def test_only_a_plain_true_is_public(public: object, expected: bool | None) -> None:
    assert paper_in({"public": public}).oeffentlich is expected


def test_the_strictest_of_several_flags_holds() -> None:
    assert strictest([True, None, False]) is False
    assert strictest([None, True]) is True
    assert strictest([None]) is None


def test_another_form_of_a_file_is_not_taken_in_twice() -> None:
    paper = {"id": "p", "mainFile": file("f"), "auxiliaryFile": [file("f.txt", masterFile="f")]}
    assert planned([paper]).keys() == {"f"}


def test_the_digest_changes_with_bytes_and_statements_and_not_with_the_address() -> None:
    def digest(address: str = "a", modified: str = "2024-01-01", **more: Any) -> str:
        main = {"id": "f", "accessUrl": address, "modified": modified}
        return planned([{"id": "p", "mainFile": main, **more}])["f"].digest

    assert digest() == digest(address="b")
    assert len({digest(), digest(modified="2024-01-02"), digest(reference="7/1")}) == 3


def test_a_resolution_names_its_paper_and_its_result() -> None:
    paper = {
        "id": "p",
        "reference": "7/1",
        "paperType": "Antrag",
        "consultation": [{"id": "c", "paper": "p", "meeting": "m", "agendaItem": "a"}],
    }
    item = {
        "id": "a",
        "number": "4",
        "name": "Deich",
        "public": True,
        "result": "abgelehnt",
        "consultation": "c",
        "resolutionFile": file("beschluss"),
    }
    meeting = {"id": "m", "start": "2024-02-15", "organization": ["rat"], "agendaItem": [item]}
    daten = of(planned([paper], [meeting]), "beschluss")
    assert (daten.art, daten.nummer, daten.ergebnis, daten.oeffentlich) == (
        None,
        None,
        "abgelehnt",
        True,
    )
    assert ("Beschlussgegenstand", "Antrag 7/1") in daten.angaben
