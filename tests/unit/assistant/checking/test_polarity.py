"""No sentence that turns its source round is accepted: outcome, negation, modality, votes.

Each case is a quote and a sentence that a model might make of it with one thing swapped.
"""

from __future__ import annotations

import pytest

from assistant.checking.citations import check_claim

SUBJECTS = (
    "Der Antrag Nr. 15/12",
    "Die Vorlage Nr. 15/40",
    "Der Änderungsantrag der SPD-Fraktion",
    "Die Resolution zum Klinikverbund",
    "Der Haushaltsantrag zur Museumspädagogik",
)
SWAPPED = {
    "beschlossen": ("abgelehnt", "vertagt", "zurückgezogen", "nicht beschlossen"),
    "abgelehnt": ("beschlossen", "angenommen", "vertagt", "nicht abgelehnt"),
    "angenommen": ("abgelehnt", "verworfen", "nicht angenommen"),
    "vertagt": ("beschlossen", "abgelehnt", "nicht vertagt"),
    "zurückgezogen": ("beschlossen", "abgelehnt"),
    "zur Kenntnis genommen": ("beschlossen", "abgelehnt", "nicht zur Kenntnis genommen"),
    "verwiesen": ("beschlossen", "abgelehnt"),
    "einstimmig beschlossen": ("mehrheitlich beschlossen",),
    "mehrheitlich beschlossen": ("einstimmig beschlossen",),
    "unverändert beschlossen": ("geändert beschlossen",),
    "geändert beschlossen": ("unverändert beschlossen",),
}
PAIRS = (
    ("Der Änderungsantrag der SPD-Fraktion", "der Antrag Nr. 15/12"),
    ("Der Änderungsantrag der Grünen", "die Vorlage Nr. 15/40"),
    ("Der Dringlichkeitsantrag der FDP", "der Haushaltsantrag der CDU"),
    ("Der Ergänzungsantrag der Linken", "die Resolution zum Klinikverbund"),
)
FATES = (
    ("abgelehnt", "beschlossen"),
    ("vertagt", "angenommen"),
    ("zurückgezogen", "beschlossen"),
    ("abgelehnt", "vertagt"),
    ("angenommen", "abgelehnt"),
)
ELSEWHERE = {
    "Der Ausschuss hat den Neubau beschlossen. Zusätzliche Stellen werden nicht eingerichtet.": (
        "Der Ausschuss hat den Neubau nicht beschlossen.",
        "Zusätzliche Stellen werden eingerichtet.",
    ),
    "Das Museum erhält einen Aufzug, ein Café ist nicht vorgesehen.": (
        "Das Museum erhält keinen Aufzug.",
        "Ein Café ist vorgesehen.",
    ),
    "Die Klinik nimmt am Versuch teil. Die Förderschule nimmt nicht teil.": (
        "Die Klinik nimmt am Versuch nicht teil.",
        "Die Förderschule nimmt teil.",
    ),
    "Die Gebühr wird nicht erhöht, die Mindestmenge wird angehoben.": (
        "Die Gebühr wird erhöht.",
        "Die Mindestmenge wird nicht angehoben.",
    ),
    "Fördermittel des Landes stehen bereit; Mittel des Bundes fehlen.": (
        "Fördermittel des Landes fehlen.",
        "Mittel des Bundes stehen bereit.",
    ),
    "Der Lesesaal bleibt geöffnet. Das Magazin ist ohne Heizung.": (
        "Der Lesesaal bleibt nicht geöffnet.",
        "Das Magazin ist mit Heizung.",
    ),
    "Kein Angebot war wirtschaftlich.": (
        "Ein Angebot war wirtschaftlich.",
        "Das Angebot war wirtschaftlich.",
    ),
    "Die Verwaltung hält den Umzug für nicht vertretbar.": (
        "Die Verwaltung hält den Umzug für vertretbar.",
        "Die Verwaltung hält den Umzug für sehr vertretbar.",
    ),
    "Niemand widersprach dem Vorschlag.": (
        "Jemand widersprach dem Vorschlag.",
        "Alle widersprachen dem Vorschlag.",
    ),
    "Der Vertrag wurde weder verlängert noch gekündigt.": (
        "Der Vertrag wurde verlängert.",
        "Der Vertrag wurde gekündigt.",
    ),
}
PLANS = {
    "Der Bau soll im Jahr 2025 begonnen werden.": "Der Bau wurde im Jahr 2025 begonnen.",
    "Die Verwaltung wird beauftragt, ein Konzept vorzulegen.": "Die Verwaltung hat ein Konzept vorgelegt.",
    "Es wird vorgeschlagen, die Satzung zu ändern.": "Die Satzung wurde geändert.",
    "Der Ausschuss empfiehlt, den Antrag zu beschließen.": "Der Antrag wurde beschlossen.",
    "Der Landschaftsausschuss möge den Neubau beschließen.": "Der Landschaftsausschuss hat den Neubau beschlossen.",
    "Geplant ist die Sanierung der Depots.": "Die Depots wurden saniert.",
    "Die Klinik könnte den Trakt übernehmen.": "Die Klinik hat den Trakt übernommen.",
    "Der Beschlussvorschlag lautet: Dem Konzept wird zugestimmt.": "Dem Konzept wurde zugestimmt.",
    "Die Fraktion beantragt, den Neubau zu genehmigen.": "Der Neubau wurde genehmigt.",
    "Vorgesehen ist, die Mittel zu bewilligen.": "Die Mittel wurden bewilligt.",
}
VOTES = (
    (
        "Mehrheitlich beschlossen gegen die Stimmen der CDU-Fraktion.",
        "Die CDU-Fraktion stimmte zu.",
    ),
    (
        "Mehrheitlich beschlossen gegen die Stimmen der CDU-Fraktion.",
        "Mehrheitlich beschlossen mit den Stimmen der CDU-Fraktion.",
    ),
    ("Einstimmig beschlossen bei Enthaltung der FDP.", "Die FDP stimmte dafür."),
    ("Einstimmig beschlossen bei Enthaltung der FDP.", "Die FDP stimmte dagegen."),
    (
        "Mit den Stimmen von SPD und GRÜNEN gegen die Stimmen der CDU beschlossen.",
        "Mit den Stimmen der CDU gegen die Stimmen von SPD und GRÜNEN beschlossen.",
    ),
    ("Ja: 10 (SPD, GRÜNE), Nein: 6 (CDU)", "Die CDU stimmte mit Ja."),
    ("Ja: 10 (SPD, GRÜNE), Nein: 6 (CDU)", "Die SPD stimmte mit Nein."),
    ("Die Linke enthielt sich.", "Die Linke stimmte zu."),
)


