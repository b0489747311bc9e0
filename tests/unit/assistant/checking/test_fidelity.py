"""A rendering keeps every word of its sentence, or it is none."""

from __future__ import annotations

import pytest

from assistant.checking.fidelity import rendering_problems

PAIRS = (("benötigt", "braucht"), ("hierfür", "dafür"), ("jährlich", "jedes Jahr"))
STRAYED = "Der Wortlaut weicht vom Satz ab."
STATEMENTS = (
    "Die Erben verlangen 88.000 €",
    "das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
)


def problems(*lines: str, statements: tuple[str, ...] = STATEMENTS) -> tuple[str, ...]:
    return rendering_problems(statements, lines, PAIRS)


def test_a_sentence_may_end_where_a_statement_ends() -> None:
    lines = (
        "Die Erben verlangen 88.000 €.",
        "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
    )
    assert problems(*lines) == ()
    assert problems(" ".join(lines)) == ()


def test_a_word_may_be_exchanged_for_its_listed_one_only() -> None:
    source = ("Das Museum benötigt jährlich 3 Boote.",)
    assert problems("Das Museum braucht jedes Jahr 3 Boote.", statements=source) == ()
    assert problems("Das Museum nutzt jedes Jahr 3 Boote.", statements=source)[0] == STRAYED


def test_words_are_not_exchanged_backwards() -> None:
    source = ("Das Museum braucht jedes Jahr 3 Boote.",)
    assert problems("Das Museum benötigt jedes Jahr 3 Boote.", statements=source)[0] == STRAYED


def test_an_and_between_two_statements_may_go() -> None:
    source = ("Das Haus wird verkauft", "und die Mieter werden gefragt.")
    assert (
        problems("Das Haus wird verkauft.", "Die Mieter werden gefragt.", statements=source) == ()
    )
    assert (
        problems("Das Haus wird verkauft.", "Und die Mieter werden gefragt.", statements=source)
        == ()
    )
    assert STRAYED in problems(
        "Das Haus wird verkauft, die Mieter werden gefragt.", statements=source
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Die Erben verlangen 88.000 €.",),
        (
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
            "Die Erben verlangen 88.000 €.",
        ),
        (
            "Die Erben verlangen 40.000 €.",
            "Das Land hat hierfür einen Zuschuss von 88.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 88.000 €.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € nicht zugesagt.",
        ),
        (
            "Die Erben verlangen 88.000 €.",
            "Das Land soll hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 88.000 €.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € abgelehnt.",
        ),
        (
            "Die Erben verlangen 88.000 %.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 8.800 €.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 88,000 €.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (
            "Der Bund verlangt 88.000 €.",
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 88.000 €.",
            "Das Land hat hierfür einen Zuschuss.",
            "40.000 € zugesagt.",
        ),
        (
            "Die Erben verlangen 88.000 € (sagen sie).",
            "Das Land hat hierfür einen Zuschuss von 40.000 € zugesagt.",
        ),
        (),
    ],
)
def test_whatever_is_lost_added_moved_or_turned_is_refused(lines: tuple[str, ...]) -> None:
    assert problems(*lines)[0] == STRAYED


def test_a_figure_cannot_move_from_one_side_of_a_mark_to_the_other() -> None:
    source = ("Beantragt sind 2,5 Stellen.",)
    assert STRAYED in problems("Beantragt sind 2 5 Stellen.", statements=source)
    assert STRAYED in problems("Beantragt sind 25 Stellen.", statements=source)
    assert STRAYED in problems("Beantragt sind -2,5 Stellen.", statements=source)
