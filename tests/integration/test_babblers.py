"""Whatever the generator says, no sentence is shown that its quotes do not carry.

Every try is a real question over papers that the real ingest has read, with a generator that talks
nonsense, lies, or breaks, and that finds every quote to be an answer.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import answer as answering
from assistant import writer
from assistant.answer import answer_question
from assistant.drafting import MAX_CHARACTERS
from assistant.finding import evidence
from assistant.finding.choosing import LONGEST_CHOICE
from assistant.types import Answer, AnswerStatus, Claim
from assistant.understanding.question import Question
from index.store import Store, open_store
from index.types import Access
from ingest.pipeline import ingest_paths
from tests.integration.answer_oracle import faults, is_verbatim
from tests.integration.babblers import LIES, Liar, YesMan, crash, sources
from tests.sample_records import FakeEmbedder

ROOT = Path(__file__).resolve().parents[2]
LVS = ROOT / "beispiele" / "lvs"
ACCESS = Access.operator("lvs")
TRIES = 1000
QUESTIONS = 50
VOCABULARY = [
    "Haushalt",
    "Beschluss",
    "Ausschuss",
    "beschlossen",
    "abgelehnt",
    "Euro",
    "1.000",
    "Landrat",
    "Museum",
    "und",
    "oder",
    "nicht",
    "einstimmig",
    "wurde",
    "SPD",
    "Klinik",
    "Prozent",
    "§",
    "5",
    "Dezember",
    "2024",
    "der",
    "die",
    "das",
    "von",
    "Antrag",
    "Vorlage",
]
MARKUP = (
    "**{}**",
    "# {}",
    "<b>{}</b>",
    "{}<script>alert(1)</script>",
    "{} ![Bild](http://beispiel.example/x.png)",
    "{} (http://beispiel.example/?q=1)",
    "{} www.beispiel.example",
    "`{}`",
    "{}\x1b[31m",
    "{}\x00",
    "\u202e{}",
    "{}\u200b\u200c",
    "{} &lt;img src=x&gt;",
    "<|im_start|>system {}",
    "{} javascript:alert(1)",
)
Draft = Callable[[str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What answering needs."""

    store: Store
    embedder: FakeEmbedder
    generator: YesMan
    home: Path = Path("ohne-eigene-dateien")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("akten"))
    paths = [path for path in sorted(LVS.rglob("*.*")) if path.suffix in (".txt", ".html", ".md")]
    report = ingest_paths(paths, store=opened, embedder=FakeEmbedder(), mandant="lvs")
    assert (report.indexed, report.quarantined) == (len(paths), ())
    yield opened
    opened.close()


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """What is found for a question does not depend on the generator, and is found once.

    What a question names need not stand there: more questions get through to what is tested here.
    """
    kept: dict[tuple[str, str], object] = {}

    def once(name: str) -> Callable[..., object]:
        real = getattr(answering, name)

        def read(parts: Parts, question: str | Question, *rest: object) -> object:
            key = (name, question if isinstance(question, str) else question.text)
            if key not in kept:
                kept[key] = real(parts, question, *rest)
            return kept[key]

        return read

    with pytest.MonkeyPatch.context() as patched:
        for name in ("search", "first_look", "read_evidence"):
            patched.setattr(answering, name, once(name))
        patched.setattr(evidence, "particular_words", lambda *_: ())
        yield


def questions() -> list[str]:
    """Open questions of both sets that the papers of the store answer."""
    found = []
    for name in ("entwicklung", "fragen"):
        for line in (ROOT / "tests" / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines():
            entry = json.loads(line)
            sources = entry["expected_sources"]
            if entry["kind"] == "offen" and entry["answerable"]:
                found.append((not sources[0].endswith((".txt", ".html", ".md")), entry["text"]))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])][:QUESTIONS]


def ask(store: Store, question: str, draft: Draft, *, drafts: bool = True) -> tuple[Answer, YesMan]:
    generator = YesMan(draft)
    told: list[Claim] = []

    def tell(name: str, payload: object) -> None:
        if name == "claim":
            assert isinstance(payload, tuple)
            told.append(payload[0])

    parts = Parts(store, FakeEmbedder(), generator)
    answer = answer_question(parts, question, ACCESS, drafts=drafts, on_event=tell)
    assert tuple(told) == answer.claims
    assert generator.open_calls == 0, "a call of the generator was left running"
    return answer, generator


def truth(prompt: str, end: str = "") -> Iterator[str]:
    for number, text in sources(prompt):
        yield f"{text.rstrip(' .')}{end} [{number}]. "


def babble(dice: random.Random) -> Draft:
    def draft(prompt: str) -> Iterator[str]:
        words = [*VOCABULARY, *prompt.split()]
        for _ in range(4):
            yield " ".join(dice.choices(words, k=dice.randint(3, 14))).replace("[", "")
            yield f" [{dice.randint(0, 9)}]. "

    return draft


def foreign_sources(prompt: str) -> Iterator[str]:
    held = {number for number, _ in sources(prompt)}
    missing = [n for n in "0123456789" if n not in held]
    for (_, text), number in zip(sources(prompt), missing, strict=False):
        yield f"{text.rstrip(' .')} [{number}]. "


def marked_up(dice: random.Random) -> Draft:
    def draft(prompt: str) -> Iterator[str]:
        for number, text in sources(prompt):
            yield f"{dice.choice(MARKUP).format(text.rstrip(' .'))} [{number}]. "

    return draft


def echo(prompt: str) -> Iterator[str]:
    question = prompt.rsplit("Frage: ", 1)[-1]
    yield from (f"{question} [1]. ", f"Ja, {question.rstrip('?')} [1][2]. ")


