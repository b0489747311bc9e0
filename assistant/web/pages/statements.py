"""What the house states of itself: how accessible the pages are, and what is recorded."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.learning.statements import read_statement
from assistant.web.access import CounterOf, PartsOf
from assistant.web.runs import MOST_RUNS, OLDEST_S
from assistant.web.surface import surface_of
from ingest.feeding.job_book import KEPT_DAYS

BARRIERS = ("bilder", "originale", "englisch", "gebaerden", "formular", "pruefung")
RECORDED = (
    "nachweis",
    "gespraeche",
    "rueckmeldungen",
    "entwuerfe",
    "suchen",
    "dateien",
    "loeschung",
)
COOKIES = ("sprache", "farben", "hinweis", "uebungen")


def make_statements() -> APIRouter:
    """The routes; nobody has to be allowed anything to read them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/barrierefreiheit")
    async def accessibility(request: Request, parts: PartsOf, counter: CounterOf) -> HTMLResponse:
        stated = await counter.look_up(
            lambda: read_statement(parts.home, parts.mandant, "barrierefreiheit")
        )
        return surface_of(request).page(
            request, "barrierefreiheit.html", hier="", erklaert=stated, grenzen=BARRIERS
        )

    @router.get("/datenschutz")
    async def privacy(request: Request, parts: PartsOf, counter: CounterOf) -> HTMLResponse:
        stated = await counter.look_up(
            lambda: read_statement(parts.home, parts.mandant, "datenschutz")
        )
        return surface_of(request).page(
            request,
            "datenschutz.html",
            hier="",
            erklaert=stated,
            festgehalten=RECORDED,
            cookies=COOKIES,
            meiste=MOST_RUNS,
            stunden=round(OLDEST_S / 3600),
            tage_auftrag=KEPT_DAYS,
            tage_entwurf=parts.drafts_kept_days,
        )

    return router
