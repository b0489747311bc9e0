"""Questions: the field, the list of this session, and a page for each question asked."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from assistant import desk
from assistant.embedders import is_loading
from assistant.errors import AssistantError, Busy, InputInvalid
from assistant.types import Reference
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.answering import work_of
from assistant.web.counter import Counter
from assistant.web.examples import examples_from
from assistant.web.pages.run_view import still_open, view_of
from assistant.web.run import Asking, Run
from assistant.web.runs import Runs
from assistant.web.surface import surface_of, wants_part
from assistant.wire.answers import ReferenceWire
from assistant.wiring import Parts
from index.store import Store
from index.types import Access

FIRST_LOOK_S = 0.8
"""So long a page waits for what is found, which then needs no second way to be seen. On a busy
machine that way takes longer than the search; after a second a person would doubt the key."""
_BAD_REFERENCE = "Der Bezug der Rückfrage ist nicht lesbar. Bitte laden Sie die Seite neu."


def runs_of(request: Request) -> Runs:
    """The runs of this server."""
    return cast(Runs, request.app.state.runs)


async def opened(
    ident: str, request: Request, parts: Parts, counter: CounterOf, access: Access
) -> Run | None:
    """The run of that name with its words only as far as they are still to be seen."""
    run = runs_of(request).find(ident, access)
    if run is not None:
        found = run
        await counter.look_up(lambda: still_open(parts, found, access))
    return run


def gone(request: Request) -> Response:
    """What is shown for a run that is not there, or is another's."""
    return surface_of(request).page(request, "frage_weg.html", 404, hier="fragen")


def make_fragen(store: Store, mandant: str) -> APIRouter:
    """The routes. Examples name public papers only."""
    router = APIRouter(include_in_schema=False)
    _asking(router, _Start(store, mandant))
    _showing(router)
    _leaving(router)
    return router


class _Start:
    """The page with the field, and what it shows of the stock."""

    def __init__(self, store: Store, mandant: str) -> None:
        self._store = store
        self._operator = Access.operator(mandant)
        self._public = Access(frozenset({mandant}))
        self._known: tuple[int, tuple[str, ...]] = (-1, ())

    async def page(
        self,
        request: Request,
        counter: Counter,
        access: Access,
        asked: Asking | None = None,
        error: AssistantError | None = None,
    ) -> Response:
        """The start, with what was typed and what is wrong with it."""
        told = problems.of_error(error) if error else None
        return surface_of(request).page(
            request,
            "fragen.html",
            told["status"] if told else 200,
            hier="fragen",
            problem=told,
            text=asked.text if asked else "",
            nur_belege=asked is not None and not asked.generator,
            bezug=None,
            laengste=desk.LONGEST_QUESTION,
            gespraeche=runs_of(request).of(access),
            hier_lauf="",
            **await counter.look_up(self._stock),
        )

    def _stock(self) -> dict[str, Any]:
        generation = self._store.generation(self._public)
        if self._known[0] != generation:
            self._known = (generation, examples_from(self._store.documents(self._public)))
        return {
            "beispiele": self._known[1],
            "leer": self._store.status(self._operator).documents == 0,
        }


def _asking(router: APIRouter, start: _Start) -> None:
    @router.get("/")
    async def show(request: Request, counter: CounterOf, access: AccessOf) -> Response:
        return await start.page(request, counter, access)

    @router.post("/fragen")
    async def put(
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        text: Annotated[str, Form()] = "",
        nur_belege: Annotated[bool, Form()] = False,
        woertlich: Annotated[bool, Form()] = False,
        bezug: Annotated[str, Form()] = "",
        bezogen: Annotated[bool, Form()] = False,
    ) -> Response:
        asking = Asking(text.strip(), not nur_belege, woertlich)
        try:
            desk.checked(text)
            before = read_reference(bezug) if bezogen and bezug else None
            asking = Asking(asking.text, asking.generator, woertlich, before)
            run = runs_of(request).start(asking, access, work_of(parts, asking, access))
        except (InputInvalid, Busy) as error:
            return await start.page(request, counter, access, asking, error)
        return RedirectResponse(f"/fragen/{run.ident}", 303)


def _showing(router: APIRouter) -> None:
    @router.get("/fragen/{ident}")
    async def show(
        ident: str,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        einfach: bool = False,
    ) -> Response:
        run = runs_of(request).find(ident, access)
        if run is None:
            return gone(request)
        if not is_loading(parts.embedder):
            await run.begun(FIRST_LOOK_S)
        await counter.look_up(lambda: still_open(parts, run, access))
        run.look()
        values = view_of(run, runs_of(request), parts)
        if einfach and run.answer and run.claims:
            kind, claims = run.answer.kind, run.claims
            values["einfach"] = await counter.look_up(lambda: desk.say_plainly(parts, claims, kind))
        return surface_of(request).page(
            request, "frage.html", hier="fragen", text="", nur_belege=False, **values
        )

    @router.get("/fragen/{ident}/einfach")
    async def plainly(
        ident: str, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or run.answer is None:
            return gone(request)
        kind, claims = run.answer.kind, run.claims
        values = view_of(run, runs_of(request), parts)
        values["einfach"] = await counter.look_up(lambda: desk.say_plainly(parts, claims, kind))
        return surface_of(request).part(request, "teile/einfach_nachgereicht.html", **values)


def _leaving(router: APIRouter) -> None:
    @router.post("/fragen/{ident}/anhalten")
    async def stop(ident: str, request: Request, access: AccessOf) -> Response:
        run = runs_of(request).find(ident, access)
        if run is None:
            return gone(request)
        run.stop()
        if wants_part(request):
            return Response(status_code=204)
        return RedirectResponse(f"/fragen/{run.ident}", 303)

    @router.post("/fragen/loeschen")
    async def remove_all(request: Request, access: AccessOf) -> Response:
        runs_of(request).clear(access)
        return RedirectResponse("/", 303)

    @router.post("/fragen/{ident}/loeschen")
    async def remove(ident: str, request: Request, access: AccessOf) -> Response:
        if not runs_of(request).remove(ident, access):
            return gone(request)
        return RedirectResponse("/", 303)


def read_reference(text: str) -> Reference:
    """A reference as a form brought it back.

    Raises:
        InputInvalid: it is none.
    """
    try:
        known = ReferenceWire.model_validate_json(text)
    except ValidationError:
        raise InputInvalid(_BAD_REFERENCE) from None
    return Reference(tuple(known.papers), known.kind, known.listed)
