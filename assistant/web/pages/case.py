"""The Vorgang of a number as a page: state, course, gaps, conflicts, papers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.case_desk import open_case
from assistant.searching.register import Register
from assistant.today import today
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.surface import surface_of


def make_case(register: Register) -> APIRouter:
    """The route of the page; `register` is the one of the search."""
    router = APIRouter(include_in_schema=False)

    @router.get("/vorgang/{number:path}")
    async def page(
        request: Request,
        number: str,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        papier: str = "",
    ) -> HTMLResponse:
        akte = await counter.look_up(lambda: open_case(parts, register, number, access, papier))
        status = 200 if akte.is_found else 404
        return surface_of(request).page(
            request, "vorgang.html", status, hier="suche", akte=akte, heute=today()
        )

    return router
