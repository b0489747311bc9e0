"""Which of a drafter's questions a text is, and which texts are none."""

from __future__ import annotations

import pytest

from assistant.material.assertion import read_assertion
from assistant.material.drafter_question import (
    Order,
    asks_for_one_side,
    read_drafter_kind,
    read_order,
)
from assistant.understanding.question import QuestionKind

SACHVERHALT = (
    "Fasse die Beratungsfolge zu Vorlage 15/1640 als Sachverhalt mit Fundstellen zusammen.",
    "Bitte fasse den Beratungsverlauf von Antrag 15/211 chronologisch zusammen",
    "Stelle den Werdegang der Vorlage 15/1640 als Sachverhalt dar",
    "Formuliere die Beratungsfolge von 15/211 als Sachverhalt",
    "fass mir die bisherigen Beratungen zu 15/211 zusammen",
    "Könntest du die Chronologie zu 15/211 zusammenfassen?",
    "Sachverhalt zu Vorlage 15/1640",
    "Schreib zu Antrag 15/211 einen Sachverhalt",
    "Beschreibe den Verfahrensgang zu 15/211 als Sachverhalt",
)
ARGUMENTE = (
    "Nenne Argumente dafür und dagegen aus den Beratungen.",
    "Welche Argumente dafür und dagegen gab es zu Antrag 15/211?",
    "Pro und Contra zu 15/211",
    "Nenne das Für und Wider des Antrags 15/211",
    "Welche Argumente gab es in der Debatte über den Wissensassistenten?",
    "Welche Argumente gab es gegen den Antrag 15/233?",
    "Zeig mir bitte die Gründe für und gegen die Vorlage 15/1640",
    "Was sprach für den Umbau und was dagegen?",
    "liste argumente pro/contra zu 15/211",
    "Welche Standpunkte für und wider sind zu 15/176 festgehalten?",
)
FINANZEN = (
    "Formuliere die finanziellen Auswirkungen.",
    "Formuliere die finanziellen Auswirkungen zu Vorlage 15/1640",
    "Welche finanziellen Auswirkungen hat die Vorlage 15/1640?",
    "Hat 15/1640 finanzielle Auswirkungen?",
    "finanzielle auswirkungen 15/1640",
    "Schreib mir bitte den Abschnitt Finanzielle Auswirkungen für 15/780",
    "Welche finanziellen Folgen hat der Antrag 15/211?",
    "Nenne die Haushaltsauswirkungen der Vorlage 15/2115",
)
ZIELRICHTUNG = (
    "Welche Zielrichtungen des LVR-Aktionsplans berührt das?",
    "Welche Zielrichtungen des Aktionsplans berührt die Vorlage 15/1640?",
    "Welche Zielrichtungen sind durch 15/1640/1 betroffen?",
    "Welche Zielrichtung muss ich bei 15/1640 ankreuzen?",
    "Kreuze die passenden Zielrichtungen an",
    "Berührt 15/1640 eine Zielrichtung?",
    "Schlag mir Zielrichtungen für 15/1640 vor",
)
NONE = (
    "Wie ist die Beratungsfolge von 15/211?",
    "Fasse die Vorlage 15/1640 zusammen",
    "Wer stimmte dafür und wer dagegen?",
    "Wie viele Stimmen gab es dafür und dagegen?",
    "Welche Argumente brachten die GRÜNEN dazu, für den Prüfauftrag zu stimmen?",
    "Wer hatte in der Debatte die besseren Argumente?",
    "Was heißt finanzielle Auswirkungen?",
    "Welche Vorlagen haben finanzielle Auswirkungen?",
    "Wann tagt der Finanzausschuss?",
    "Wie hoch sind die Gesamtkosten der Erprobung?",
    "Wie viele Zielrichtungen hat der Aktionsplan?",
    "Was steht im Aktionsplan Inklusion?",
    "Wie lautet der Sachverhalt im Antrag 15/211?",
    "Warum wurde der Antrag 15/176 abgelehnt?",
    "Wer war gegen den Antrag 15/233?",
    "Sachverhalt zu Unfällen auf Dienstreisen",
    "Regeln für Beschäftigte: Was sind die Gründe dafür bzw. dagegen?",
)
ORDERS = {
    "Entwirf eine Begründung für eine Vorlage zum Facharbeitskreis KI, gestützt auf frühere Beschlüsse.": Order.DRAFT,
    "Schreibe eine Begründung zum Thema Leihräder": Order.DRAFT,
    "Bitte formuliere mir eine kurze Begründung für Leihräder": Order.DRAFT,
    "Erstelle einen Entwurf für eine Vorlage zu Leihrädern": Order.DRAFT,
    "Kannst du eine Vorlage zu Leihrädern entwerfen?": Order.DRAFT,
    "Ich brauche eine Begründung zum mobilen Arbeiten": Order.DRAFT,
    "formuliere einen beschlussvorschlag zu leihrädern": Order.DRAFT,
    "Mach den zweiten Absatz kürzer und verständlicher, ohne Zahlen zu ändern.": Order.REWRITE,
    "Kürze den zweiten Absatz": Order.REWRITE,
    "Formuliere den Absatz um": Order.REWRITE,
    "Bitte schreibe das sachlicher": Order.REWRITE,
    "Erstelle eine Fassung in Einfacher Sprache.": Order.PLAIN,
    "Bitte in einfacher Sprache": Order.PLAIN,
    "Das noch einmal in Leichter Sprache": Order.PLAIN,
    "Erkläre mir das in einfacher Sprache": Order.PLAIN,
    "Widerspricht mein Entwurf einem geltenden Beschluss oder der Satzung?": Order.REVIEW,
    "Prüfe meinen Entwurf": Order.REVIEW,
    "Ist mein Entwurf mit der Geschäftsordnung vereinbar?": Order.REVIEW,
}
NO_ORDERS = (
    "Erstelle eine Liste aller Vorlagen",
    "Was steht in der Begründung von Antrag 15/211?",
    "Wird in Leichter Sprache veröffentlicht?",
    "Schreibe mir, wann der Antrag 15/211 beschlossen wurde",
    "Welche Vorlage macht den Anfang?",
    "Wer hat den Entwurf der Satzung vorgelegt?",
    "Widerspricht der Beschluss der Geschäftsordnung?",
    "Zeige die Vorlage 15/1640",
    "Schreibe die Begründung von 15/211 heraus",
    "Wie lautet der Beschlussvorschlag von 15/211?",
    "Wer hat die Ergebnisse auch in Leichter Sprache gefordert?",
    "Was macht die Verwaltung kürzer?",
    "Nenne die Begründung des Antrags 15/211",
    "Wann wurde die Vorlage erstellt?",
    "Bis wann ist eine Vorlage zu erstellen?",
    "Verfassungskonformität der im Entwurf einer Satzung geplanten Gebühr",
    "Überarbeitung der Fahrgastrechte",
    "Vereinfachung der Kündigung",
)
ASSERTIONS = {
    "Stimmt „5 Mio. fehlende Fachkräfte bis 2030“?": "5 Mio. fehlende Fachkräfte bis 2030",
    "Stimmt es, dass der Umbau 4,2 Mio. € kostet?": "der Umbau 4,2 Mio. € kostet",
    "stimmt es dass der umbau 4,2 mio euro kostet": "der umbau 4,2 mio euro kostet",
    "Ist belegt, dass 40 Testpersonen teilnehmen?": "40 Testpersonen teilnehmen",
    "Ist es richtig, dass 58 Stellen geschaffen werden?": "58 Stellen geschaffen werden",
    "Trifft es zu, dass 58 Stellen geschaffen werden?": "58 Stellen geschaffen werden",
    'Stimmt die Aussage "ein Drittel geht in den Ruhestand"?': "ein Drittel geht in den Ruhestand",
    "Stimmt die Zahl von 5 Mio. fehlenden Fachkräften?": "5 Mio. fehlenden Fachkräften",
    "Gibt es einen Beleg dafür, dass Leihräder 48.000 Euro kosten?": "Leihräder 48.000 Euro kosten",
    "Lässt sich belegen, dass die Museen 148.000 Besuche hatten?": "die Museen 148.000 Besuche hatten",
    "Prüfe bitte die Angabe „96 Fahrzeuge im Bestand“": "96 Fahrzeuge im Bestand",
    "Woher stammt die Zahl „96 Fahrzeuge im Bestand“?": "96 Fahrzeuge im Bestand",
}
NO_ASSERTIONS = (
    "Stimmt die CDU dafür?",
    "Stimmte die SPD dem Antrag zu?",
    "Stimmt der Ausschuss darüber ab?",
    "Stimmt das?",
    "Ist die Vorlage beschlossen?",
    "Ist der Neubau fertig?",
    "Gibt es einen Nachweis?",
    "Warum stimmt die FDP dagegen?",
    "Wer stimmt zu?",
    "Ist das Haus belegt?",
    "Sind die Räume belegt?",
    "Woher stammt der Antrag?",
    "Trifft der Ausschuss sich im Landeshaus?",
    "Wann ist das richtig?",
    "Kann man das Archiv besuchen?",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, QuestionKind.SACHVERHALT) for text in SACHVERHALT),
        *((text, QuestionKind.ARGUMENTE) for text in ARGUMENTE),
        *((text, QuestionKind.FINANZEN) for text in FINANZEN),
        *((text, QuestionKind.ZIELRICHTUNG) for text in ZIELRICHTUNG),
    ],
)
def test_a_question_for_material_is_recognised(text: str, kind: QuestionKind) -> None:
    assert read_drafter_kind(text) is kind


