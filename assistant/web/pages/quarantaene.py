"""Files that could not be read: why, what to do, and another try."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.upkeep.feeding import Feeder
from assistant.upkeep.refused_files import dismiss, refused_files, try_again
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page

HERE = "/verwaltung/quarantaene"


def make_quarantaene() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/quarantaene")
    async def refused(
        request: Request, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        found = await counter.look_up(lambda: refused_files(parts, access))
        return admin_page(request, "verwaltung/quarantaene.html", "quarantaene", dateien=found)

    @router.post("/quarantaene/erneut")
    async def again(
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        pfad: Annotated[str, Form()],
    ) -> Response:
        job = await counter.look_up(lambda: try_again(parts, access, pfad))
        cast(Feeder, request.app.state.feeder).wake()
        return RedirectResponse(f"/verwaltung/auftraege/{job.id}", 303)

    @router.post("/quarantaene/entfernen")
    async def remove(
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        pfad: Annotated[str, Form()],
    ) -> Response:
        await counter.look_up(lambda: dismiss(parts, access, pfad))
        return go_on(HERE, "quarantaene_entfernt", name=pfad.rsplit("/", 1)[-1])

    return router