def records(first: str, second: str, a: str, b: str) -> tuple[str, ...]:
    """One record of two things, in the ways that minutes put it."""
    return (
        f"{first} wurde {a}, {second} wurde {b}.",
        f"{first} wurde {a}. {capitalised(second)} wurde {b}.",
        f"{first} wird {a}; {second} wird {b}.",
    )


def capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def turned_round() -> list[tuple[str, str]]:
    """Quote and flipped sentence, of every kind."""
    cases = [
        (f"{subject} wurde {said}.", f"{subject} wurde {flipped}.")
        for subject in SUBJECTS
        for said, others in SWAPPED.items()
        for flipped in others
    ]
    for first, second in PAIRS:
        for a, b in FATES:
            for record in records(first, second, a, b):
                cases.append((record, f"{first} wurde {b}."))
                cases.append((record, f"{capitalised(second)} wurde {a}."))
    cases += [(quote, claim) for quote, claims in ELSEWHERE.items() for claim in claims]
    return [*cases, *PLANS.items(), *VOTES]


def borne_out() -> list[tuple[str, str]]:
    """Quote and a sentence that it does carry."""
    cases = [
        (f"{subject} wurde {said}.", f"{subject} wurde {said}.")
        for subject in SUBJECTS
        for said in SWAPPED
    ]
    for first, second in PAIRS:
        for a, b in FATES:
            for record in records(first, second, a, b)[:2]:
                cases.append((record, f"{first} wurde {a}."))
                cases.append((record, f"{capitalised(second)} wurde {b}."))
    return [
        *cases,
        *(
            (quote, sentence.rstrip(".") + ".")
            for quote, sentence in (
                (
                    "Das Museum erhält einen Aufzug, ein Café ist nicht vorgesehen.",
                    "Das Museum erhält einen Aufzug",
                ),
                (
                    "Das Museum erhält einen Aufzug, ein Café ist nicht vorgesehen.",
                    "Ein Café ist nicht vorgesehen",
                ),
                (
                    "Die Gebühr wird nicht erhöht, die Mindestmenge wird angehoben.",
                    "Die Gebühr wird nicht erhöht",
                ),
                (
                    "Die Verwaltung teilt mit, dass die Mittel, die dafür vorgesehen waren, nicht "
                    "ausreichen.",
                    "Die Mittel, die dafür vorgesehen waren, nicht ausreichen",
                ),
                (
                    "Beschlossen gegen die Stimmen der CDU bei Enthaltung der FDP.",
                    "Beschlossen gegen die Stimmen der CDU bei Enthaltung der FDP",
                ),
                (
                    "Der Vorstand hat den Vertrag gekündigt und wird einen neuen vorlegen.",
                    "Der Vorstand hat den Vertrag gekündigt",
                ),
            )
        ),
    ]


def test_there_are_more_than_two_hundred_cases() -> None:
    assert len(set(turned_round())) > 250


@pytest.mark.parametrize(("quote", "claim"), turned_round())
def test_a_sentence_that_turns_its_source_round_is_not_accepted(quote: str, claim: str) -> None:
    assert check_claim(claim, [quote]) != ()


@pytest.mark.parametrize(("quote", "claim"), borne_out())
def test_a_sentence_that_its_source_carries_is_accepted(quote: str, claim: str) -> None:
    assert check_claim(claim, [quote]) == ()
