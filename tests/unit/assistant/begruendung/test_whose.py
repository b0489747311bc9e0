"""Whose words a paragraph gives."""

from __future__ import annotations

import pytest

from assistant.begruendung.whose import whose


@pytest.mark.parametrize(
    ("text", "herkunft", "told"),
    [
        ("Antrag Nr. 15/12 trägt den Ergebnisvermerk: „ja“", "belegt", "belegt"),
        (
            "Als Argument dafür ist erfasst – nach Angabe der Antragsteller (CDU, SPD), "
            "Antrag Nr. 15/12: „Es hilft.“",
            "belegt",
            "nach Angabe von CDU, SPD",
        ),
        (
            "Antrag Nr. 15/12, nach Angabe der Antragsteller: „§ 5 gilt.“",
            "belegt",
            "nach Angabe der Antragsteller",
        ),
        (
            "Antrag Nr. 15/12, Beschlussvorschlag der Antragsteller, für sich keine "
            "Beschlusslage: „Die Verwaltung …“",
            "belegt",
            "Vorschlag, keine Beschlusslage",
        ),
        ("Nach Angabe der Antragsteller (CDU) hilft es.", "Angabe der Bearbeitung", None),
        ("[Angabe fehlt: Kosten]", "offen", "offen"),
        ("Ergebnis nicht erfasst.", "abgeleitet", "abgeleitet"),
    ],
)
def test_a_claim_is_told_as_its_originators(text: str, herkunft: str, told: str | None) -> None:
    assert whose(text, herkunft) == (told or herkunft)


def test_words_within_a_quote_say_nothing_of_whose_the_quote_is() -> None:
    quote = "Die Niederschrift vermerkt: „Er sagte „nach Angabe der Antragsteller (CDU)“ laut.“"
    assert whose(quote, "belegt") == "belegt"
