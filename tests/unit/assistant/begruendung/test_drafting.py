"""A draft of one matter: every sentence cut, framed, the user's own, or a placeholder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.begruendung.auftrag import parse_auftrag
from assistant.begruendung.checked import REPLACED, checked_sections, problems
from assistant.begruendung.drafting import draft
from assistant.begruendung.types import Absatz, DraftSection, Entwurf, Herkunft
from assistant.errors import InputInvalid
from assistant.hausregeln import Abschnitt
from assistant.types import Citation
from index.store import Store, open_store
from index.types import Access, Schutzstufe, Span
from tests.unit.assistant.material.matter import (
    ANTRAG,
    ERGAENZUNG,
    NIEDERSCHRIFT,
    VORLAGE,
    fill,
)

OPERATOR = Access.operator("lvs")
ORDER = """
titel = "Leihräder: Ausbau"
stichpunkte = [
    "Gesamtkosten der Radstationen: 48.000 €.",
    "Zeitplan: Der Betrieb beginnt am 01.07.2023.",
    "Der Antrag Nr. 15/70 vom 11.01.2023 gab den Anstoß.",
]
quellen = ["Antrag 15/70", "Vorlage 15/80"]
"""
MINUTES = "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023"
ONE_SOURCE = 'titel = "Leihräder"\nquellen = ["Antrag 15/70"]'
LAW = Abschnitt("rechtsgrundlage", "Rechtsgrundlage", True, (), "Rechtsamt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


def drafted(store: Store, order: str = ORDER) -> Entwurf:
    return draft(store, OPERATOR, parse_auftrag(order, "lvs"), today=date(2023, 6, 1))


def section(entwurf: Entwurf, key: str) -> list[tuple[Herkunft, str]]:
    (found,) = [s for s in entwurf.abschnitte if s.abschnitt.schluessel == key]
    return [(absatz.herkunft, absatz.text) for absatz in found.absaetze]


def test_the_occasion_says_who_moved_what_and_what_is_on_record(store: Store) -> None:
    assert section(drafted(store), "anlass")[:5] == [
        (
            Herkunft.BELEGT,
            "Zu „Leihräder an den Museen“ liegt vor: Antrag Nr. 15/70 vom 10.01.2023, "
            "Antragsteller: CDU und SPD.",
        ),
        (
            Herkunft.BELEGT,
            "Antrag Nr. 15/70 vom 10.01.2023, Beschlussvorschlag der Antragsteller, für sich keine "
            "Beschlusslage: „Die Verwaltung stellt an drei Museen Leihräder bereit.“",
        ),
        (
            Herkunft.BELEGT,
            f"Zu Antrag Nr. 15/70 vermerkt die {MINUTES}, TOP 1, als Empfehlung: „Der "
            "Kulturausschuss empfiehlt dem Landschaftsausschuss, den Antrag anzunehmen.“",
        ),
        (
            Herkunft.BELEGT,
            f"Zu Antrag Nr. 15/70 vermerkt die {MINUTES}, TOP 1, als Abstimmung (Empfehlung): "
            "„mehrheitlich beschlossen gegen die FDP“",
        ),
        (
            Herkunft.ABGELEITET,
            "Zu Antrag Nr. 15/70 vom 10.01.2023 ist nur eine Empfehlung, keine Entscheidung "
            "erfasst; das Papier ist keine Beschlusslage.",
        ),
    ]


def test_a_replaced_amount_names_the_later_paper_and_nothing_is_denied(store: Store) -> None:
    texts = [text for _, text in section(drafted(store), "finanzen")]
    assert (
        "Vorlage Nr. 15/80 vom 20.03.2023 (überholt, siehe Vorlage Nr. 15/80/1 vom 03.04.2023): "
        "Gesamtkosten: 48.000 €"
    ) in texts
    assert "Vorlage Nr. 15/80/1 vom 03.04.2023: Gesamtkosten: 52.000 €" in texts
    assert texts[-2:] == [
        "[Angabe fehlt: finanzielle Auswirkungen dieser Vorlage – zuständig: Kämmerei]",
        "[Angabe fehlt: personelle Auswirkungen dieser Vorlage – zuständig: Kämmerei]",
    ]


def test_points_stand_in_the_section_they_name_and_are_held_against_the_sources(
    store: Store,
) -> None:
    entwurf = drafted(store)
    assert section(entwurf, "zeitplan")[0] == (Herkunft.EIGEN, "Der Betrieb beginnt am 01.07.2023.")
    assert section(entwurf, "zeitplan")[1][0] is Herkunft.BELEGT
    assert section(entwurf, "sachverhalt")[:2] == [
        (Herkunft.EIGEN, "Gesamtkosten der Radstationen: 48.000 €."),
        (
            Herkunft.PLATZHALTER,
            "[prüfen: „48.000 €“ – die Quelle sagt anderes: Vorlage Nr. 15/80/1 vom 03.04.2023: "
            "„Gesamtkosten 52.000 €“]",
        ),
    ]
    assert "[prüfen: Antrag Nr. 15/70 vom 10.01.2023 – dort steht: „10.01.2023“]" in entwurf.offen


def test_a_sitting_to_come_is_not_denied_by_that_of_another_paper(store: Store) -> None:
    order = 'stichpunkte = ["Beratungsfolge: Kulturausschuss am 14.09.2023"]'
    order += '\ntitel = "A"\nquellen = ["Vorlage 15/80"]'
    assert section(drafted(store, order), "beratungsfolge")[:2] == [
        (Herkunft.EIGEN, "Kulturausschuss am 14.09.2023"),
        (Herkunft.PLATZHALTER, "[prüfen: „14.09.2023“ – steht in keiner Quelle des Auftrags]"),
    ]


def test_the_proposal_is_the_users_or_open(store: Store) -> None:
    assert section(drafted(store), "beschlussvorschlag") == [
        (
            Herkunft.PLATZHALTER,
            "[Angabe fehlt: Beschlussvorschlag (wer, was, bis wann) – zuständig: federführendes "
            "Dezernat]",
        )
    ]
    given = 'beschlussvorschlag = """\n1. Es gilt.\n2. Mit 77 Rädern.\n"""' + ORDER
    assert section(drafted(store, given), "beschlussvorschlag") == [
        (Herkunft.EIGEN, "1. Es gilt."),
        (Herkunft.EIGEN, "2. Mit 77 Rädern."),
        (Herkunft.PLATZHALTER, "[prüfen: „77“ – steht in keiner Quelle des Auftrags]"),
    ]


def test_both_sides_are_told_with_who_says_it_and_the_alternative_is_left_to_the_user(
    store: Store,
) -> None:
    texts = [text for _, text in section(drafted(store), "bewertung")]
    paper = "Antrag Nr. 15/70 vom 10.01.2023"
    assert texts[0] == (
        "Als Argumente dafür sind erfasst – nach Angabe der Antragsteller (CDU und SPD), "
        f"{paper}: „Viele Gäste kommen mit der Bahn. In Umfragen wünschen sich fast 40 Prozent "
        "der Gäste Leihräder.“"
    )
    assert (
        f"Als Argument dagegen ist erfasst – Frau Gravemann (FDP), {MINUTES}: „Frau Gravemann "
        "kritisiert die Kosten.“"
    ) in texts
    assert texts[-1] == (
        "[Angabe fehlt: Alternative „keine Maßnahme“ und ihre Folgen – zuständig: federführendes "
        "Dezernat]"
    )


def test_without_sources_nothing_is_drafted(store: Store) -> None:
    with pytest.raises(InputInvalid, match="nennt keine Quellen; ohne sie wird nichts entworfen"):
        drafted(store, 'titel = "Leihräder"')


def test_an_internal_draft_inherits_its_strictest_source(tmp_path: Path) -> None:
    opened = open_store(tmp_path)
    closed = VORLAGE.replace("öffentlich", "nichtöffentlich", 1)
    fill(opened, ANTRAG, closed, ERGAENZUNG, NIEDERSCHRIFT)
    internal = 'titel = "A"\noeffentlich = false\nquellen = ["Antrag 15/70"{}]'
    assert drafted(opened, internal.format("")).schutz is Schutzstufe.OEFFENTLICH
    with_closed = drafted(opened, internal.format(', "Vorlage 15/80"'))
    assert with_closed.schutz is Schutzstufe.NICHTOEFFENTLICH
    opened.close()


def citation(number: int, quote: str) -> Citation:
    return Citation(number, "d", "d.md", None, "Stelle", "", None, quote, Span(0, len(quote)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Es sind 41.000 €.", ["Eine Angabe steht nicht im Beleg."]),
        ("Es sind 40.000 €.", []),
        ("Frist ist der 02.03.2023.", ["Eine Angabe steht nicht im Beleg."]),
        ("Siehe Vorlage 15/81.", ["Eine Angabe steht nicht im Beleg."]),
        ("Dort: „Es waren Mittel.“", ["Ein Zitat steht nicht wörtlich im Beleg."]),
        ("Dort: „Es sind“", []),
    ],
)
def test_what_the_citations_do_not_hold_is_found(text: str, found: list[str]) -> None:
    absatz = Absatz(text, Herkunft.BELEGT, (1,))
    assert list(problems(absatz, ["Es sind\n40.000 € laut Vorlage 15/80 vom 01.03.2023."])) == found


def test_a_paragraph_that_fails_gives_way_and_is_counted_own_words_stay() -> None:
    bad = Absatz("Es sind 41 Räder.", Herkunft.BELEGT, (1,))
    bare = Absatz("Es gibt Räder.", Herkunft.BELEGT)
    own = Absatz("Es sind 41 Räder.", Herkunft.EIGEN)
    good = Absatz("Es sind 40 Räder.", Herkunft.BELEGT, (1,))
    written = [DraftSection(LAW, (bad, own, good)), DraftSection(LAW, (bare,))]
    sections, replaced = checked_sections(written, [citation(1, "40 Räder")])
    gone = Absatz(f"[prüfen: {REPLACED} – zuständig: Rechtsamt]", Herkunft.PLATZHALTER)
    assert replaced == 2
    assert [s.absaetze for s in sections] == [(gone, own, good), (gone,)]


def test_a_row_told_in_words_is_no_quote() -> None:
    row = Absatz("Vorlage: „Kosten: 40 €“", Herkunft.BELEGT, (1,))
    sections, replaced = checked_sections(
        [DraftSection(LAW, (row,))], [citation(1, "Kosten\t40 €")]
    )
    assert replaced == 0
    assert sections[0].absaetze == (Absatz("Vorlage: Kosten: 40 €", Herkunft.BELEGT, (1,)),)


def test_a_speaker_keeps_the_von_of_the_name_and_speaks_for_herself(tmp_path: Path) -> None:
    opened = open_store(tmp_path)
    minutes = NIEDERSCHRIFT.replace("Birte Gravemann", "Birte Gravemann, Ulla von der Heide")
    said = (
        "Frau Gravemann kritisiert die Kosten. Frau von der Heide sieht einen Eingriff. Er sei zu"
    )
    fill(
        opened,
        ANTRAG,
        minutes.replace("Frau Gravemann kritisiert die Kosten.", f"{said} groß."),
    )
    texts = [text for _, text in section(drafted(opened, ONE_SOURCE), "bewertung")]
    opened.close()
    assert (
        f"Ohne Zuordnung ist erfasst – Frau von der Heide (FDP), {MINUTES}: „Frau von der Heide "
        "sieht einen Eingriff. Er sei zu groß.“"
    ) in texts


def test_that_somebody_only_moved_a_paper_is_no_argument(store: Store) -> None:
    texts = " ".join(text for _, text in section(drafted(store), "bewertung"))
    assert "wirbt für den Antrag" not in texts
    assert "Er erschließe die Museen ohne Auto." in texts


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("Frau Drostmann erläutert den Entwurf anhand eines Modells.", False),
        ("Frau Drostmann dankt für die Prüfung.", False),
        ("Frau Drostmann begrüßt die Vorlage.", False),
        ("Frau Drostmann begrüßt die Heizung mit Holz.", True),
        ("Frau Drostmann erläutert, die Räder seien teuer.", True),
    ],
)
def test_that_somebody_spoke_is_told_only_with_what_was_said(
    tmp_path: Path, said: str, is_told: bool
) -> None:
    opened = open_store(tmp_path)
    fill(opened, ANTRAG, NIEDERSCHRIFT.replace("Frau Drostmann wirbt für den Antrag.", said))
    texts = " ".join(text for _, text in section(drafted(opened, ONE_SOURCE), "bewertung"))
    opened.close()
    assert (said in texts) is is_told


def test_a_day_that_was_asked_for_is_told_as_asked_for(tmp_path: Path) -> None:
    opened = open_store(tmp_path)
    asked = "Die Verwaltung stellt bis zum 01.06.2023 an drei Museen Leihräder bereit."
    fill(opened, ANTRAG.replace("Die Verwaltung stellt an drei Museen Leihräder bereit.", asked))
    texts = [text for _, text in section(drafted(opened, ONE_SOURCE), "zeitplan")]
    opened.close()
    assert texts[0] == (
        "Antrag Nr. 15/70 vom 10.01.2023, Beschlussvorschlag der Antragsteller, für sich keine "
        f"Beschlusslage: „{asked}“"
    )


def test_where_the_user_said_something_its_office_is_asked_to_look_at_it(store: Store) -> None:
    order = (
        'titel = "A"\nquellen = ["Antrag 15/70"]\nstichpunkte = ["Klima: Räder sparen Fahrten."]'
    )
    assert section(drafted(store, order), "klima") == [
        (Herkunft.EIGEN, "Räder sparen Fahrten."),
        (
            Herkunft.PLATZHALTER,
            "[prüfen: Nachhaltigkeit und Klima – zuständig: Klimaschutzmanagement]",
        ),
    ]


def test_a_day_of_the_proposal_is_this_papers_own(store: Store) -> None:
    order = (
        'titel = "A"\nquellen = ["Antrag 15/70", "Vorlage 15/80"]\n'
        'beschlussvorschlag = "Der Betrieb der Radstationen beginnt im Jahr 2023, am 01.08.2023."'
    )
    assert section(drafted(store, order), "beschlussvorschlag")[1:] == [
        (Herkunft.PLATZHALTER, "[prüfen: „01.08.2023“ – steht in keiner Quelle des Auftrags]")
    ]


def test_sittings_without_minutes_are_told_together_and_stations_once(store: Store) -> None:
    entwurf = drafted(store)
    gaps = [t for _, t in section(entwurf, "sachverhalt") if "Niederschrift liegt" in t]
    assert gaps[0] == (
        "Eine öffentlich verwendbare Niederschrift liegt hier nicht vor: Landschaftsausschuss am "
        "02.03.2023."
    )
    assert section(entwurf, "beratungsfolge") == [
        (
            Herkunft.PLATZHALTER,
            "[Angabe fehlt: Beratungsfolge dieser Vorlage – zuständig: Gremienbüro]",
        )
    ]
