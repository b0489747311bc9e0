"""Orders to another body corporate's administration are seen; requests and talks are none."""

from __future__ import annotations

import pytest

from assistant.review.koerperschaft import check
from index.store import Store
from tests.unit.assistant.review.drafts import reviewed

DRAFT = (
    "# Antrag Nr. 15/301\n\nöffentlich\n\n## Beschlussvorschlag:\n\n{}\n\n## Begründung:\n\nKurz.\n"
)
REASON = (
    "Prüfhinweis: Der Landschaftsverband Norderland ist eine eigene Körperschaft. Der Verwaltung "
    "des LVN kann die Landschaftsversammlung Süderland nichts auftragen, sie kann nur darum bitten. "
    "(Quelle: Hausregeln LVS; beide Verbände sind eigene Körperschaften.)"
)
ASK_BOTH = "Die eigene Verwaltung wird beauftragt; die Verwaltung des LVN wird gebeten, sich zu beteiligen."


@pytest.mark.parametrize(
    ("sentence", "words", "suggestion"),
    [
        (
            "Die Verwaltung des LVN wird beauftragt, einen Plan vorzulegen.",
            "Verwaltung des LVN wird beauftragt",
            "Verwaltung des LVN wird gebeten",
        ),
        (
            "Die Verwaltung des Landschaftsverbands Süderland (LVS) und die Verwaltung des "
            "Landschaftsverbands Norderland (LVN) werden beauftragt, sich abzustimmen.",
            "Verwaltung des Landschaftsverbands Süderland (LVS) und die Verwaltung des "
            "Landschaftsverbands Norderland (LVN) werden beauftragt",
            ASK_BOTH,
        ),
        (
            "Die Landschaftsversammlung beauftragt die Verwaltung des LVN, zu berichten.",
            "beauftragt die Verwaltung des LVN",
            "bittet die Verwaltung des LVN",
        ),
    ],
)
def test_an_order_is_a_warning_with_the_rule_and_its_source(
    sentence: str, words: str, suggestion: str, empty: Store
) -> None:
    draft = reviewed(DRAFT.format(sentence), empty)
    (befund,) = check(draft)
    assert befund.span.cut(draft.document.text) == words
    assert (befund.severity.value, befund.reason) == ("Warnung", REASON)
    assert befund.suggestion == suggestion


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Verwaltung wird beauftragt, mit der Verwaltung des LVN Gespräche zu führen.",
        "Die Verwaltung wird in Abstimmung mit der Verwaltung des LVN beauftragt, zu berichten.",
        "Die Verwaltung des LVN wird gebeten, ihre Erfahrungen mitzuteilen.",
        "Die Verwaltung des LVS wird beauftragt, bis 2026 zu berichten.",
        "Der LVN betreibt eine ähnliche Stelle.",
        "Im Antrag heißt es: „Die Verwaltung des LVN wird beauftragt, einen Plan vorzulegen.“",
    ],
)
def test_a_request_or_a_talk_is_no_order(sentence: str, empty: Store) -> None:
    assert list(check(reviewed(DRAFT.format(sentence), empty))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Der LVN wird verpflichtet, seine Zahlen zu melden.",
        "Der Landschaftsverband Norderland hat bis Ende 2026 über die Kosten zu berichten.",
        "Der Landschaftsverband Norderland zahlt die Hälfte; seine Verwaltung wird damit beauftragt.",
    ],
)
def test_the_body_itself_is_not_ordered_either(sentence: str, empty: Store) -> None:
    assert len(list(check(reviewed(DRAFT.format(sentence), empty)))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Der LVN hat über die Kosten berichtet.",
        "Mit dem LVN wird ein Austausch vereinbart; die Verwaltung wird damit beauftragt.",
    ],
)
def test_what_the_other_body_did_or_agreed_is_no_order(sentence: str, empty: Store) -> None:
    assert list(check(reviewed(DRAFT.format(sentence), empty))) == []
