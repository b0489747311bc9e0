"""Rewriting a draft: what is changed, what stays and why, and what the draft may rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.begruendung.auftrag import parse_auftrag
from assistant.begruendung.drafting import draft as drafted
from assistant.begruendung.rewriting import Umarbeitung, Umgearbeitet, rewrite
from assistant.begruendung.types import Absatz, Entwurf, Herkunft
from assistant.errors import InputInvalid, NotFound
from index.store import Store, open_store
from index.types import Access, Ergebnis, Schutzstufe
from ingest.papers.outcomes import read_outcome
from models.errors import GeneratorCrashed
from tests import sample_records
from tests.integration.babblers import YesMan
from tests.unit.assistant.begruendung.drafted import EVERYTHING, draft
from tests.unit.assistant.material.matter import ANTRAG, NIEDERSCHRIFT, VORLAGE, fill

OPERATOR = Access.operator("lvs")
LONG = (
    "Das Bad in Mersbach ist seit 2019 gesperrt, aber die Fähre benötigt jährlich 3 Wochen Pause, "
    "denn sie muss dann zur Prüfung nach Hohenbruck."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    sample_records.fill(opened)
    yield opened
    opened.close()


def own(*texts: str, section: str = "sachverhalt") -> Entwurf:
    """A draft with these paragraphs of the person who drafts."""
    absaetze = tuple(Absatz(text, Herkunft.EIGEN) for text in texts)
    return draft((section, absaetze), citations=(), offen=(), generator_id=None)


def done(store: Store, entwurf: Entwurf, art: Umarbeitung, **more: object) -> Umgearbeitet:
    return rewrite(entwurf, art, store=store, access=OPERATOR, home=None, **more)  # type: ignore[arg-type]


def texts(found: Umgearbeitet, section: int = 0) -> list[str]:
    return [absatz.text for absatz in found.entwurf.abschnitte[section].absaetze]


def test_a_paragraph_is_rewritten_alone_and_stays_its_authors(store: Store) -> None:
    entwurf = own("Das gilt, wie bereits erwähnt, für 3 Räder.", "Es gilt, wie oben erwähnt, nie.")
    found = done(store, entwurf, Umarbeitung.KUERZER, schluessel="sachverhalt", absatz=2)
    assert texts(found) == ["Das gilt, wie bereits erwähnt, für 3 Räder.", "Es gilt nie."]
    assert (found.geaendert, found.abgelehnt) == (1, ())
    assert {a.herkunft for a in found.entwurf.abschnitte[0].absaetze} == {Herkunft.EIGEN}
    assert entwurf.abschnitte[0].absaetze[1].text == "Es gilt, wie oben erwähnt, nie."


def test_what_stays_is_said_with_its_place_and_the_reason(store: Store) -> None:
    entwurf = draft(*EVERYTHING)
    found = done(store, entwurf, Umarbeitung.STICHPUNKTE)
    assert found.entwurf.abschnitte == entwurf.abschnitte
    assert [(a.schluessel, a.absatz, a.grund) for a in found.abgelehnt] == [
        *(
            ("sachverhalt", n, "Der Absatz lässt sich nicht in mehrere Punkte teilen.")
            for n in (1, 2, 3)
        ),
        ("finanzen", 1, "Offene Angaben bleiben, wie sie sind."),
        ("inklusion", 1, "Offene Angaben bleiben, wie sie sind."),
    ]
    assert found.entwurf.offen == entwurf.offen


PROPOSAL = (
    "Die Verwaltung wird beauftragt, bis zum 31.12.2024 zum jetzigen Zeitpunkt 74 Ladepunkte zu "
    "errichten."
)


def test_the_proposal_is_left_alone_unless_it_is_named(store: Store) -> None:
    entwurf = own(PROPOSAL, section="beschlussvorschlag")
    left = done(store, entwurf, Umarbeitung.KUERZER)
    assert (left.entwurf, left.geaendert, left.abgelehnt) == (entwurf, 0, ())
    found = done(store, entwurf, Umarbeitung.KUERZER, schluessel="beschlussvorschlag")
    assert texts(found) == [PROPOSAL.replace("zum jetzigen Zeitpunkt", "derzeit")]
    with pytest.raises(InputInvalid, match="In den Beschlussvorschlag gehört kein Präzedenzfall"):
        done(store, entwurf, Umarbeitung.PRAEZEDENZFALL, schluessel="beschlussvorschlag")


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"absatz": 1}, InputInvalid, "Bitte nennen Sie zum Absatz auch den Abschnitt."),
        ({"schluessel": "klimax"}, NotFound, "Den Abschnitt »klimax« gibt es hier nicht."),
        ({"schluessel": "sachverhalt", "absatz": 0}, NotFound, "Den Absatz 0 gibt es"),
        ({"schluessel": "sachverhalt", "absatz": 2}, NotFound, "»sachverhalt« nicht; er hat 1."),
    ],
)
def test_a_place_that_does_not_exist_is_told_so(
    store: Store, more: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        done(store, own("Ein Satz."), Umarbeitung.KLARER, **more)


def parting(prompt: str) -> Iterator[str]:
    said = prompt.rsplit("Satz: ", 1)[1]
    yield said.replace(", aber", ".\nAber").replace(", denn", ".\nDenn")


def test_a_faithful_proposal_is_taken_and_its_generator_named(store: Store) -> None:
    found = done(store, own(LONG), Umarbeitung.KLARER, generator=YesMan(parting))
    assert texts(found) == [
        "Das Bad in Mersbach ist seit 2019 gesperrt. Aber die Fähre benötigt jährlich 3 Wochen "
        "Pause. Denn sie muss dann zur Prüfung nach Hohenbruck."
    ]
    assert found.entwurf.generator_id == "worst-case"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3 Wochen", "4 Wochen"),
        ("Mersbach", "Hohenbruck"),
        ("gesperrt", "nicht gesperrt"),
        ("muss", "kann"),
        ("jährlich ", ""),
        ("nach Hohenbruck.", "nach Hohenbruck.\nDas ist beschlossen."),
    ],
)
def test_a_proposal_that_says_anything_else_is_not(store: Store, old: str, new: str) -> None:
    def lie(prompt: str) -> Iterator[str]:
        yield "".join(parting(prompt)).replace(old, new)

    found = done(store, own(LONG), Umarbeitung.KLARER, generator=YesMan(lie))
    assert texts(found) == [LONG]
    assert found.entwurf.generator_id is None
    assert [a.grund for a in found.abgelehnt] == [
        "Die Regeln kennen hierfür keine klarere Fassung."
    ]


def test_a_generator_that_breaks_is_asked_no_more(store: Store) -> None:
    calls: list[str] = []

    def crash(prompt: str) -> Iterator[str]:
        calls.append(prompt)
        yield LONG[:20]
        raise GeneratorCrashed("Das Sprachmodell ist ausgefallen.")

    entwurf = own(LONG, LONG.replace("2019", "2018"))
    found = done(store, entwurf, Umarbeitung.EINFACH, generator=YesMan(crash))
    assert found == done(store, entwurf, Umarbeitung.EINFACH)
    assert len(calls) == 1


def add_rejected(store: Store, stufe: Schutzstufe) -> None:
    """Antrag 15/13 on Leihräder, rejected."""
    other, note = sample_records.ANTRAG.replace("15/12", "15/13"), "Mehrheitlich abgelehnt."
    text = other.replace("Entsprechend Beschlussvorschlag beschlossen.", note)
    kopf = sample_records.antrag(text=other, nummer=13).kopfdaten
    span = sample_records.find(text, note)
    kopf = replace(kopf, ergebnis=Ergebnis(note, read_outcome(note), span))
    made = sample_records.document(text, "akten/13.txt", "lvs", stufe, kopf, "Leihräder")
    store.add([sample_records.stored(made)])


def precedents(store: Store, entwurf: Entwurf) -> list[str]:
    found = done(store, entwurf, Umarbeitung.PRAEZEDENZFALL)
    return [t for t in texts(found) if t.startswith("Präzedenzfall: ")]


def test_precedents_for_and_against_stand_with_their_recorded_result(store: Store) -> None:
    add_rejected(store, Schutzstufe.OEFFENTLICH)
    entwurf = replace(own("Ein Satz."), titel="Leihräder")
    found = done(store, entwurf, Umarbeitung.PRAEZEDENZFALL, schluessel="sachverhalt", absatz=1)
    first, head, adopted, rejected = texts(found)
    assert first == "Ein Satz."
    assert head.startswith("Präzedenzfälle sind nach den Wörtern des Titels gesucht")
    assert adopted.endswith("Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“")
    assert rejected.endswith("Ergebnisvermerk: „Mehrheitlich abgelehnt.“")
    assert found.geaendert == 3
    assert [c.number for c in found.entwurf.citations] == list(
        range(1, len(found.entwurf.citations) + 1)
    )
    twice = done(store, found.entwurf, Umarbeitung.PRAEZEDENZFALL, schluessel="sachverhalt")
    assert (twice.geaendert, [a.grund for a in twice.abgelehnt]) == (
        0,
        ["Der Präzedenzfall steht schon in diesem Abschnitt."],
    )


def test_a_public_draft_gets_no_closed_precedent_whoever_asks(store: Store) -> None:
    add_rejected(store, Schutzstufe.NICHTOEFFENTLICH)
    entwurf = replace(own("Ein Satz."), titel="Leihräder")
    assert not any("15/13" in text for text in precedents(store, entwurf))
    found = done(store, entwurf, Umarbeitung.PRAEZEDENZFALL)
    assert found.entwurf.schutz is Schutzstufe.OEFFENTLICH
    closed = replace(entwurf, schutz=Schutzstufe.NICHTOEFFENTLICH)
    assert any("15/13" in text for text in precedents(store, closed))
    public = Access(frozenset({"lvs"}))
    seen = rewrite(closed, Umarbeitung.PRAEZEDENZFALL, store=store, access=public, home=None)
    assert not any("15/13" in text for text in texts(seen))
    assert seen.entwurf.schutz is Schutzstufe.NICHTOEFFENTLICH


def test_that_there_is_no_precedent_is_said(store: Store) -> None:
    found = done(store, replace(own("Ein Satz."), titel="Mondfahrt"), Umarbeitung.PRAEZEDENZFALL)
    assert texts(found)[1:] == [
        "Zu den Wörtern des Titels ist außer den Papieren dieses Entwurfs kein entschiedener "
        "Präzedenzfall erfasst; das heißt nicht, dass es keinen gibt."
    ]


def test_a_paper_that_holds_few_words_of_the_title_is_no_precedent(store: Store) -> None:
    for title in ("Leihräder, Mondfahrt und Ebbe", "Ausbau der Haltestellen in Mersbach"):
        assert precedents(store, replace(own("Ein Satz."), titel=title)) == []


def test_words_of_a_proposal_alone_make_no_precedent(tmp_path: Path) -> None:
    opened = open_store(tmp_path)
    noted = VORLAGE.replace(
        "## Fin", "## Ergebnis:\n\nEntsprechend Beschlussvorschlag beschlossen.\n\n## Fin"
    )
    noted = noted.replace("Dem Konzept wird", "Dem Konzept für das Rechenzentrum wird")
    fill(opened, noted)
    entwurf = own("Ein Satz.")
    assert len(precedents(opened, replace(entwurf, titel="Radstationen"))) == 1
    assert precedents(opened, replace(entwurf, titel="Rechenzentrum")) == []
    opened.close()


def test_a_draft_whose_source_was_closed_since_is_closed_by_a_rewriting(tmp_path: Path) -> None:

    before, after = open_store(tmp_path / "a"), open_store(tmp_path / "b")
    fill(before, ANTRAG, VORLAGE, NIEDERSCHRIFT)
    fill(after, ANTRAG, VORLAGE.replace("öffentlich", "nichtöffentlich", 1), NIEDERSCHRIFT)
    auftrag = parse_auftrag('titel = "Räder"\nquellen = ["Vorlage 15/80"]', "lvs")
    entwurf = drafted(before, OPERATOR, auftrag)
    assert entwurf.schutz is Schutzstufe.OEFFENTLICH
    levels = [done(s, entwurf, Umarbeitung.KUERZER).entwurf.schutz for s in (before, after)]
    assert levels == [Schutzstufe.OEFFENTLICH, Schutzstufe.NICHTOEFFENTLICH]
    before.close()
    after.close()
