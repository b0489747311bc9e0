"""Questions in every state that their page shows: asked, at work, answered, stopped, gone wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from assistant.fundstelle import cite
from assistant.types import Answer, AnswerStatus, Citation, Claim, Label, Reference
from assistant.web.answering import work_of
from assistant.web.run import Asking, Run
from assistant.web.runs import Runs
from assistant.wiring import Parts
from index.types import Access
from models.errors import GeneratorError
from tests.sample_records import EXACT_QUESTION, GOOD_SENTENCE, OPEN_QUESTION, antrag, find

OPERATOR = Access.operator("lvs")
LONG_NAME = "Zuständigkeitsverordnungsänderungsentwurf" * 4
ENDED_S = 30.0
Tell = Callable[[str, object], None]
Cancelled = Callable[[], bool]


def fill_runs(parts: Parts, runs: Runs, open_end: threading.Event) -> dict[str, str]:
    """Puts the questions; gives the runs by the names of their states."""
    named: dict[str, str] = {}
    cited = cited_forty_times()

    def start(
        name: str, text: str, work: Callable[[Tell, Cancelled], Answer], ended: bool = True
    ) -> Run:
        run = runs.start(Asking(text), OPERATOR, work)
        run.stopped = name == "angehalten"
        until = time.monotonic() + ENDED_S
        while ended and run.running and time.monotonic() < until:
            time.sleep(0.01)
        assert run.running != ended, name
        named[name] = run.ident
        return run

    def asked(name: str, text: str, before: Reference | None = None) -> None:
        asking = Asking(text, before=before)
        start(name, text, work_of(parts, asking, OPERATOR))

    def fails(error: Exception) -> Callable[[Tell, Cancelled], Answer]:
        def work(tell: Tell, cancelled: Cancelled) -> Answer:
            raise error

        return work

    asked("antwort", EXACT_QUESTION)
    asked("modell", OPEN_QUESTION)
    asked("bezogen", "Wer hat das beantragt?", Reference(("Antrag 15/12",), "status"))
    asked("liste", "Anträge der SPD, beschlossen, seit 2020")
    asked("schweigt", "Wie viele Zeppeline gab es 1919?")
    asked("rueckfrage", "Wurde 15/12 beschlossen?")
    start("fehler", OPEN_QUESTION, fails(GeneratorError("Das Sprachmodell antwortet nicht.")))
    start("stoerung", OPEN_QUESTION, fails(RuntimeError("unerwartet")))
    start("lange-antwort", LONG_NAME, lambda tell, _: _long(tell, cited))
    forgotten = start("vergessen", OPEN_QUESTION, lambda tell, _: _long(tell, cited))
    forgotten.forget()
    start("angehalten", OPEN_QUESTION, lambda tell, cancelled: _stopped(tell, cited, cancelled))
    start("sucht", OPEN_QUESTION, lambda tell, _: held(open_end), ended=False)
    start("stroemt", OPEN_QUESTION, lambda tell, _: _streamed(tell, cited, open_end), ended=False)
    return named


def cited_forty_times() -> tuple[Citation, ...]:
    """One place of the sample motion under forty numbers."""
    paper = antrag()
    words = "Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."
    return tuple(cite(n, paper, find(paper.text, words)) for n in range(1, 41))


def _long(tell: Tell, cited: Sequence[Citation]) -> Answer:
    labels = list(Label)
    claims = tuple(
        Claim(GOOD_SENTENCE[:-5] + ".", labels[n % len(labels)], (n,), ("Nicht geprüft.",))
        for n in range(1, len(cited) + 1)
    )
    tell("evidence", tuple(cited))
    return Answer(
        LONG_NAME, "offen", AnswerStatus.ANSWERED, "", claims, tuple(cited), notes=("Lücke.",) * 9
    )


def _streamed(tell: Tell, cited: Sequence[Citation], open_end: threading.Event) -> Answer:
    _tell_some(tell, cited)
    return held(open_end)


def _stopped(tell: Tell, cited: Sequence[Citation], cancelled: Cancelled) -> Answer:
    _tell_some(tell, cited)
    while not cancelled():
        time.sleep(0.01)
    return Answer("?", "offen", AnswerStatus.ABSTAINED, "", (), ())


def _tell_some(tell: Tell, cited: Sequence[Citation]) -> None:
    understood = {"kind": "liste", "filters": ["CDU"], "without": ["Alle"], "refers_to": ["15/12"]}
    tell("understood", understood)
    tell("evidence", tuple(cited[:4]))
    for citation in cited[:2]:
        claim = Claim(GOOD_SENTENCE[:-5] + ".", Label.BELEGT, (citation.number,))
        tell("claim", (claim, (citation,)))


def held(open_end: threading.Event) -> Answer:
    """Answers nothing until the end."""
    open_end.wait()
    return Answer("?", "offen", AnswerStatus.ABSTAINED, "", (), ())
