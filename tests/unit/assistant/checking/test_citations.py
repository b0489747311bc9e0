"""Whether a quote carries a sentence."""

from __future__ import annotations

import pytest

from assistant.checking.citations import check_claim, supported_figures

QUOTE = (
    "Der Landschaftsausschuss hat am 12.03.2024 einstimmig beschlossen, für die Sanierung der "
    "Museumsdepots 1,5 Mio. Euro bereitzustellen."
)


@pytest.mark.parametrize(
    "claim",
    [
        "Für die Sanierung der Museumsdepots werden 1.500.000 € bereitgestellt.",
        "Der Landschaftsausschuss hat am 12. März 2024 einstimmig beschlossen, 1,5 Mio. Euro "
        "bereitzustellen.",
        "Der Beschluss des Landschaftsausschusses wurde einstimmig am 12.03.2024 beschlossen.",
    ],
)
def test_a_claim_in_other_spelling_is_carried(claim: str) -> None:
    assert check_claim(claim, [QUOTE]) == ()


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (
            "Für die Sanierung der Museumsdepots werden 1,6 Mio. Euro bereitgestellt.",
            "1,6 Mio. Euro",
        ),
        (
            "Der Landschaftsausschuss hat am 12.03.2023 die Sanierung der Museumsdepots beschlossen.",
            "12.03.2023",
        ),
        (
            "Der Landschaftsausschuss hat die Sanierung der Museumsdepots einstimmig abgelehnt.",
            "abgelehnt",
        ),
        (
            "Der Landschaftsausschuss hat die Sanierung der Museumsdepots mehrheitlich beschlossen.",
            "mehrheitlich",
        ),
        ("Der Kulturausschuss hat die Sanierung der Museumsdepots beschlossen.", "Kulturausschuss"),
        ("Die Sanierung der Museumsdepots wurde vertagt.", "vertagt"),
        (
            "Nach § 38 hat der Landschaftsausschuss die Sanierung der Museumsdepots beschlossen.",
            "§ 38",
        ),
    ],
)
def test_what_the_quote_lacks_is_named(claim: str, word: str) -> None:
    assert any(word in problem for problem in check_claim(claim, [QUOTE]))


def test_a_lost_negation_is_noticed() -> None:
    quote = "Zusätzliche Stellen werden für das Vorhaben nicht eingerichtet."
    assert check_claim("Zusätzliche Stellen werden für das Vorhaben eingerichtet.", [quote])
    assert check_claim("Zusätzliche Stellen werden nicht eingerichtet.", [quote]) == ()


def test_an_added_negation_is_noticed() -> None:
    quote = "Zusätzliche Stellen werden für das Vorhaben eingerichtet."
    assert check_claim("Zusätzliche Stellen werden für das Vorhaben nicht eingerichtet.", [quote])


def test_a_proposal_does_not_become_a_fact() -> None:
    quote = "Die Verwaltung wird beauftragt, eine Fachstelle einzurichten."
    assert check_claim("Eine Fachstelle wurde eingerichtet.", [quote])
    assert (
        check_claim("Die Verwaltung wird beauftragt, eine Fachstelle einzurichten.", [quote]) == ()
    )


def test_unchanged_does_not_support_changed() -> None:
    assert check_claim(
        "Die Vorlage wurde geändert beschlossen.", ["Die Vorlage wurde ungeändert beschlossen."]
    )


def test_a_table_that_names_its_unit_once_carries_an_amount() -> None:
    quote = "Produktgruppe (in Euro) | Ansatz 2024\nKulturpflege | 250.000"
    assert check_claim("Der Ansatz 2024 für Kulturpflege beträgt 250.000 Euro.", [quote]) == ()
    assert check_claim("Der Ansatz 2024 für Kulturpflege beträgt 250.001 Euro.", [quote])


def test_a_figure_counts_in_what_the_caption_says() -> None:
    quotes = ["Umlage\t892.400\t948.700", "Plan (Beträge in T€)\nPosition\tErgebnis 2022"]
    assert supported_figures("Umlage; Ergebnis 2022: 892.400 T€.", quotes)
    assert supported_figures("Die Umlage ergab 2022 892,4 Mio. Euro.", quotes)
    assert not supported_figures("Die Umlage ergab 2022 892.400 Euro.", quotes)
    assert not supported_figures("Die Umlage ergab 892.400 Euro.", quotes[:1])


def test_a_title_lends_nouns_but_no_figures() -> None:
    quote = "Sie findet zweitägig statt."
    assert check_claim("Die Fachtagung findet zweitägig statt.", [quote]) != ()
    assert check_claim("Die Fachtagung findet zweitägig statt.", [quote], ["Fachtagung 2024"]) == ()
    assert check_claim("Die Fachtagung 2024 findet zweitägig statt.", [quote], ["Fachtagung 2024"])


def test_a_claim_without_a_source_fails() -> None:
    assert check_claim("Alles ist gut.", []) == ("Der Satz nennt keine Quelle.",)
