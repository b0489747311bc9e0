from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import compounds
from index.german import analyse, query_terms, terms


def same(*spellings: str) -> None:
    first, *others = (analyse(spelling).words for spelling in spellings)
    assert first
    assert [other for other in others if other != first] == []


def test_sharp_s_and_umlauts_meet_their_transcriptions() -> None:
    same("Straße", "Strasse", "STRASSE", "straßen")
    same("Müller", "Mueller", "Mu\u0308ller")
    same("Anträge", "Antraege", "Antrag")


def test_gendered_forms_meet_the_plain_word() -> None:
    same("Bürger", "BürgerInnen", "Bürger*innen", "Bürger:innen", "Bürger_innen", "Bürgerinnen")
    same("Bürger", "Bürger/-innen", "Bürger/innen", "Bürger(innen)", "Bürger·innen", "BürgerIn")
    same("Antragsteller", "Antragstellerin", "Antragstellerinnen")
    assert "innen" not in terms("Direktor*innen")


def test_soft_hyphens_vanish() -> None:
    same("Haushalt", "Haus\u00adhalt")


def test_compounds_yield_their_parts_and_their_neighbours() -> None:
    parts = analyse("Nachtragshaushaltssatzung").parts
    assert {"nachtrag", "haushalt", "satzung"} <= set(parts)
    assert analyse("Haushaltssatzung").words[0] in parts
    assert analyse("Nachtragshaushalt").words[0] in parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("jugendhilfeausschuss", ("jugend", "hilfe", "ausschuss")),
        ("barrierefreiheit", ("barriere", "freiheit")),
        ("kindertagesstätte", ("kinder", "tag", "stätte")),
        ("einbürgerungsstelle", ("einbürgerung", "stelle")),
        ("personalkosten", ("personal", "kosten")),
        ("haushaltsplan", ("haushalt", "plan")),
        ("strassenbahnhaltestelle", ("strasse", "bahn", "haltestelle")),
        ("bauantrag", ("bau", "antrag")),
    ],
)
def test_linking_letters_are_cut_off(word: str, parts: tuple[str, ...]) -> None:
    assert compounds.split(word) == parts


@pytest.mark.parametrize(
    "word",
    ["verwaltung", "bereich", "untersuchung", "gesellschaft", "abteilung", "förderung", "vertrag"],
)
def test_words_that_only_look_composed_stay_whole(word: str) -> None:
    assert compounds.split(word) == ()


def test_hyphen_compounds_are_found_whole_and_by_their_pieces() -> None:
    assert analyse("KI-Kongress").words == ("ki", "kongress", "kikongress")
    assert analyse("KIKongress").words == ("kikongress",)
    assert analyse("Finanz- und Haushaltsausschuss").words == ("finanz", "haushaltsausschuss")


def test_paragraphs_are_one_term_in_any_spelling() -> None:
    same("§ 38", "§38", "§§ 38", "Paragraph 38", "Paragraf 38", "§\u00a038")
    assert analyse("§ 38a Abs. 2").words == ("§38a", "abs", "2")


def test_numbers_of_papers_are_one_term_without_leading_zeros() -> None:
    assert analyse("Antrag Nr. 15/148,").words == ("antrag", "15/148")
    same("14/0461", "14/461")
    assert analyse("15/2345/1").words == ("15/2345/1",)
    assert analyse("2015/0288-1").words == ("2015/288-1",)
    assert analyse("VI/5053/XVII/2024").words == ("vi/5053/xvii/2024",)
    assert analyse("Stadt/Land").words == ("stadt", "land")


def test_dates_are_one_term_in_any_spelling() -> None:
    same("03.06.2025", "3. Juni 2025", "3.6.2025", "2025-06-03")
    assert analyse("7. März 2024").words == ("2024-03-07",)
    assert analyse("7. März 2024").parts == ("2024",)
    assert analyse("19. - 20.3.2025").words == ("19", "2025-03-20")
    assert analyse("3. Sitzung 2025").words == ("3", "sitzung", "2025")
    assert analyse("45.13.2025").words[0] != "2025-13-45"


def test_amounts_lose_their_thousands_dots() -> None:
    same("1.250.000 Euro", "1250000 Euro")
    assert analyse("41,19 %").words == ("41,19",)


def test_words_that_only_bind_others_are_left_out() -> None:
    assert terms("Wurde der Antrag nicht von dem beschlossen?") == ["antrag", "beschloss"]


def test_a_question_asks_for_each_term_once() -> None:
    found = query_terms("Haushalt, Haushaltsplan, Haushalt")
    assert found.count("haushalt") == 1
    assert len(found) == len(set(found))


@given(st.text(max_size=200))
def test_terms_hold_no_blanks_and_questions_ask_for_the_stored_terms(text: str) -> None:
    stored = terms(text)
    assert [term for term in stored if not term or term.split() != [term]] == []
    assert set(query_terms(text)) == set(stored)


@given(st.lists(st.sampled_from(["Radweg", "15/148", "§ 38", "3. Juni 2025", "KI-Kongress"])))
def test_texts_side_by_side_yield_the_terms_of_each(parts: list[str]) -> None:
    joined = analyse("; ".join(parts)).words
    assert joined == tuple(word for part in parts for word in analyse(part).words)


def test_threads_cut_the_same_terms() -> None:
    words = [f"Sitzungsniederschriften{n % 7} Förderungen Anträge" for n in range(200)]
    expected = [terms(word) for word in words]
    results: list[list[list[str]]] = []

    def work() -> None:
        results.append([terms(word) for word in words])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
