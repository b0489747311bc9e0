"""A house whose every word was chosen to act: papers, drafts, searches, files, an answer."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import draft_desk
from assistant.fundstelle import cite
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation, Claim, Label, Reference
from assistant.web.run import Asking, Run
from assistant.web.runs import Runs
from assistant.wiring import Parts
from index.types import Access, Document, Reading, Span
from tests.browser.payloads import PAYLOADS, Payload, packed
from tests.sample_records import ANTRAG, antrag, find, stored

OPERATOR = Access.operator("lvs")
FIRST_NUMBER = 200
SIZE = 14
PACKS = packed(SIZE)
SENTENCE = "Der Betrieb {} kostet 48.000 Euro im Jahr."
OPEN_FOR_S = 20.0


def joined(payloads: Sequence[Payload]) -> str:
    """Words as one title, name or field."""
    return " · ".join(payload.text for payload in payloads)


def paper(payloads: Sequence[Payload], number: int) -> Document:
    """A motion that has them in title, file name, header, course, warnings and text."""
    words = joined(payloads)
    body = "\n\n".join(SENTENCE.format(payload.text) for payload in payloads)
    text = ANTRAG.replace("15/12", f"15/{number}").replace("Leihräder", f"{words} Leihräder")
    text = text.replace("CDU, SPD", f"CDU, SPD, {words}") + f"\n{body}\n"
    made = antrag("lvs", text, nummer=number)
    kopf = made.kopfdaten
    mover = Reading(words, find(text, words))
    course = tuple(replace(one, gremium=f"{words} Ausschuss") for one in kopf.beratungsfolge)
    return replace(
        made,
        title=words,
        source=f"akten/{words}",
        kopfdaten=replace(kopf, antragsteller=(mover,), beratungsfolge=course),
        warnings=(words,),
    )


def papers() -> list[Document]:
    """One for each pack."""
    return [paper(pack, FIRST_NUMBER + n) for n, pack in enumerate(PACKS)]


def fill_house(parts: Parts) -> list[Document]:
    """Stores the papers, and drafts that are made of them."""
    made = papers()
    parts.store.add([stored(one) for one in made])
    for n, pack in enumerate(packed(60)):
        fields = {
            "titel": joined(pack),
            "stichpunkte": [payload.text for payload in pack],
            "beschlussvorschlag": joined(pack),
            "quellen": [f"Antrag 15/{FIRST_NUMBER + n}"],
            "bearbeitung": joined(pack[:3]),
        }
        for based_on, change in ((None, {}), (1, {"beschlussvorschlag": joined(pack[::-1])})):
            order = draft_desk.ordered({**fields, **change}, parts.mandant)
            draft_desk.order(parts, order, OPERATOR, keep_as=f"boese-{n}", based_on=based_on)
    return made


def report() -> str:
    """A run of the evaluation whose every name acts."""
    figures = {payload.text: {"count": 1, "of": 2} for payload in PAYLOADS[::2]}
    medians = {payload.text: 1.5 for payload in PAYLOADS[1::2]}
    return json.dumps(
        {
            "form": 1,
            "at": "2026-03-01T10:00:00+00:00",
            "stand": {"Mandant": "lvs", **{payload.text: payload.text for payload in PAYLOADS}},
            "sets": {PAYLOADS[1].text: {"figures": figures, "medians_ms": medians}},
        }
    )


@dataclass(slots=True)
class Spoken:
    """A model whose every sentence acts, and that no check holds back.

    It says the first half only when it is let: a page is to be open by then.
    """

    made: Sequence[Document]
    listened: threading.Event
    half_said: threading.Event
    go_on: threading.Event

    def start(self, runs: Runs) -> Run:
        """Puts a question of the same kind and begins to answer it."""
        return runs.start(Asking(joined(PAYLOADS[::4])), OPERATOR, self._answer)

    def _answer(self, tell: Callable[[str, object], None], cancelled: Callable[[], bool]) -> Answer:
        cited = [self._cite(number) for number in range(1, len(PAYLOADS) + 1)]
        words = tuple(payload.text for payload in PAYLOADS)
        told: dict[str, Any] = {"kind": "liste", "filters": words, "without": words[:9]}
        tell("understood", {**told, "refers_to": words})
        tell("evidence", tuple(cited[:40]))
        assert self.listened.wait(OPEN_FOR_S)
        claims = []
        for payload, citation in zip(PAYLOADS, cited, strict=True):
            problems = (payload.text,)
            claims.append(Claim(payload.text, Label.BELEGT, (citation.number,), problems))
            tell("claim", (claims[-1], (citation,)))
            if len(claims) == len(PAYLOADS) // 2:
                self.half_said.set()
                assert self.go_on.wait(OPEN_FOR_S)
            time.sleep(0.002)
        return Answer(
            question=joined(PAYLOADS[::4]),
            kind="liste",
            status=AnswerStatus.ANSWERED,
            text=" ".join(words),
            claims=tuple(claims),
            citations=tuple(cited),
            notes=words,
            table=AnswerTable((words[0], words[-20]), tuple((word, word) for word in words)),
            reference=Reference(words[:4], "liste", words[5]),
            generator_id=words[0],
        )

    def _cite(self, number: int) -> Citation:
        """The sentence of a paper that holds a payload's words."""
        words = SENTENCE.format(PAYLOADS[number - 1].text)
        held = next(one for one in self.made if words in one.text)
        start = held.text.index(words)
        return cite(number, held, Span(start, start + len(words)))
