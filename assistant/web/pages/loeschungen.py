"""The certificates of deletions: listed, shown, taken along, lifted."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.errors import NotFound
from assistant.upkeep.certificate import certificate_text
from assistant.upkeep.paper_life import lift
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page
from assistant.wire.life import DeletionWire, deletion_wire
from assistant.wiring import Parts
from index.types import Access


def make_loeschungen() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/loeschungen")
    async def certificates(
        request: Request, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        found = await counter.look_up(lambda: parts.store.deletions(access))
        shown = [deletion_wire(item) for item in found]
        return admin_page(request, "verwaltung/loeschungen.html", "loeschungen", nachweise=shown)

    @router.get("/loeschungen/{deletion_id}")
    async def certificate(
        deletion_id: str,
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
    ) -> HTMLResponse:
        found = await counter.look_up(lambda: _found(parts, access, deletion_id))
        return admin_page(request, "verwaltung/nachweis.html", "loeschungen", nachweis=found)

    @router.get("/loeschungen/{deletion_id}/nachweis.{form}")
    async def download(
        deletion_id: str, form: str, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> Response:
        found = await counter.look_up(lambda: _found(parts, access, deletion_id))
        if form == "json":
            return _file(found.model_dump_json(indent=1), "application/json", deletion_id, form)
        if form == "txt":
            return _file(certificate_text(found), "text/plain", deletion_id, form)
        raise NotFound(problems.UNKNOWN)

    @router.post("/loeschungen/{deletion_id}/aufheben")
    async def lift_it(
        deletion_id: str, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> Response:
        def work() -> None:
            lift(parts, access, _found(parts, access, deletion_id).nachweis)

        await counter.look_up(work)
        return go_on(f"/verwaltung/loeschungen/{deletion_id}", "aufgehoben")

    return router


def _found(parts: Parts, access: Access, deletion_id: str) -> DeletionWire:
    for item in parts.store.deletions(access):
        if item.id == deletion_id:
            return deletion_wire(item)
    raise NotFound(problems.UNKNOWN)


def _file(text: str, media_type: str, deletion_id: str, form: str) -> Response:
    named = f'attachment; filename="loeschnachweis-{deletion_id}.{form}"'
    return Response(
        text, media_type=f"{media_type}; charset=utf-8", headers={"content-disposition": named}
    )