@pytest.mark.parametrize("text", NONE)
def test_other_questions_are_not_taken(text: str) -> None:
    assert read_drafter_kind(text) is None


@pytest.mark.parametrize(("text", "order"), ORDERS.items())
def test_an_order_that_needs_a_draft_is_recognised(text: str, order: Order) -> None:
    assert read_order(text) is order


@pytest.mark.parametrize("text", NO_ORDERS)
def test_what_merely_sounds_like_an_order_is_none(text: str) -> None:
    assert read_order(text) is None


@pytest.mark.parametrize(("text", "statement"), ASSERTIONS.items())
def test_a_statement_to_be_checked_is_read_out_of_the_question(text: str, statement: str) -> None:
    assert read_assertion(text) == statement


@pytest.mark.parametrize("text", NO_ASSERTIONS)
def test_other_questions_make_no_statement(text: str) -> None:
    assert read_assertion(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Welche Gegenargumente gab es zur Verlegung der Zentralverwaltung?",
        "Was sprach gegen den Umzug?",
        "Welche Einwände gab es gegen die Lange Nacht?",
        "Gab es Bedenken gegen das Fuhrparkkonzept?",
    ],
)
def test_one_side_of_a_matter_is_asked_for(text: str) -> None:
    assert read_drafter_kind(text) is QuestionKind.ARGUMENTE
    assert asks_for_one_side(text)


def test_both_sides_of_a_paper_are_no_question_for_one() -> None:
    assert not asks_for_one_side("Was sprach für den Umbau und was dagegen?")
