"""Mandatory sections, their order, and a Beschlussvorschlag that can be carried out."""

from __future__ import annotations

import pytest

from assistant.review.sections import check
from index.store import Store
from tests.review.form.planted import clean_drafts
from tests.unit.assistant.review.drafts import reviewed, said

VORLAGE = clean_drafts()["leihgaben"]
ANTRAG = """# Antrag Nr. 15/300

öffentlich

Datum: 01.12.2025
Antragsteller: SPD

## Beschlussvorschlag:

{proposal}

## Begründung:

Die Wege sind schmal.
"""


def test_a_missing_section_is_named_with_who_has_to_write_it(empty: Store) -> None:
    text = VORLAGE.replace(
        "## Nachhaltigkeit und Klima\n\nDie Gegenstände werden mit den Fahrzeugen befördert, die "
        "ohnehin zwischen den Häusern fahren.\n\n",
        "",
    )
    draft = reviewed(text, empty)
    (befund,) = check(draft)
    assert befund.reason == (
        "Der Pflichtabschnitt „Nachhaltigkeit und Klima“ fehlt. Zuständig: Klimaschutzmanagement."
    )
    assert befund.suggestion == (
        "Nachhaltigkeit und Klima: [Angabe fehlt: Nachhaltigkeit und Klima – zuständig: "
        "Klimaschutzmanagement]"
    )
    assert (befund.span.start, befund.span.end) == (len(draft.document.text),) * 2


@pytest.mark.parametrize(
    ("words", "severity", "reason"),
    [
        (
            "",
            "Fehler",
            "Der Pflichtabschnitt „Gleichstellung“ ist leer. "
            "Zuständig: Gleichstellungsbeauftragte.",
        ),
        (
            "[prüfen: Folgen für Frauen]",
            "Warnung",
            "Im Abschnitt „Gleichstellung“ stehen nur Platzhalter. "
            "Zuständig: Gleichstellungsbeauftragte.",
        ),
    ],
)
def test_an_empty_section_weighs_more_than_one_with_a_placeholder(
    words: str, severity: str, reason: str, empty: Store
) -> None:
    full = (
        "Das Angebot richtet sich an alle Kinder. Unterschiede nach Geschlecht sind nicht zu "
        "erwarten."
    )
    assert VORLAGE.count(full) == 1
    assert said(check, VORLAGE.replace(full, words), empty) == [
        (severity, "Gleichstellung", reason)
    ]


def test_one_section_out_of_order_is_one_hint(empty: Store) -> None:
    moved = (
        "## Rechtsgrundlage\n\n"
        "Die Zuständigkeit des Landschaftsausschusses ergibt sich aus der Hauptsatzung.\n\n"
    )
    assert VORLAGE.count(moved) == 1
    text = VORLAGE.replace(moved, "").replace("## Zeitplan", f"{moved}## Zeitplan")
    assert said(check, text, empty) == [
        (
            "Hinweis",
            "Rechtsgrundlage",
            "Der Abschnitt „Rechtsgrundlage“ steht nach den Hausregeln hinter „Sachverhalt“.",
        )
    ]


@pytest.mark.parametrize(
    "proposal",
    [
        "Die Verwaltung wird beauftragt, die Wege bis zum 30.06.2026 zu verbreitern.",
        "Der Bauausschuss nimmt den Bericht zur Kenntnis.",
        "Der Verbreiterung der Wege wird zugestimmt.",
        "Die Angabe „5.640.000 €“ wird durch die Angabe „5.910.000 €“ ersetzt.",
        "Die Landschaftsversammlung appelliert an das Land, die Wege zu fördern.",
    ],
)
def test_a_sentence_that_decides_is_enough(proposal: str, empty: Store) -> None:
    assert said(check, ANTRAG.format(proposal=proposal), empty) == []


@pytest.mark.parametrize(
    "proposal",
    [
        "Die Wege sollten breiter werden.",
        "Es wird beauftragt, die Wege bis 2026 zu verbreitern.",
        "Es soll geprüft werden, ob die Wege breiter sein könnten.",
    ],
)
def test_a_wish_cannot_be_carried_out(proposal: str, empty: Store) -> None:
    assert said(check, ANTRAG.format(proposal=proposal), empty) == [
        (
            "Warnung",
            proposal,
            "Der Beschlussvorschlag hat keinen ausführbaren Satz: Er sagt nicht, wer was tun soll.",
        )
    ]


def test_an_order_without_a_day_is_a_hint(empty: Store) -> None:
    proposal = "Die Verwaltung wird beauftragt, die Wege zu verbreitern."
    assert said(check, ANTRAG.format(proposal=proposal), empty) == [
        (
            "Hinweis",
            proposal,
            "Der Beschlussvorschlag erteilt einen Auftrag, sagt aber nicht, bis wann.",
        )
    ]


def test_an_antrag_needs_no_sections_of_a_vorlage_but_a_begruendung(empty: Store) -> None:
    text = ANTRAG.format(proposal="Der Verbreiterung der Wege wird zugestimmt.")
    assert said(check, text.split("## Begründung")[0], empty) == [
        ("Fehler", "", "Dem Papier (Antrag) fehlt die Begründung.")
    ]


@pytest.mark.parametrize(
    "text", ["Ein Absatz ohne jede Überschrift.", "# Anfrage Nr. 15/4\n\nWann?"]
)
def test_other_papers_have_no_such_duties(text: str, empty: Store) -> None:
    assert said(check, text, empty) == []


def test_what_stands_under_unknown_headings_of_the_begruendung_counts(empty: Store) -> None:
    found = "Die drei Museen besitzen"
    text = VORLAGE.replace("## Anlass", "## Begründung:\n\n### 1. Anlass").replace(
        "## Sachverhalt", "### 2. Was die Museen haben"
    )
    assert found in text and "Sachverhalt" not in text
    assert said(check, text, empty) == []


def test_a_begruendung_of_nothing_but_other_sections_has_no_sachverhalt(empty: Store) -> None:
    head, _, rest = VORLAGE.partition("## Sachverhalt")
    text = head.replace("## Anlass", "## Begründung:\n\n### 1. Anlass")
    text += "### 2. " + rest[rest.index("Rechtsgrundlage") :]
    assert said(check, text, empty) == [
        (
            "Fehler",
            "Begründung:",
            "Der Pflichtabschnitt „Sachverhalt“ ist leer. Zuständig: federführendes Dezernat.",
        )
    ]
