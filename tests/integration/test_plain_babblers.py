"""Whatever the generator makes of a sentence, nothing wrong is shown in Einfache Sprache.

Every try is a real long sentence of the sample papers, in the frame in which an answer shows it, and
a generator that lies, talks nonsense, never stops or breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.plain import rendering
from assistant.plain.parting import further_cuts, statements
from assistant.plain.rendering import LEFT, PARTLY, Rendering, Treatment, render
from assistant.plain.rewriting import MOST_CHARACTERS, MOST_LINES
from assistant.types import Claim, Label
from ingest.sentences import split_sentences
from tests.integration.babblers import YesMan
from tests.integration.sentence_babblers import asked, drafts

_MARK = re.compile(r"<[^>]*>|^[#|*-].*$", re.MULTILINE)
LVS = Path(__file__).resolve().parents[2] / "beispiele" / "lvs"
SENTENCES = 40


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Long sentences of the sample papers that are one statement, every few of them."""
    found = []
    for path in sorted(p for p in LVS.parent.rglob("*.*") if p.suffix in (".txt", ".md", ".html")):
        text = " ".join(_MARK.sub(" ", path.read_text("utf-8", errors="replace")).split())
        found += [s.cut(text) for s in split_sentences(text)]
    whole = [s for s in found if 90 < len(s) < 300 and s[0].isupper() and s.endswith(".")]
    hard = [
        s
        for s in whole
        if "\ufffd" not in s and "„" not in s and ", " in s and statements(s) == [s]
    ]
    step = len(hard) // SENTENCES
    assert step >= 1
    return hard[::step][:SENTENCES]


def plain(sentence: str, generator: YesMan | None = None) -> Rendering:
    """A sentence once as a bare quote and once as the words of a motion."""
    claims = (
        Claim(f"„{sentence}“", Label.BELEGT, (1,)),
        Claim(f"Beantragt ist (CDU): „{sentence}“", Label.BELEGT, (2, 3)),
    )
    return render(claims, "offen", generator=generator)


def test_nothing_but_the_sentence_is_shown_in_hundreds_of_tries(sentences: list[str]) -> None:
    wrong: list[str] = []
    told: list[str] = []
    tries = 0
    for sentence in sentences:
        by_rules = plain(sentence)
        for name, draft in drafts(sentence, sentences, told).items():
            generator = YesMan(draft)
            found = plain(sentence, generator)
            if found.claims != by_rules.claims:
                wrong.append(f"{name}: {found.claims}")
            assert generator.open_calls == 0, f"{name} left a call running"
            assert generator.pieces <= 4 * (MOST_LINES * (MOST_CHARACTERS + 2) + 1)
            tries += 1
    assert wrong == []
    assert (tries, len(told) > 800) == (SENTENCES * 20, True)


def test_a_sentence_that_fails_is_tried_once_more_and_then_stays(sentences: list[str]) -> None:
    for sentence in sentences:
        prompts: list[str] = []

        def draft(prompt: str, seen: list[str] = prompts) -> Iterator[str]:
            seen.append(prompt)
            yield "Das ist etwas ganz anderes."

        quote, motion = plain(sentence, YesMan(draft)).claims
        assert [prompt.startswith("Schreibe noch näher") for prompt in prompts] == [False, True] * 2
        assert (quote.treatment, quote.lines, quote.note) == (
            Treatment.ORIGINAL,
            (f"„{sentence}“",),
            LEFT,
        )
        assert (motion.treatment, motion.note) == (Treatment.VEREINFACHT, PARTLY)
        assert motion.lead == (
            "Das ist beantragt. Ein Antrag ist noch kein Beschluss.",
            "Antragsteller: CDU.",
        )


def test_a_faithful_generator_is_shown() -> None:
    sentence = (
        "Der Steg in Mersbach ist seit 2019 gesperrt, aber die Fähre benötigt jährlich 3 Wochen Pause, "
        "denn sie muss dann zur Prüfung nach Hohenbruck."
    )

    def draft(prompt: str) -> Iterator[str]:
        parts = further_cuts(asked(prompt))
        easy = [part.replace("benötigt jährlich", "braucht jedes Jahr") for part in parts]
        yield "\n".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in easy)

    quote, motion = plain(sentence, YesMan(draft)).claims
    said = (
        "Der Steg in Mersbach ist seit 2019 gesperrt.",
        "Aber die Fähre braucht jedes Jahr 3 Wochen Pause.",
        "Denn sie muss dann zur Prüfung nach Hohenbruck.",
    )
    assert (quote.lines, quote.note, quote.citations) == (said, "", (1,))
    assert (motion.lines, motion.note, motion.citations) == (said, "", (2, 3))


def test_without_the_check_lies_would_be_shown(
    sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "problems_of", lambda statement, lines: ())
    seen: Counter[str] = Counter()
    for sentence in sentences[:10]:
        rules = " ".join(re.findall(r"\w+", " ".join(plain(sentence).claims[0].lines)))
        for name, draft in drafts(sentence, sentences, []).items():
            lines = plain(sentence, YesMan(draft)).claims[0].lines
            seen[name] += " ".join(re.findall(r"\w+", " ".join(lines))) != rules
    assert sum(seen.values()) > 60
    # Changed figures are held back once more, by the comparison of all values.
    figures = {"other figure", "foreign figure", "unit"}
    assert {name for name, count in seen.items() if not count} <= figures | {
        "silent", "crash", "names exchanged", "other name", "figures exchanged"
    }  # fmt: skip
    assert not any(seen[name] for name in figures)
