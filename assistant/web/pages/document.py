"""The page of a document: its text with the cited words, its header data, the papers around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from assistant.excerpt import excerpt
from assistant.fundstelle import paper_name, quotation
from assistant.viewing.original import name_of
from assistant.viewing.view import known, view_of
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.surface import german_date, surface_of
from index.types import Span

PANEL_CHARACTERS = 600
"""How much text the panel beside an answer shows on either side of the cited words."""

Place = Annotated[int | None, Query(ge=0)]


def make_document_pages() -> APIRouter:
    """The routes. Unknown and forbidden documents answer alike."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dokument/{document_id}")
    async def page(
        document_id: str,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        von: Place = None,
        bis: Place = None,
        seite: Annotated[int | None, Query(ge=1)] = None,
    ) -> Response:
        view = await counter.look_up(
            lambda: view_of(parts.store, access, document_id, (von, bis), seite)
        )
        return surface_of(request).page(
            request,
            "dokument.html",
            hier="dokument",
            view=view,
            datei=name_of(view.document),
            adresse_von=address_of(document_id, view.mark),
            stelle=_address,
            papier=paper_name,
            tag=_day,
        )

    @router.get("/dokument/{document_id}/beleg")
    async def panel(
        document_id: str,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        von: Annotated[int, Query(ge=0)],
        bis: Annotated[int, Query(ge=0)],
    ) -> Response:
        found, _ = await counter.look_up(lambda: known(parts.store, access, document_id))
        cut = excerpt(found, von, bis, PANEL_CHARACTERS)
        whole = _address(document_id, Span(von, bis))
        if request.headers.get("sec-fetch-mode") == "navigate":
            return RedirectResponse(whole, 303)  # opened by itself: the whole page says more
        return surface_of(request).part(
            request,
            "teile/beleg.html",
            beleg=cut,
            im_dokument=whole,
            zitat=quotation(cut.quote, cut.fundstelle),
        )

    return router


def address_of(document_id: str, mark: Span | None) -> Callable[[int], str]:
    """Makes the address of a part by its number; the mark goes along."""

    def address(number: int) -> str:
        values = {"seite": number}
        if mark is not None:
            values |= {"von": mark.start, "bis": mark.end}
        return f"/dokument/{document_id}?{urlencode(values)}"

    return address


def _address(document_id: str, span: Span | None = None) -> str:
    """The address of a document, at a place of it where one is given."""
    if span is None or not span:
        return f"/dokument/{document_id}"
    return f"/dokument/{document_id}?von={span.start}&bis={span.end}#stelle"


def _day(moment: str) -> str:
    """The day of a moment as the store writes it down."""
    return german_date(date.fromisoformat(moment[:10]))
