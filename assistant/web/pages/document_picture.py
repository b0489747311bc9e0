"""The picture of a page, and the original as a download. Nothing else of a file goes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Literal, cast
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from assistant.errors import Busy, NotFound
from assistant.viewing.drawing import (
    Marking,
    PageDrawer,
    PagePicture,
    Wanted,
    wanted_of,
)
from assistant.viewing.original import Original, Originals, OriginalState, name_of, sees_all
from assistant.viewing.view import known, span_in
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.wiring import Parts
from index.types import Access, Document
from ingest.errors import IngestError

PATIENCE_S = 1.5
"""So long a page waits for its picture, to say in words what is marked on it."""

Size = Literal["klein", "normal", "gross"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of its picture.

    Attributes:
        state: whether the original can be shown and downloaded.
        wanted: the picture; None where there is none.
        picture: None where it has not been drawn yet, or cannot be.
        failed: why it cannot be drawn.
    """

    state: OriginalState
    wanted: Wanted | None = None
    picture: PagePicture | None = None
    failed: str = ""

    @property
    def marking(self) -> str:
        """What is marked on the picture; "" where that is not known."""
        return self.picture.marking.value if self.picture else ""

    @property
    def is_marked(self) -> bool:
        """Whether something is."""
        return self.marking in (Marking.WHOLE, Marking.PARTLY)


def drawer_of(request: Request) -> PageDrawer:
    """What draws pages for the application."""
    return cast(PageDrawer, request.app.state.drawer)


def find_original(request: Request, parts: Parts, access: Access, document: Document) -> Original:
    """The file of a document, not read again where one of its pages was drawn last."""
    held = drawer_of(request).held(document.id)
    if held is not None and sees_all(parts.store, access, document):
        return Original(OriginalState.THERE, held)
    return cast(Originals, request.app.state.originals).find(access, document)


async def show_picture(request: Request, original: Original, wanted: Wanted | None) -> Shown:
    """Has a page drawn and waits a little for it."""
    if wanted is None or original.data is None:
        return Shown(original.state)
    try:
        drawing = drawer_of(request).draw(wanted, original.data)
        picture = await asyncio.wait_for(asyncio.wrap_future(drawing), PATIENCE_S)
    except (TimeoutError, Busy):
        return Shown(original.state, wanted)
    except IngestError as error:
        return Shown(original.state, failed=str(error))
    return Shown(original.state, wanted, picture)


def make_document_pictures() -> APIRouter:
    """The routes. What cannot be had answers like what one may not see."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dokument/{document_id}/seite/{seite}.png")
    async def picture(
        document_id: str,
        seite: int,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        von: Annotated[int | None, Query(ge=0)] = None,
        bis: Annotated[int | None, Query(ge=0)] = None,
        groesse: Size = "normal",
    ) -> Response:
        def look() -> tuple[Wanted | None, bytes | None]:
            document, _ = known(parts.store, access, document_id)
            wanted = wanted_of(document, seite, span_in(document, (von, bis)), groesse)
            if wanted is None:
                return None, None
            return wanted, find_original(request, parts, access, document).data

        wanted, data = await counter.look_up(look)
        if wanted is None or data is None:
            raise NotFound(problems.UNKNOWN)
        drawn = await asyncio.wrap_future(drawer_of(request).draw(wanted, data))
        return Response(drawn.png, media_type="image/png")

    @router.get("/dokument/{document_id}/original")
    async def original(
        document_id: str, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        def look() -> tuple[str, bytes | None]:
            document, _ = known(parts.store, access, document_id)
            return name_of(document), find_original(request, parts, access, document).data

        name, data = await counter.look_up(look)
        if data is None:
            raise NotFound(problems.UNKNOWN)
        return Response(
            data,
            media_type="application/octet-stream",
            headers={"Content-Disposition": as_download(name)},
        )

    return router


def as_download(name: str) -> str:
    """The header that has a file saved under a name and never opened in the browser."""
    plain = "".join(
        sign if (sign.isascii() and sign.isalnum()) or sign in "-_. " else "_" for sign in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
