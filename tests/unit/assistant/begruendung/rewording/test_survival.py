"""What a rewriting may not lose or add."""

from __future__ import annotations

import pytest

from assistant.begruendung.rewording.phrases import phrase_words
from assistant.begruendung.rewording.survival import BINDING, losses

TEXT = (
    "Nach Darstellung der FDP-Fraktion soll der Kulturausschuss am 16.02.2023 über 48.000 € nicht "
    "allein beschließen: „Das Land „zahlt“ mit.“"
)


def test_the_same_words_in_other_frames_pass() -> None:
    assert losses([TEXT], TEXT) == ()
    other = TEXT.replace("soll der Kulturausschuss", "soll der Kulturausschuss sich")
    assert losses([TEXT], other) == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("48.000", "84.000", "Zahlen, Daten oder Nummern blieben nicht erhalten."),
        ("16.02.2023", "16.03.2023", "Zahlen, Daten oder Nummern blieben nicht erhalten."),
        (" über 48.000 €", "", "Zahlen, Daten oder Nummern blieben nicht erhalten."),
        ("nicht ", "", "Das Wort „nicht“ fehlt in der neuen Fassung."),
        ("soll ", "muss ", "Das Wort „muss“ kam hinzu in der neuen Fassung."),
        ("FDP", "SPD", "Das Wort „fdp-fraktion“ fehlt in der neuen Fassung."),
        ("Nach Darstellung der FDP-Fraktion ", "", "Das Wort „darstellung“ fehlt"),
        ("beschließen", "ablehnen", "Das Wort „ablehnen“ kam hinzu"),
        ("zahlt", "zahlte", "Ein wörtliches Zitat blieb nicht erhalten."),
        (": „Das Land „zahlt“ mit.“", ".", "Ein wörtliches Zitat blieb nicht erhalten."),
        ("mit.“", "mit.“ und „mehr“", "Ein wörtliches Zitat blieb nicht erhalten."),
    ],
)
def test_whatever_was_turned_lost_or_added_is_named(old: str, new: str, reason: str) -> None:
    assert old in TEXT
    (said,) = losses([TEXT], TEXT.replace(old, new))
    assert said.startswith(reason)


def test_of_several_paragraphs_each_word_has_to_stand_somewhere() -> None:
    before = ["Quelle: Antrag Nr. 15/1, „A“.", "Quelle: Antrag Nr. 15/2, „B“."]
    assert losses(before, "Quellen: Antrag Nr. 15/1, „A“; Antrag Nr. 15/2, „B“.") == ()
    assert losses(before, "Quellen: Antrag Nr. 15/1, „A“; Nr. 15/2, „A“.") != ()


def test_a_quote_may_be_cut_between_its_sentences_and_not_within_its_words() -> None:
    before = ["Vorschlag: „Eins geht. Zwei bleibt.“"]
    assert losses(before, "Vorschlag:\n– „Eins geht.“\n– „Zwei bleibt.“") == ()
    assert losses(before, "Vorschlag:\n– „Zwei bleibt.“\n– „Eins geht.“") != ()
    assert losses(before, "Vorschlag:\n– „Eins geht.“") != ()


def test_words_of_a_list_may_go_and_come() -> None:
    before, after = ["Es wird hierfür gezahlt."], "Es wird dafür gezahlt."
    assert losses(before, after) != ()
    assert losses(before, after, exchanged=frozenset({"hierfür", "dafür"})) == ()


def test_no_word_that_turns_a_sentence_may_go_or_come_with_the_frames() -> None:
    turning = frozenset(
        """
        nicht kein keine nie ohne weder soll sollen muss müssen kann können darf dürfen
    würde beschlossen beschluss abgelehnt angenommen vertagt empfehlung einstimmig mehrheitlich
    enthaltung überholt vorgesehen antragsteller beschlusslage mindestens höchstens
        """.split()  # noqa: SIM905
    )
    assert not BINDING & turning
    assert not phrase_words() & turning
