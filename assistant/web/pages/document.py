"""The page of a document: its text with the cited words, its header data, the papers around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from assistant.fundstelle import paper_name, quotation
from assistant.viewing.around import is_long
from assistant.viewing.drawing import DRAWN, Wanted, wanted_of
from assistant.viewing.original import Original, OriginalState, name_of
from assistant.viewing.view import Cited, View, cited, view_of
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.pages.document_picture import find_original, make_document_pictures, show_picture
from assistant.web.surface import german_date, surface_of
from index.types import Span

Place = Annotated[int | None, Query(ge=0)]


def make_document_pages() -> APIRouter:
    """The routes. Unknown and forbidden documents answer alike."""
    router = APIRouter(include_in_schema=False)
    router.include_router(make_document_pictures())
    _add_page(router)
    _add_panel(router)
    return router


def _add_page(router: APIRouter) -> None:
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
        def look() -> tuple[View, Original]:
            view = view_of(parts.store, access, document_id, (von, bis), seite)
            return view, find_original(request, parts, access, view.document)

        view, original = await counter.look_up(look)
        wanted = wanted_of(view.document, view.part.number, view.mark, "normal")
        return surface_of(request).page(
            request,
            "dokument.html",
            hier="dokument",
            view=view,
            worte=_words_shown(view),
            nur_teil=is_long(view.document),
            bild=await show_picture(request, original, wanted),
            mit_bild=view.document.media_type in DRAWN,
            bildadresse=picture_address(document_id, view.part.number, view.mark),
            groesse=_size(original),
            datei=name_of(view.document),
            adresse_von=address_of(document_id, view.mark),
            stelle=_address,
            papier=paper_name,
            tag=_day,
        )


def _add_panel(router: APIRouter) -> None:
    """The cited words in their surroundings, for the place beside an answer."""

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
        span = Span(min(von, bis), bis)

        def look() -> tuple[Cited, Wanted | None, Original]:
            beleg = cited(parts.store, access, document_id, (von, bis))
            page = beleg.excerpt.page
            wanted = wanted_of(beleg.document, page, span, "klein") if page else None
            if wanted is None:
                return beleg, None, Original(OriginalState.MISSING)
            return beleg, wanted, find_original(request, parts, access, beleg.document)

        beleg, wanted, original = await counter.look_up(look)
        whole = _address(document_id, span)
        if request.headers.get("sec-fetch-mode") == "navigate":
            return RedirectResponse(whole, 303)  # opened by itself: the whole page says more
        cut = beleg.excerpt
        return surface_of(request).part(
            request,
            "teile/beleg.html",
            beleg=cut,
            ersetzt=beleg.replaced,
            ueberholt=beleg.outdated,
            im_dokument=whole,
            zitat=quotation(cut.quote, cut.fundstelle),
            bild=await show_picture(request, original, wanted),
            bildadresse=picture_address(document_id, cut.page or 1, span),
        )


def address_of(document_id: str, mark: Span | None) -> Callable[[int], str]:
    """Makes the address of a part by its number; the mark goes along."""

    def address(number: int) -> str:
        values = {"seite": number}
        if mark is not None:
            values |= {"von": mark.start, "bis": mark.end}
        return f"/dokument/{document_id}?{urlencode(values)}"

    return address


def picture_address(document_id: str, page: int, mark: Span | None) -> Callable[[str], str]:
    """Makes the address of a page's picture by its size."""

    def address(size: str) -> str:
        values: dict[str, object] = {} if size == "normal" else {"groesse": size}
        if mark is not None:
            values |= {"von": mark.start, "bis": mark.end}
        query = f"?{urlencode(values)}" if values else ""
        return f"/dokument/{document_id}/seite/{page}.png{query}"

    return address


def _address(document_id: str, span: Span | None = None) -> str:
    """The address of a document, at a place of it where one is given."""
    if span is None or not span:
        return f"/dokument/{document_id}"
    return f"/dokument/{document_id}?von={span.start}&bis={span.end}#stelle"


def _words_shown(view: View) -> str:
    """The marked words, as far as they stand in the part that is shown."""
    mark, part = view.mark, view.part.span
    if mark is None or not mark.overlaps(part):
        return ""
    words = Span(max(mark.start, part.start), min(mark.end, part.end)).cut(view.document.text)
    return " ".join(words.split())


def _size(original: Original) -> str:
    """How large a file is, as German readers write it; nothing where there is none."""
    if original.data is None:
        return ""
    kib = len(original.data) / 1024
    return f"{max(1, round(kib))} KiB" if kib < 1024 else f"{kib / 1024:.1f} MiB".replace(".", ",")


def _day(moment: str) -> str:
    """The day of a moment as the store writes it down."""
    return german_date(date.fromisoformat(moment[:10]))
