"""A line for each statement."""

from __future__ import annotations

from assistant.begruendung.rewording.points import pointed


def test_the_sentences_of_a_quote_stand_below_its_lead_word_for_word() -> None:
    assert pointed(
        "Vorlage Nr. 15/1, Beschlussvorschlag: „Das Land zahlt. Der Bund nicht.“", own=False
    ) == ("Vorlage Nr. 15/1, Beschlussvorschlag:\n– „Das Land zahlt.“\n– „Der Bund nicht.“")


def test_one_statement_is_no_list() -> None:
    assert pointed("Vorlage Nr. 15/1: „Das Land zahlt.“", own=False) is None
    assert pointed("Das Land zahlt.", own=False) is None
    assert pointed("Beträge nennt das Papier. Sie stehen hier:", own=False) is None


def test_a_quote_is_not_cut_within_what_it_quotes_or_brackets() -> None:
    assert pointed("Vermerk: „Das Wort „Ja. Nein.“ entfällt.“", own=False) is None
    assert pointed("Vermerk: „Das gilt (so. Auch hier).“", own=False) is None


def test_rows_and_reports_are_told_field_by_field() -> None:
    report = (
        "Umsetzung laut Beschlusskontrolle (Vorlage Nr. 15/9): Übersicht; Gegenstand: Räder; Frist: "
        "31.12.2024; Sachstand: in Arbeit; 66 von 74 errichtet"
    )
    assert pointed(report, own=False) == (
        "Umsetzung laut Beschlusskontrolle (Vorlage Nr. 15/9), Übersicht:\n– Gegenstand: Räder\n"
        "– Frist: 31.12.2024\n– Sachstand: in Arbeit; 66 von 74 errichtet"
    )
    assert pointed(
        "Vorlage Nr. 15/2 vom 02.02.2023: 2023: Räder: 18; Kosten (brutto): 300 €", own=False
    ) == ("Vorlage Nr. 15/2 vom 02.02.2023, 2023:\n– Räder: 18\n– Kosten (brutto): 300 €")


def test_quotes_in_a_row_are_a_point_each() -> None:
    assert pointed("Vorlage Nr. 15/1: „A.“; „B.“", own=False) == "Vorlage Nr. 15/1:\n– „A.“\n– „B.“"


def test_own_sentences_are_a_point_each() -> None:
    said = "Das Land zahlt. Die Stadt ist dabei; der Bund hat abgesagt."
    assert pointed(said, own=False) is None
    assert pointed(said, own=True) == (
        "– Das Land zahlt.\n– Die Stadt ist dabei.\n– Der Bund hat abgesagt."
    )
