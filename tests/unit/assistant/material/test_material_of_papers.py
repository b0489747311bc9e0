"""What a drafter gets of one matter: its course, its arguments, its amounts, its Zielrichtungen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import SettingsInvalid
from assistant.material.answering import answer_material
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, Label, Reference
from assistant.understanding.question import QuestionKind, understand
from index.store import Store, open_store
from index.types import Access
from tests.unit.assistant.material.matter import ANTRAG, NIEDERSCHRIFT, VORLAGE, fill

OPERATOR = Access.operator("lvs")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


def ask(
    store: Store, text: str, before: Reference | None = None, home: Path | None = None
) -> tuple[QuestionKind, Finding]:
    told = answer_material(store, OPERATOR, understand(text), before, home)
    assert told is not None, text
    question, finding = told
    for claim in finding.claims:
        if claim.label is Label.BELEGT:
            assert claim.citations, claim.text
    return question.kind, finding


def texts(finding: Finding) -> list[str]:
    return [claim.text for claim in finding.claims]


MINUTES = "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023"


def test_the_course_is_told_in_order_of_time_with_its_gaps(store: Store) -> None:
    kind, finding = ask(store, "Fasse die Beratungsfolge zu Antrag 15/70 als Sachverhalt zusammen")
    assert (kind, finding.status) == (QuestionKind.SACHVERHALT, AnswerStatus.ANSWERED)
    assert texts(finding) == [
        "Der Antrag Nr. 15/70 vom 10.01.2023 „Leihräder an den Museen“ wurde gestellt von: "
        "CDU und SPD.",
        "Für den 16.02.2023 war die Beratung vorgesehen: Kulturausschuss (empfehlender Beschluss).",
        f"{MINUTES}, TOP 1 (Empfehlung): „Der Kulturausschuss empfiehlt dem Landschaftsausschuss, "
        "den Antrag anzunehmen.“",
        f"{MINUTES}, TOP 1, Abstimmung (Empfehlung): „mehrheitlich beschlossen gegen die FDP“",
        "Für den 02.03.2023 war die Beratung vorgesehen: Landschaftsausschuss (Beschluss).",
        "Niederschrift liegt nicht vor: Landschaftsausschuss am 02.03.2023.",
        "Antrag Nr. 15/70 vom 10.01.2023: Ergebnisvermerk auf der Drucksache nicht erfasst.",
    ]


def test_arguments_are_quoted_with_who_says_them_and_sorted_by_the_verb(store: Store) -> None:
    kind, finding = ask(store, "Nenne Argumente dafür und dagegen zu Antrag 15/70")
    assert (kind, finding.status) == (QuestionKind.ARGUMENTE, AnswerStatus.ANSWERED)
    paper = "Antrag Nr. 15/70 vom 10.01.2023"
    assert texts(finding) == [
        f"{paper}, erfasste Aussagen: dafür 3, dagegen 1, nicht zugeordnet 4.",
        f"Dafür: Antragsteller CDU, SPD, {paper}: „Viele Gäste kommen mit der Bahn.“",
        f"Dafür: Antragsteller CDU, SPD, {paper}: „In Umfragen wünschen sich fast 40 Prozent der "
        "Gäste Leihräder.“",
        f"Dafür: Frau Drostmann (CDU), {MINUTES}: „Frau Drostmann wirbt für den Antrag.“",
        f"Dagegen: Frau Gravemann (FDP), {MINUTES}: „Frau Gravemann kritisiert die Kosten.“",
        f"Nicht zugeordnet: Frau Drostmann (CDU), {MINUTES}: „Er erschließe die Museen ohne Auto.“",
        f"Nicht zugeordnet: Herr Wiekenberg (GRÜNE), {MINUTES}: „Herr Wiekenberg unterstützt dies.“",
        f"Nicht zugeordnet: Herr Wiekenberg (GRÜNE), {MINUTES}: „Die Verwaltung verliere sonst "
        "Gäste.“",
        f"Nicht zugeordnet: Herr Wiekenberg (GRÜNE), {MINUTES}: „Herr Wiekenberg begrüßt den "
        "Änderungsantrag der FDP.“",
    ]
    assert finding.notes[1] == "Niederschrift liegt nicht vor: Landschaftsausschuss am 02.03.2023."


def test_an_item_is_known_by_its_heading_though_a_name_ends_with_a_stop(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    minutes = NIEDERSCHRIFT.replace("15/70 CDU, SPD", "15/70 Die Linke.").replace(
        "lehnt Laubbläser ab.", "lehnt Laubbläser ab, anders als im Antrag Nr. 15/70."
    )
    fill(store, ANTRAG, minutes)
    _, finding = ask(store, "Pro und Contra zu Antrag 15/70")
    store.close()
    assert texts(finding)[0] == (
        "Antrag Nr. 15/70 vom 10.01.2023, erfasste Aussagen: dafür 3, dagegen 1, nicht zugeordnet 4."
    )


def test_where_one_side_is_missing_that_is_said(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    fill(store, ANTRAG)
    _, finding = ask(store, "Pro und Contra zu Antrag 15/70")
    store.close()
    assert texts(finding)[0] == (
        "Antrag Nr. 15/70 vom 10.01.2023, erfasste Aussagen: dafür 2, dagegen 0, nicht zugeordnet "
        "0. Dagegen ist nichts erfasst; das heißt nicht, dass in der Beratung nichts dagegen "
        "gesagt wurde."
    )


def test_amounts_are_quoted_row_by_row_and_the_rest_is_a_placeholder(store: Store) -> None:
    kind, finding = ask(store, "Formuliere die finanziellen Auswirkungen zu Vorlage 15/80")
    assert (kind, finding.status) == (QuestionKind.FINANZEN, AnswerStatus.ANSWERED)
    first, later = "Vorlage Nr. 15/80 vom 20.03.2023", "Vorlage Nr. 15/80/1 vom 03.04.2023"
    assert texts(finding) == [
        f"{later} ändert Vorlage Nr. 15/80.",
        f"{first}: „Produktgruppe: 042 Museen“",
        f"{first} (überholt, siehe spätere Drucksache): „Gesamtkosten: 48.000 €“",
        f"{first}: „Aufwendungen 2023 (Ergebnisplan): 30.000 €“",
        f"{first}: [prüfen: Ankreuzfelder im Papier] „Die Mittel sind veranschlagt: [ ] ja [ ] "
        "nein“",
        "[Angabe fehlt: Auszahlungen (Finanzplan) – zuständig: Kämmerei]",
        "[Angabe fehlt: jährliche Folgekosten – zuständig: Kämmerei]",
        f"{later}: „Produktgruppe: 042 Museen“",
        f"{later}: „Gesamtkosten: 52.000 €“",
    ]
    assert finding.table is not None
    assert len(finding.table.rows) == 5
    assert finding.table.rows[1][:3] == (
        f"{first} (überholt, siehe spätere Drucksache)",
        "Gesamtkosten",
        "48.000 €",
    )


def test_amounts_in_the_proposal_and_in_columns_keep_their_place(tmp_path: Path) -> None:
    rows = "| Position | 2023 | 2024 |\n|---|---|---|\n| Folgekosten | 4.000 € | 5.000 € |\n"
    text = VORLAGE.replace("| Gesamtkosten | 48.000 € |\n", "").replace(
        "| Produktgruppe | 042 Museen |\n| Aufwendungen 2023 (Ergebnisplan) | 30.000 € |\n", rows
    )
    text = text.replace("wird zugestimmt.", "wird zugestimmt; die Kosten betragen 48.000 €.")
    store = open_store(tmp_path)
    fill(store, text)
    _, finding = ask(store, "Formuliere die finanziellen Auswirkungen zu Vorlage 15/80")
    store.close()
    paper = "Vorlage Nr. 15/80 vom 20.03.2023"
    assert texts(finding)[:2] == [
        f"{paper}, Beschlussvorschlag: „Dem Konzept wird zugestimmt; die Kosten betragen 48.000 €.“",
        f"{paper}: „Folgekosten: 2023: 4.000 €; 2024: 5.000 €“",
    ]


def test_amounts_that_were_decided_and_spoken_of_are_quoted_as_such(tmp_path: Path) -> None:
    minutes = NIEDERSCHRIFT.replace("die Kosten. ", "die Kosten von 70.000 €. ").replace(
        "den Antrag anzunehmen.", "dafür 60.000 € bereitzustellen."
    )
    store = open_store(tmp_path)
    fill(store, ANTRAG, minutes)
    _, finding = ask(store, "Formuliere die finanziellen Auswirkungen zu Antrag 15/70")
    store.close()
    assert texts(finding)[1:3] == [
        f"{MINUTES}, Empfehlung: „Der Kulturausschuss empfiehlt dem Landschaftsausschuss, dafür "
        "60.000 € bereitzustellen.“",
        f"{MINUTES}, Wortbeitrag: „Frau Gravemann kritisiert die Kosten von 70.000 €.“",
    ]


def test_without_such_a_section_nothing_is_concluded(store: Store) -> None:
    _, finding = ask(store, "Formuliere die finanziellen Auswirkungen zu Antrag 15/70")
    assert texts(finding) == [
        "Antrag Nr. 15/70 vom 10.01.2023 hat keinen Abschnitt „Finanzielle Auswirkungen“. Beträge "
        "nennt das Papier nicht.",
        "[Angabe fehlt: Produktgruppe – zuständig: Kämmerei]",
        "[Angabe fehlt: Gesamtkosten – zuständig: Kämmerei]",
        "[Angabe fehlt: Aufwendungen (Ergebnisplan) – zuständig: Kämmerei]",
        "[Angabe fehlt: Auszahlungen (Finanzplan) – zuständig: Kämmerei]",
        "[Angabe fehlt: jährliche Folgekosten – zuständig: Kämmerei]",
        "[Angabe fehlt: Deckung – zuständig: Kämmerei]",
    ]
    assert all(c.label is Label.NICHT_BELEGT for c in finding.claims[1:])


def test_sentences_are_proposed_and_no_box_is_ticked(store: Store) -> None:
    kind, finding = ask(store, "Welche Zielrichtungen berührt die Vorlage 15/80?")
    assert (kind, finding.status) == (QuestionKind.ZIELRICHTUNG, AnswerStatus.ANSWERED)
    head, proposed, later, without = texts(finding)
    assert head == (
        "Ob Vorlage Nr. 15/80 vom 20.03.2023 eine Zielrichtung berührt (Aktionsplan zur "
        "UN-Behindertenrechtskonvention), entscheidet ein Mensch. Vorschlag zum Prüfen: Stellen zu "
        "1 von 12 Zielrichtungen."
    )
    assert proposed == (
        "Vorschlag zum Prüfen, Barrierefreiheit der Liegenschaften: „Die Radstationen erhalten "
        "eine Rampe und sind barrierefrei.“"
    )
    assert later.startswith("Ob Vorlage Nr. 15/80/1 vom 03.04.2023 eine Zielrichtung berührt ")
    assert without.endswith("Das sagt nicht, dass sie nicht berührt sind.")
    assert "Barrierefreiheit der Liegenschaften" not in without


def test_a_mandant_brings_its_own_zielrichtungen(store: Store, tmp_path: Path) -> None:
    own = 'plan = "Radplan"\n[[zielrichtung]]\nname = "Räder"\nwoerter = ["radstation\\\\w*"]\n'
    (tmp_path / "zielrichtungen-lvs.toml").write_text(own, encoding="utf-8")
    text = "Welche Zielrichtungen berührt die Vorlage 15/80?"
    _, finding = ask(store, text, home=tmp_path)
    assert texts(finding)[0] == (
        "Ob Vorlage Nr. 15/80 vom 20.03.2023 eine Zielrichtung berührt (Radplan), entscheidet ein "
        "Mensch. Vorschlag zum Prüfen: Stellen zu 1 von 1 Zielrichtungen."
    )
    (tmp_path / "zielrichtungen-lvs.toml").write_text('plan = "Radplan"\n', encoding="utf-8")
    with pytest.raises(SettingsInvalid) as raised:
        ask(store, text, home=tmp_path)
    assert str(raised.value) == (
        "Die Datei zielrichtungen-lvs.toml im Datenverzeichnis ist nicht lesbar (KeyError). "
        "Erwartet werden »plan« und je [[zielrichtung]] »name« und »woerter«."
    )


def test_the_paper_is_asked_for_or_carried_from_the_answer_before(store: Store) -> None:
    kind, finding = ask(store, "Formuliere die finanziellen Auswirkungen.")
    assert (kind, finding.status) == (QuestionKind.FINANZEN, AnswerStatus.CLARIFY)
    assert finding.text == (
        "Um welche Drucksache geht es? Bitte nennen Sie die Nummer, etwa: „Formuliere die "
        "finanziellen Auswirkungen zu Vorlage 15/148“"
    )
    before = Reference(("Vorlage 15/80",), "betreff")
    _, carried = ask(store, "Formuliere die finanziellen Auswirkungen.", before)
    assert texts(carried)[1] == "Vorlage Nr. 15/80 vom 20.03.2023: „Produktgruppe: 042 Museen“"


def test_a_paper_is_found_by_its_subject_before_what_was_said_last(store: Store) -> None:
    before = Reference(("Vorlage 15/80",), "betreff")
    _, finding = ask(store, "Nenne Argumente dafür und dagegen zum Antrag zu Leihrädern", before)
    assert texts(finding)[0].startswith("Antrag Nr. 15/70 vom 10.01.2023, erfasste Aussagen: ")


def test_an_unknown_number_is_said_to_be_unknown(store: Store) -> None:
    _, finding = ask(store, "Formuliere die finanziellen Auswirkungen zu Vorlage 15/999")
    assert finding.status is AnswerStatus.ABSTAINED
    assert finding.text == "Vorlage 15/999 ist nicht erfasst."


def test_nobody_gets_material_from_what_they_may_not_see(store: Store) -> None:
    stranger = Access(frozenset({"lvn"}))
    question = understand("Nenne Argumente dafür und dagegen zu Antrag 15/70")
    told = answer_material(store, stranger, question, None)
    assert told is not None
    assert (told[1].status, told[1].text) == (
        AnswerStatus.ABSTAINED,
        "Antrag 15/70 ist nicht erfasst.",
    )


def test_an_order_to_draft_shows_sources_and_writes_nothing(store: Store) -> None:
    kind, finding = ask(store, "Entwirf eine Begründung zum Thema Leihräder")
    assert (kind, finding.status) == (QuestionKind.ENTWURF, AnswerStatus.ANSWERED)
    first, head, paper = texts(finding)
    assert first == (
        "Eine Frage schreibt keinen Entwurf: Er entsteht aus einem Auftrag mit Stichpunkten und "
        "ausgewählten Quellen (»aktenkundig draft AUFTRAG.toml«). Als Quellen kommen in Betracht:"
    )
    assert head.startswith("Zum Thema „Leihräder“ mit erfasstem Ergebnis: 0. ")
    assert paper == (
        "Antrag Nr. 15/70 vom 10.01.2023 (CDU, SPD): Leihräder an den Museen – Empfehlung, keine "
        "Entscheidung erfasst: „mehrheitlich beschlossen gegen die FDP“"
    )
    _, named = ask(store, "Entwirf eine Begründung zu Antrag 15/70")
    assert texts(named) == [first, paper]


def test_what_a_question_cannot_do_is_said_with_what_can(store: Store) -> None:
    kind, finding = ask(store, "Mach den zweiten Absatz kürzer")
    assert (kind, finding.status) == (QuestionKind.ENTWURF, AnswerStatus.ABSTAINED)
    assert finding.text == (
        "In einer Frage steht kein Entwurf, und das Umschreiben von Texten gibt es noch nicht. "
        "Antworten können Sie wörtlich übernehmen; jeder belegte Satz trägt seine Fundstelle."
    )
    _, review = ask(store, "Widerspricht mein Entwurf einem geltenden Beschluss?")
    assert review.status is AnswerStatus.ABSTAINED
    assert review.text.startswith(
        "In einer Frage steht kein Entwurf. Eine Datei prüft »aktenkundig review DATEI«. "
    )


def test_einfache_sprache_is_for_answers_and_the_way_there_is_said(store: Store) -> None:
    text = "Erstelle eine Fassung in Einfacher Sprache."
    _, alone = ask(store, text)
    assert alone.status is AnswerStatus.CLARIFY
    assert alone.text.startswith("Welcher Text ist gemeint? ")
    _, after = ask(store, text, Reference(("Antrag 15/70",), "status"))
    assert after.text.startswith("Die Antwort davor gibt es in Einfacher Sprache: ")
    assert "»aktenkundig ask --einfach«" in after.text
