"""The room of the admins: its overview, and the routes of its other pages.

Every page is for who may see all of the Mandant; for others none of these addresses exists.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.upkeep.at_a_glance import glance
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.pages.admin_page import admin_page
from assistant.web.pages.aufnahme import make_aufnahme
from assistant.web.pages.dokumente import make_dokumente
from assistant.web.pages.generationen import make_generationen
from assistant.web.pages.loeschungen import make_loeschungen
from assistant.web.pages.qualitaet import make_qualitaet
from assistant.web.pages.quarantaene import make_quarantaene
from assistant.web.pages.rueckmeldungen import make_rueckmeldungen
from assistant.web.pages.zustand import make_zustand
from assistant.wire.jobs import job_wire


def make_verwaltung() -> APIRouter:
    """All routes below /verwaltung."""
    router = APIRouter(prefix="/verwaltung", include_in_schema=False)

    @router.get("")
    async def overview(
        request: Request, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        found = await counter.look_up(lambda: glance(parts, access))
        values: dict[str, Any] = {
            "stand": found,
            "offen": [job_wire(job) for job in found.open_jobs],
            "letzter": job_wire(found.last) if found.last else None,
        }
        return admin_page(request, "verwaltung/uebersicht.html", "uebersicht", **values)

    for make in (
        make_aufnahme,
        make_quarantaene,
        make_dokumente,
        make_loeschungen,
        make_generationen,
        make_qualitaet,
        make_rueckmeldungen,
        make_zustand,
    ):
        router.include_router(make())
    return router
