"""Lines in Einfache Sprache under a lead that says whose words follow."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.begruendung.rewording.easier import easier, easier_run
from assistant.begruendung.rewording.shorter import runs
from assistant.begruendung.types import Absatz, Herkunft

ANTRAG = "Antrag Nr. 15/1 vom 01.02.2023"


def whole(statement: str) -> Sequence[str]:
    return [statement]


def test_a_proposal_is_said_to_be_one_and_each_sentence_keeps_its_wording() -> None:
    text = (
        f"{ANTRAG}, Beschlussvorschlag der Antragsteller, für sich keine Beschlusslage: „Die "
        "Verwaltung prüft das. Hierfür werden 3 Mio. € bereitgestellt.“"
    )
    assert easier(text, whole, own=False) == (
        f"Das ist der Beschlussvorschlag der Antragsteller ({ANTRAG}). Er ist für sich keine "
        "Beschlusslage:\n„Die Verwaltung prüft das.“\n„Hierfür werden 3 Mio. € bereitgestellt.“"
    )


def test_where_a_sentence_is_parted_the_words_are_no_quote_and_the_lead_says_so() -> None:
    text = f"{ANTRAG}: „Das Bad ist zu; hierfür hat das Land 3 Mio. € zugesagt.“"
    assert easier(text, whole, own=False) == (
        f"Das steht im {ANTRAG}, in einfachen Worten:\nDas Bad ist zu.\n"
        "Dafür hat das Land 3 Millionen € zugesagt."
    )


def test_what_is_easy_already_is_not_touched() -> None:
    assert easier(f"{ANTRAG} trägt den Ergebnisvermerk: „Abgelehnt.“", whole, own=False) is None
    assert easier("Vorlage Nr. 15/2/1 ändert Vorlage Nr. 15/2.", whole, own=False) is None


def test_own_words_are_exchanged_and_quotes_in_them_are_not() -> None:
    assert easier("Hierfür ist lediglich das Land da.", whole, own=True) == (
        "Dafür ist nur das Land da."
    )
    assert easier("Sie sagt „hierfür“.", whole, own=True) is None


def test_paragraphs_that_begin_alike_are_lines_under_one_lead() -> None:
    lead = f"Als Argument dafür ist erfasst – nach Angabe von FDP, {ANTRAG}"
    texts = (f"{lead}: „Das Bad ist zu; das Land hat abgesagt.“", f"{lead}: „Es eilt.“")
    (run,) = runs([Absatz(text, Herkunft.BELEGT, (1,)) for text in texts])
    assert easier_run(run, whole) == (
        f"Als Argumente dafür sind erfasst (nach Angabe von FDP, {ANTRAG}), in einfachen Worten:\n"
        "– Das Bad ist zu. Das Land hat abgesagt.\n– „Es eilt.“"
    )
