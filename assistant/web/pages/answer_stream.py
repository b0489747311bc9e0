"""The page of a question as it grows: each step as HTML with the place it belongs to.

A message bears the number of the step after it; a connection that was lost goes on from there.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.pages.fragen import gone, opened, runs_of
from assistant.web.pages.run_view import still_open, view_of
from assistant.web.run import Run
from assistant.web.surface import surface_of
from assistant.wiring import Parts

EVENT_STREAM = "text/event-stream"
ENDED = "ende"
"""The event after which a page asks no more."""
CHECK_AGAIN_S = 0.5
"""How long what was seen of a run's papers is taken for true while it streams."""
_BREAK = re.compile("\r\n|\r|\n")


def make_answer_stream() -> APIRouter:
    """The one route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/fragen/{ident}/strom")
    async def stream(
        ident: str,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        ab: int = 0,
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None:
            return gone(request)
        last = request.headers.get("last-event-id", "")
        start = int(last) if last.isdigit() else max(ab, 0)

        async def messages() -> AsyncIterator[str]:
            checked = time.monotonic()
            shown = run.steps[start - 1].claims if 0 < start <= len(run.steps) else 0
            async with aclosing(run.follow(start, request.is_disconnected)) as steps:
                async for number, step in steps:
                    if time.monotonic() > checked + CHECK_AGAIN_S:
                        await counter.look_up(lambda: still_open(parts, run, access))
                        checked = time.monotonic()
                    if not (run.running or run.answer):
                        break
                    # Of steps that came together only the last is worth a list of all its sources.
                    if number < len(run.steps) and step.claims == shown:
                        continue
                    yield _message(_grown(request, parts, run, shown, step.claims), str(number))
                    shown = step.claims
            if not run.running:
                await counter.look_up(lambda: still_open(parts, run, access))
                yield _message(_whole(request, parts, run))
                yield f"event: {ENDED}\ndata: {run.state}\n\n"

        return StreamingResponse(messages(), media_type=EVENT_STREAM)

    return router


def _grown(request: Request, parts: Parts, run: Run, shown: int, upto: int) -> str:
    """What is new: understood, sentences after the `shown` first ones, their sources, the state."""
    values = view_of(run, runs_of(request), parts)
    claims = values["lauf"].claims
    values["neue"] = list(enumerate(claims[:upto], start=1))[shown:]
    values["quellen_neu"] = upto == len(claims)
    return surface_of(request).render(request, "teile/strom_schritt.html", **values)


def _whole(request: Request, parts: Parts, run: Run) -> str:
    """The answer in the place of what was shown of it."""
    values = view_of(run, runs_of(request), parts)
    return surface_of(request).render(
        request, "teile/strom_ende.html", text="", nur_belege=False, **values
    )


def _message(html: str, number: str = "") -> str:
    lines = "".join(f"data: {line}\n" for line in _BREAK.split(html))
    return (f"id: {number}\n" if number else "") + lines + "\n"
