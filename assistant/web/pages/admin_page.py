"""What all pages of the Verwaltung share: its frame, its ways, what the last action did."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.web.notices import notice_of
from assistant.web.spelling import Spelling
from assistant.web.surface import Room, surface_of, texts_of

ROOM = "verwaltung"
WAYS = (
    Room("uebersicht", "/verwaltung"),
    Room("aufnahme", "/verwaltung/aufnahme"),
    Room("quarantaene", "/verwaltung/quarantaene"),
    Room("dokumente", "/verwaltung/dokumente"),
    Room("loeschungen", "/verwaltung/loeschungen"),
    Room("index", "/verwaltung/index"),
    Room("qualitaet", "/verwaltung/qualitaet"),
    Room("zustand", "/verwaltung/zustand"),
)


def admin_page(
    request: Request, template: str, way: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page of the Verwaltung; `way` is the key of the one it belongs to."""
    return surface_of(request).page(
        request,
        template,
        status,
        hier=ROOM,
        unter=way,
        unterwege=WAYS,
        notiz=notice_of(request),
        form=Spelling(texts_of(request).language),
        **values,
    )


def admin_part(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A part of such a page."""
    form = Spelling(texts_of(request).language)
    return surface_of(request).part(request, template, form=form, **values)