def abstention_and_more(prompt: str) -> Iterator[str]:
    yield "KEINE ANGABE"
    yield ". Der Antrag wurde trotzdem einstimmig beschlossen [1]. "
    yield from truth(prompt, ", KEINE ANGABE")


def endless(dice: random.Random) -> Draft:
    def draft(prompt: str) -> Iterator[str]:
        words = dice.choice([["", ""], [" "], ["\n"], ["Ja "], VOCABULARY, ["[1]"], ["x" * 10**6]])
        while True:
            yield dice.choice(words)

    return draft


def nothing(prompt: str) -> Iterator[str]:
    return iter(())


def by_letters(draft: Draft) -> Draft:
    return lambda prompt: (letter for piece in draft(prompt) for letter in piece)


def babblers(seed: str) -> dict[str, Draft]:
    """The twenty generators of one question."""
    dice = random.Random(seed)
    liars: dict[str, Draft] = {kind: Liar(kind, random.Random(f"{seed}{kind}")) for kind in LIES}
    return {
        **liars,
        "babble": babble(dice),
        "foreign sources": foreign_sources,
        "markup": marked_up(dice),
        "echo": echo,
        "abstention and more": abstention_and_more,
        "endless": endless(dice),
        "crash": crash,
        "letter by letter": by_letters(Liar("negation", random.Random(seed))),
    }


def survived(answer: Answer, draft: Draft) -> list[str]:
    """The lies that an answer repeats as they were told."""
    told = draft.told if isinstance(draft, Liar) else []
    said = [" ".join(claim.text.split()).rstrip(" .") for claim in answer.claims]
    return [lie for lie, _ in told if any(text.endswith(lie.rstrip(" .")) for text in said)]


def test_no_unsupported_sentence_reaches_the_output_in_a_thousand_tries(
    store: Store, record_property: Callable[[str, object], None]
) -> None:
    wrong: list[str] = []
    count: Counter[str] = Counter()
    for question in questions():
        for name, draft in babblers(question).items():
            answer, generator = ask(store, question, draft)
            found = faults(answer, lambda name: store.document(ACCESS, name))
            found += survived(answer, draft)
            wrong += [f"{name}: {fault}" for fault in found]
            assert generator.pieces <= MAX_CHARACTERS + 3, f"{name} was not cut"
            count["tries"] += 1
            count["lies told"] += len(draft.told) if isinstance(draft, Liar) else 0
            count["answered"] += answer.status is AnswerStatus.ANSWERED
            for claim in answer.claims:
                count["quotes" if is_verbatim(claim, answer) else "sentences"] += 1
    print(dict(count), f"unsupported: {len(wrong)}")
    record_property("babblers", {str(key): number for key, number in count.items()})
    assert wrong == []
    assert count["tries"] == TRIES
    assert count["lies told"] > 1000
    assert count["answered"] > TRIES / 4


def test_a_truthful_generator_is_shown(store: Store) -> None:
    shown: Counter[bool] = Counter()
    for question in questions()[:20]:
        answer, _ = ask(store, question, truth)
        shown.update(is_verbatim(claim, answer) for claim in answer.claims)
        assert faults(answer, lambda name: store.document(ACCESS, name)) == []
    assert shown[False] > 20


def test_a_silent_generator_leaves_the_answer_to_quotes(store: Store) -> None:
    answers = [ask(store, question, nothing)[0] for question in questions()[:20]]
    claims = [(claim, answer) for answer in answers for claim in answer.claims]
    assert claims
    assert not [f for a in answers for f in faults(a, lambda name: store.document(ACCESS, name))]


@pytest.mark.parametrize("words", [["Ja"], [""], ["N", "e", "i", "n", "?"]])
def test_a_judge_that_never_stops_is_cut(store: Store, words: list[str]) -> None:
    class Judge(YesMan):
        def generate(self, *args: object, **kwargs: object) -> Iterator[str]:
            self.open_calls += 1
            try:
                while True:
                    for word in words:
                        self.pieces += 1
                        yield word
            finally:
                self.open_calls -= 1

    judge = Judge(nothing)
    for drafts in (True, False):
        judge.pieces = 0
        parts = Parts(store, FakeEmbedder(), judge)
        answer_question(parts, questions()[0], ACCESS, drafts=drafts)
        assert judge.open_calls == 0
        assert judge.pieces <= (MAX_CHARACTERS if drafts else LONGEST_CHOICE) + 3 * 5


def test_a_babbler_that_is_asked_for_numbers_puts_no_word_into_the_answer(store: Store) -> None:
    answered = 0
    for question in questions()[:10]:
        for name, draft in babblers(question).items():
            answer, generator = ask(store, question, draft, drafts=False)
            assert faults(answer, lambda name: store.document(ACCESS, name)) == [], name
            assert generator.pieces <= LONGEST_CHOICE + 3 * 5, name
            assert list(survived(answer, draft)) == [], name
            answered += answer.status is AnswerStatus.ANSWERED
    assert answered > 30


def test_the_oracle_sees_what_the_checks_hold_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "check_claim", lambda *args: ())
    monkeypatch.setattr(writer, "_departs", lambda *args: False)
    seen: Counter[str] = Counter()
    for question in questions()[:10]:
        for name, draft in babblers(question).items():
            answer, _ = ask(store, question, draft)
            found = faults(answer, lambda name: store.document(ACCESS, name))
            seen[name] += len(found) + len(survived(answer, draft))
    assert sum(seen.values()) > 100
    unseen = {"crash", "foreign sources", "other outcome", "names exchanged", "endless"}
    assert {name for name, faults in seen.items() if not faults} <= unseen
