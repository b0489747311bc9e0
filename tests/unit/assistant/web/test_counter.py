from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from assistant.errors import Busy
from assistant.web.counter import Abandoned, Counter, Event

OnEvent = Callable[[str, object], None]
Cancelled = Callable[[], bool]


async def here() -> bool:
    return False


async def gone() -> bool:
    return True


def test_events_come_in_order_and_the_result_last() -> None:
    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        on_event("understood", 1)
        on_event("claim", 2)
        return "fertig"

    async def run() -> list[Event]:
        return [event async for event in Counter().admit().run(work, here)]

    assert asyncio.run(run()) == [
        Event("understood", 1),
        Event("claim", 2),
        Event("result", "fertig"),
    ]


def test_an_error_in_the_work_reaches_the_one_who_waits() -> None:
    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        raise KeyError("x")

    async def run() -> None:
        async for _ in Counter().admit().run(work, here):
            pass

    with pytest.raises(KeyError):
        asyncio.run(run())


def test_no_more_questions_than_allowed_are_let_in_and_places_come_free() -> None:
    counter = Counter(most_questions=1)
    release = threading.Event()

    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        release.wait(5)
        return "fertig"

    async def run() -> None:
        ticket = counter.admit()
        with pytest.raises(Busy) as caught:
            counter.admit()
        assert caught.value.retry_after_s == 15
        release.set()
        async for _ in ticket.run(work, here):
            pass
        counter.admit()

    asyncio.run(run())


def test_work_that_nobody_waits_for_is_cancelled_within_a_second() -> None:
    ended = threading.Event()

    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        while not cancelled():
            time.sleep(0.01)
        ended.set()
        return "abgebrochen"

    async def run() -> None:
        async for _ in Counter().admit().run(work, gone):
            pass

    started = time.monotonic()
    with pytest.raises(Abandoned):
        asyncio.run(run())
    assert ended.wait(1)
    assert time.monotonic() - started < 1


def test_closing_the_iterator_cancels_the_work() -> None:
    ended = threading.Event()

    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        on_event("understood", None)
        while not cancelled():
            time.sleep(0.01)
        ended.set()
        return ""

    async def run() -> None:
        events = Counter().admit().run(work, here)
        await anext(events)
        await events.aclose()

    asyncio.run(run())
    assert ended.wait(1)


def test_look_ups_do_not_wait_behind_questions() -> None:
    counter = Counter(most_questions=1)
    release = threading.Event()

    def work(on_event: OnEvent, cancelled: Cancelled) -> str:
        release.wait(5)
        return ""

    async def run() -> int:
        events = counter.admit().run(work, here)
        waiting = asyncio.ensure_future(anext(events))
        found = await asyncio.wait_for(counter.look_up(lambda: 7), 1)
        release.set()
        await waiting
        return found

    assert asyncio.run(run()) == 7
