"""Generations of the index, built beside the one that answers, and the models with their hashes."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import InputInvalid
from assistant.upkeep.generation_work import GenerationWork
from assistant.upkeep.model_list import Checked, ListedModel, check_weights, listed_models
from assistant.upkeep.reindexing import changes
from assistant.web.access import CounterOf, OperatorParts
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page, admin_part
from assistant.wiring import Parts
from index.builds import BuildState
from models.registry import ModelKind, Weights

HERE = "/verwaltung/index"
WORSE = (
    "Nicht umgeschaltet: Die neue Generation findet weniger der erwarteten Dokumente als die "
    "bisherige. Wer trotzdem umschalten will, bestätigt es neben dem Knopf."
)


def make_generationen() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/index")
    async def generations(
        request: Request, parts: OperatorParts, counter: CounterOf
    ) -> HTMLResponse:
        values = await counter.look_up(lambda: _values(request, parts))
        models = await counter.look_up(lambda: _models(parts))
        return admin_page(
            request,
            "verwaltung/index.html",
            "index",
            modelle=models,
            **values,
        )

    @router.get("/index/stand")
    async def generations_now(
        request: Request, parts: OperatorParts, counter: CounterOf
    ) -> HTMLResponse:
        values = await counter.look_up(lambda: _values(request, parts))
        return admin_part(request, "verwaltung/teile/generationen.html", **values)

    _add_work(router)
    _add_models(router)
    return router


def _add_work(router: APIRouter) -> None:
    @router.post("/index/bauen")
    async def build(
        request: Request,
        parts: OperatorParts,
        modell: Annotated[str, Form(max_length=100)] = "",
        neu: Annotated[str, Form()] = "",
    ) -> Response:
        _work(request).build(modell or None, anew=neu == "ja")
        return RedirectResponse(HERE, 303)

    @router.post("/index/umschalten")
    async def switch(
        request: Request,
        parts: OperatorParts,
        counter: CounterOf,
        generation: Annotated[int, Form()],
        trotzdem: Annotated[str, Form()] = "",
    ) -> Response:
        work = _work(request)
        state = work.state
        compared = (
            state.comparison if state and state.build and state.build.id == generation else None
        )
        if compared is not None and compared.is_worse and trotzdem != "ja":
            raise InputInvalid(WORSE)
        await counter.look_up(lambda: work.switch(generation))
        return RedirectResponse(HERE, 303)

    @router.post("/index/zurueck")
    async def back(request: Request, parts: OperatorParts) -> Response:
        _work(request).back()
        return RedirectResponse(HERE, 303)

    @router.post("/index/aufraeumen")
    async def clear(request: Request, parts: OperatorParts) -> Response:
        _work(request).clear()
        return RedirectResponse(HERE, 303)

    @router.post("/index/abbrechen")
    async def cancel(request: Request, parts: OperatorParts) -> Response:
        _work(request).cancel()
        return go_on(HERE, "abbruch_verlangt", "info")


def _add_models(router: APIRouter) -> None:
    @router.post("/index/modelle")
    async def check(parts: OperatorParts, counter: CounterOf) -> Response:
        checked = await counter.look_up(lambda: _checked(parts))
        wrong = [one for one in checked if one.problem]
        if wrong:
            told = " ".join(one.problem for one in wrong)
            return go_on(f"{HERE}#modelle", "pruefung_falsch", "danger", was=told)
        return go_on(f"{HERE}#modelle", "pruefung_gut", n=len(checked))


def _work(request: Request) -> GenerationWork:
    return cast(GenerationWork, request.app.state.generations)


def _models(parts: Parts) -> list[ListedModel]:
    return listed_models(parts.weights, parts.chosen_models) if parts.weights else []


def _checked(parts: Parts) -> list[Checked]:
    return list(check_weights(parts.weights, parts.chosen_models)) if parts.weights else []


def _values(request: Request, parts: Parts) -> dict[str, Any]:
    builds = [b for b in parts.store.builds() if b.state is not BuildState.ABANDONED]
    return {
        "arbeit": _work(request).state,
        "hinweise": changes(parts),
        "suchmodelle": [
            model
            for model in _models(parts)
            if model.entry.kind is ModelKind.EMBEDDER and model.weights is not Weights.MISSING
        ],
        "generationen": list(reversed(builds)),
        "frueher": next((b for b in builds if b.state is BuildState.FORMER), None),
        "neue": next((b for b in builds if b.state is BuildState.BUILDING), None),
    }
