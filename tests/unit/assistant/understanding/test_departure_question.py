"""Which questions ask whether a decision departs from what was moved."""

from __future__ import annotations

import pytest

from assistant.understanding.question import QuestionKind, understand


@pytest.mark.parametrize(
    "text",
    [
        "Weicht der Beschluss zu 15/95 vom Antrag ab?",
        "Wurde 15/211 so beschlossen wie beantragt?",
        "Was wurde an 15/130 gegenüber dem Antrag geändert?",
        "Wurde der Antrag 15/95 unverändert beschlossen?",
        "Ist 15/95 in der beantragten Fassung beschlossen worden?",
        "Entspricht der Beschluss zu 15/95 dem Beschlussvorschlag?",
        "Was hat der Ausschuss am Antrag 15/95 geändert?",
        "Welche Änderungen gab es beim Beschluss zu 15/95 gegenüber dem Beschlussvorschlag?",
        "Stimmt der Beschluss mit dem Antrag 15/95 überein?",
        "Unterscheidet sich der Beschluss zu 15/95 vom Antrag?",
        "Gibt es einen Unterschied zwischen Beschluss und Antrag 15/95?",
        "Vergleiche bitte Antrag 15/95 und Beschluss",
        "Worin weicht der Beschluss zu 15/95 vom Antrag ab?",
        "Inwiefern weicht der Beschluss zu 15/95 vom Beschlussvorschlag ab?",
        "Wurde 15/95 eins zu eins beschlossen?",
        "Abweichung Beschluss Antrag 15/95",
        "gab es bei 15/95 abweichungen vom beschlussvorschlag",
        "Ist der Beschluss zu 15/211 derselbe wie im Antrag?",
        "Hat der LA den Antrag 15/211 so angenommen wie eingebracht?",
        "Wurde die Vorlage 15/780 so beschlossen, wie sie vorgelegt wurde?",
        "Deckt sich der Beschluss zu 15/130 mit dem Antrag?",
        "Wurde 15/780 wie vorgeschlagen beschlossen?",
        "Ich möchte wissen, ob 15/780 antragsgemäß beschlossen wurde.",
        "Wurde an 15/780 im Vergleich zur Vorlage etwas geändert?",
        "Wurde 15/95 anders als beantragt beschlossen, also abweichend?",
    ],
)
def test_a_decision_is_compared_with_its_proposal_in_many_ways(text: str) -> None:
    assert understand(text).kind is QuestionKind.ABWEICHUNG


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wurde 15/95 beschlossen?", QuestionKind.STATUS),
        ("Wurde 15/95 geändert beschlossen?", QuestionKind.STATUS),
        ("Wurde der Antrag 15/95 mit Änderungen angenommen?", QuestionKind.STATUS),
        ("Wie lautet der Beschlussvorschlag von 15/95?", QuestionKind.BESCHLUSSVORSCHLAG),
        ("Wurde der Antrag 15/224 angenommen?", QuestionKind.STATUS),
        ("Welche Änderungen bringt 14/1120/1 gegenüber der Vorlage 14/1120?", QuestionKind.OFFEN),
        ("Was wurde zu 15/95 beschlossen?", QuestionKind.STATUS),
        ("Warum weicht der Beschluss zu 15/95 vom Antrag ab?", QuestionKind.OFFEN),
        ("Weicht die Vorlage 15/780 von 15/95 ab?", QuestionKind.OFFEN),
        ("Wie hoch ist die Abweichung vom Ansatz?", QuestionKind.OFFEN),
        ("Wer hat die Änderung an Antrag 15/211 beantragt?", QuestionKind.ANTRAGSTELLER),
        ("Was fordert Antrag 15/95?", QuestionKind.BETREFF),
        ("Wann wurde 15/95 wie beantragt beschlossen?", QuestionKind.STATUS),
        ("Wie wurde über 15/95 abgestimmt?", QuestionKind.ABSTIMMUNG),
        ("15/95", QuestionKind.VORGANG),
    ],
)
def test_other_questions_about_a_paper_keep_their_kind(text: str, kind: QuestionKind) -> None:
    assert understand(text).kind is kind
