"""One question runs once, is seen by whoever opens it, and stops when nobody does."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from assistant.errors import Busy
from assistant.types import Answer, AnswerStatus, Citation, Claim, Label, Reference
from assistant.understanding.question import QuestionKind
from assistant.web import run as one_run
from assistant.web import runs
from assistant.web.counter import Counter
from assistant.web.run import Asking, Run, State
from assistant.web.runs import Runs
from index.types import Access, Span

LONG_S = 30.0
Tell = Callable[[str, object], None]
Cancelled = Callable[[], bool]

LVS = Access.operator("lvs")
LVN = Access.operator("lvn")
CITED = Citation(1, "d1", "akten/a.txt", "15/1", "Antrag Nr. 15/1", "", None, "Worte", Span(0, 5))
CLAIM = Claim("Ein Satz.", Label.BELEGT, (1,))
UNDERSTOOD = {"kind": "liste", "filters": ["FDP"], "without": ["Alle"], "refers_to": []}


async def here() -> bool:
    return False


def answered(text: str = "Ein Satz.") -> Answer:
    return Answer(
        text, "offen", AnswerStatus.ANSWERED, text, (CLAIM,), (CITED,), reference=Reference((), "x")
    )


def at_once(tell: Tell, cancelled: Cancelled) -> Answer:
    tell("understood", UNDERSTOOD)
    tell("evidence", (CITED,))
    tell("claim", (CLAIM, (CITED,)))
    return answered()


def until_cancelled(tell: Tell, cancelled: Cancelled) -> Answer:
    while not cancelled():
        time.sleep(0.005)
    return answered("")


def ended(run: Run, within_s: float = 3) -> Run:
    until = time.monotonic() + within_s
    while run.running and time.monotonic() < until:
        time.sleep(0.005)
    return run


def test_whoever_follows_late_is_told_all_that_happened() -> None:
    run = ended(Runs(Counter()).start(Asking("Was?"), LVS, at_once))

    async def follow(start: int) -> list[tuple[int, str, int]]:
        return [(n, step.name, step.claims) async for n, step in run.follow(start, here)]

    whole = [(1, "understood", 0), (2, "evidence", 0), (3, "claim", 1)]
    assert asyncio.run(follow(0)) == asyncio.run(follow(0)) == whole
    assert asyncio.run(follow(2)) == whole[2:]
    assert run.state is State.FERTIG
    assert (run.claims, run.citations, run.evidence) == ((CLAIM,), (CITED,), (CITED,))
    assert run.understood is not None and run.understood.without == ("Alle",)
    assert run.reference == Reference((), "x")


def open_question(tell: Tell) -> None:
    tell("understood", UNDERSTOOD | {"kind": QuestionKind.OFFEN.value})
    tell("evidence", (CITED,))


def test_a_page_waits_for_what_a_search_finds_and_not_for_the_answer() -> None:
    go = threading.Event()

    def work(tell: Tell, cancelled: Cancelled) -> Answer:
        open_question(tell)
        assert go.wait(LONG_S)
        return answered()

    run = Runs(Counter()).start(Asking("Was?"), LVS, work)
    asyncio.run(run.begun(LONG_S))
    assert (run.running, run.evidence) == (True, (CITED,))
    go.set()


def test_a_page_waits_for_the_end_where_the_records_answer() -> None:
    run = Runs(Counter()).start(Asking("Was?"), LVS, at_once)
    asyncio.run(run.begun(LONG_S))
    assert run.state is State.FERTIG


def test_a_page_does_not_wait_longer_and_a_run_that_it_waits_for_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(one_run, "OPENING_S", 0.0)
    monkeypatch.setattr(one_run, "LONELY_S", 0.0)
    waited, seen = threading.Event(), threading.Event()

    def work(tell: Tell, cancelled: Cancelled) -> Answer:
        assert waited.wait(LONG_S)
        seen.set()
        return until_cancelled(tell, cancelled)

    run = Runs(Counter()).start(Asking("Was?"), LVS, work)

    async def wait() -> bool:
        waiting = asyncio.ensure_future(run.begun(0.2))
        await asyncio.sleep(0)
        wanted = not run.let_go()
        await waiting
        return wanted

    assert asyncio.run(wait())
    assert run.running
    waited.set()
    assert seen.wait(LONG_S)
    assert ended(run, LONG_S).state is State.ABGEBROCHEN


def test_two_follow_one_run_while_it_happens() -> None:
    go = threading.Event()
    times = 0

    def work(tell: Tell, cancelled: Cancelled) -> Answer:
        nonlocal times
        times += 1
        tell("evidence", (CITED,))
        go.wait(3)
        tell("claim", (CLAIM, (CITED,)))
        return answered()

    async def main() -> list[list[str]]:
        run = Runs(Counter()).start(Asking("Was?"), LVS, work)

        async def follow() -> list[str]:
            seen = []
            async for _, step in run.follow(0, here):
                seen.append(step.name)
                go.set()
            return seen

        return list(await asyncio.gather(follow(), follow()))

    assert asyncio.run(main()) == [["evidence", "claim"]] * 2
    assert times == 1


def test_a_run_that_nobody_looks_at_any_more_stops_within_two_seconds() -> None:
    async def main() -> tuple[Run, float]:
        run = Runs(Counter()).start(Asking("Was?"), LVS, until_cancelled)

        async def gone() -> bool:
            return True

        async for _ in run.follow(0, gone):
            pass
        left = time.monotonic()
        await asyncio.to_thread(ended, run)
        return run, time.monotonic() - left

    run, took_s = asyncio.run(main())
    assert run.state is State.ABGEBROCHEN and not run.stopped and run.answer is None
    assert one_run.LONELY_S - 0.5 < took_s < 2


def test_a_page_that_comes_back_keeps_the_run_going(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_run, "LONELY_S", 0.2)
    monkeypatch.setattr(one_run, "OPENING_S", 0.5)

    async def main() -> Run:
        run = Runs(Counter()).start(Asking("Was?"), LVS, until_cancelled)
        looks = 0

        async def gone() -> bool:
            nonlocal looks
            looks += 1
            return looks > 1

        async for _ in run.follow(0, gone):
            pass
        run.look()
        await asyncio.sleep(0.35)
        assert run.running
        async for _ in run.follow(0, gone):
            pass
        await asyncio.to_thread(ended, run)
        return run

    assert asyncio.run(main()).state is State.ABGEBROCHEN


def test_the_person_stops_it_and_what_went_wrong_is_kept() -> None:
    def fails(tell: Tell, cancelled: Cancelled) -> Answer:
        raise Busy(3)

    kept = Runs(Counter())
    stopped = kept.start(Asking("Was?"), LVS, until_cancelled)
    stopped.stop()
    assert ended(stopped).state is State.ABGEBROCHEN and stopped.stopped
    failed = ended(kept.start(Asking("Was?"), LVS, fails))
    assert failed.state is State.FEHLER and isinstance(failed.problem, Busy)


def test_an_answer_that_came_before_the_stop_is_an_answer() -> None:
    run = Runs(Counter()).start(Asking("Was?"), LVS, at_once)
    ended(run).stop()
    assert run.state is State.FERTIG


def test_a_run_is_found_with_the_access_it_was_asked_with_and_no_other() -> None:
    kept = Runs(Counter())
    run = ended(kept.start(Asking("Was?"), LVS, at_once))
    assert kept.find(run.ident, LVS) is run
    assert kept.find(run.ident, LVN) is None
    assert not kept.remove(run.ident, LVN)
    assert kept.of(LVN) == ()
    assert kept.remove(run.ident, LVS)
    assert kept.find(run.ident, LVS) is None


def test_the_oldest_that_ended_leave_first_and_one_that_runs_stays() -> None:
    kept = Runs(Counter(), most=2)
    running = kept.start(Asking("läuft"), LVS, until_cancelled)
    for text in ("a", "b", "c"):
        ended(kept.start(Asking(text), LVS, at_once))
    assert [run.asking.text for run in kept.of(LVS)] == ["c", "läuft"]
    running.stop()
    ended(running)


def test_an_old_run_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Runs(Counter())
    ended(kept.start(Asking("alt"), LVS, at_once))
    monkeypatch.setattr(runs, "OLDEST_S", 0.0)
    assert kept.of(LVS) == ()


def test_a_forgotten_run_holds_no_word_of_a_paper_and_takes_none_in() -> None:
    go = threading.Event()

    def work(tell: Tell, cancelled: Cancelled) -> Answer:
        go.wait(3)
        tell("claim", (CLAIM, (CITED,)))
        return answered()

    run = Runs(Counter()).start(Asking("Was?"), LVS, work)
    run.forget()
    go.set()
    time.sleep(0.05)
    assert run.state is State.VERGESSEN
    assert (run.claims, run.citations, run.evidence, run.answer) == ((), (), (), None)
    assert run.document_ids == frozenset()


def test_places_come_free_and_no_more_are_let_in() -> None:
    counter = Counter(most_questions=1)
    kept = Runs(counter)
    run = kept.start(Asking("Was?"), LVS, until_cancelled)
    with pytest.raises(Busy):
        kept.start(Asking("Und?"), LVS, at_once)
    kept.clear(LVS)
    time.sleep(0.1)
    assert run.state is State.VERGESSEN
    assert ended(kept.start(Asking("Und?"), LVS, at_once)).state is State.FERTIG


def test_what_was_taken_of_a_moment_stays_as_it_was() -> None:
    go = threading.Event()

    def work(tell: Tell, cancelled: Cancelled) -> Answer:
        tell("evidence", (CITED,))
        go.wait(3)
        tell("claim", (CLAIM, (CITED,)))
        return answered()

    run = Runs(Counter()).start(Asking("Was?"), LVS, work)
    while not run.evidence:
        time.sleep(0.005)
    taken = run.now()
    go.set()
    ended(run)
    assert (taken.state, taken.claims, len(taken.steps)) == (State.LAEUFT, (), 1)
    assert (run.state, run.claims, len(run.steps)) == (State.FERTIG, (CLAIM,), 2)
