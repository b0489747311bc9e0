"""The room Prüfung: a draft in, all that is wrong with it beside its text; nothing of it stays.

As nothing stays, every download sends the draft once more: the form still has it in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant import review_desk, review_view
from assistant.errors import InputInvalid
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned, Counter
from assistant.web.problems import Refused
from assistant.web.review import DOCX, received
from assistant.web.surface import surface_of, wants_part
from assistant.wire.review import MOST_CHARACTERS, review_wire
from assistant.wiring import Parts
from index.types import Access
from ingest.errors import FileRefused, ParserFailed, TooLarge
from ingest.intake import MAX_FILE_BYTES

HERE = "pruefung"
MIB = 1024**2


def make_review_pages() -> APIRouter:
    """The page and what its two forms send."""
    router = APIRouter(prefix="/pruefung", include_in_schema=False)

    @router.get("")
    async def form(request: Request) -> Response:
        return _page(request)

    _file_routes(router)
    _text_routes(router)
    return router


def _file_routes(router: APIRouter) -> None:
    @router.post("/datei")
    async def file_page(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        def show(name: str, data: bytes, public: bool) -> Response:
            found = review_desk.review_file(parts, name, data, access, public=public)
            return _page(request, ergebnis=review_view.pictured(found), von="datei", public=public)

        return await _of_file(request, counter, show)

    @router.post("/datei/docx")
    async def file_docx(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        def write(name: str, data: bytes, public: bool) -> Response:
            content = review_desk.review_docx(parts, name, data, access, public=public)
            return _saved(content, DOCX, "geprueft.docx")

        return await _of_file(request, counter, write)

    @router.post("/datei/json")
    async def file_json(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        def write(name: str, data: bytes, public: bool) -> Response:
            found = review_desk.review_file(parts, name, data, access, public=public)
            return _json(review_wire(found).model_dump_json(indent=1))

        return await _of_file(request, counter, write)


def _text_routes(router: APIRouter) -> None:
    @router.post("/text")
    async def text_page(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        return await _of_text(request, parts, counter, access, as_json=False)

    @router.post("/text/json")
    async def text_json(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        return await _of_text(request, parts, counter, access, as_json=True)


async def _of_file(
    request: Request, counter: Counter, work: Callable[[str, bytes, bool], Response]
) -> Response:
    """Takes the file of the form in and hands it to `work`; what is wrong with it is told there."""

    def told(name: str, data: bytes, public: bool) -> Response:
        if not data:
            return _page(request, 422, fehler={"datei": ""}, von="datei", public=public)
        try:
            return work(name, data, public)
        except (InputInvalid, FileRefused, ParserFailed, TooLarge) as error:
            return _page(request, 422, fehler={"datei": str(error)}, von="datei", public=public)

    try:
        async with received(request, counter) as (form, public):
            return await counter.carry_out(
                lambda _: told(form.name or "", form.content(), public), request.is_disconnected
            )
    except Abandoned:
        return Response(status_code=CLIENT_GONE)


async def _of_text(
    request: Request, parts: Parts, counter: Counter, access: Access, *, as_json: bool
) -> Response:
    raw = await request.body()

    def work() -> Response:
        text, public = _pasted(raw)
        shown: dict[str, Any] = {"von": "text", "public": public, "text": text}
        if not text.strip():
            return _page(request, 422, fehler={"text": ""}, **shown)
        try:
            found = review_desk.review_text(parts, text, access, public=public)
        except (InputInvalid, FileRefused, ParserFailed) as error:
            return _page(request, 422, fehler={"text": str(error)}, **shown)
        if as_json:
            return _json(review_wire(found).model_dump_json(indent=1))
        return _page(request, ergebnis=review_view.pictured(found), **shown)

    try:
        return await counter.carry_out(lambda _: work(), request.is_disconnected)
    except Abandoned:
        return Response(status_code=CLIENT_GONE)


def _pasted(raw: bytes) -> tuple[str, bool]:
    """The text of the form, and whether it is to become public.

    Raises:
        Refused: it is no such form.
    """
    try:
        fields = parse_qs(raw.decode("ascii"), max_num_fields=8, errors="replace")
    except ValueError:
        raise Refused(422, "input_invalid", "Der Text ist unvollständig angekommen.") from None
    text = fields.get("text", [""])[0].replace("\r\n", "\n")
    return text, fields.get("public", ["true"])[0] != "false"


def _page(
    request: Request,
    status: int = 200,
    *,
    ergebnis: review_view.Pruefseite | None = None,
    fehler: dict[str, str] | None = None,
    von: str = "",
    public: bool = True,
    text: str = "",
) -> Response:
    return surface_of(request).page(
        request,
        "teile/pruefung_antwort.html" if wants_part(request) else "pruefung.html",
        status,
        hier=HERE,
        ergebnis=ergebnis,
        fehler=fehler or {},
        von=von,
        public=public,
        text=text,
        schweren=("Fehler", "Warnung", "Hinweis"),
        klassen=review_view.CLASSES,
        groesste_mib=MAX_FILE_BYTES // MIB,
        meiste_zeichen=MOST_CHARACTERS,
        meiste_gelesen=f"{MOST_CHARACTERS:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
    )


def _json(text: str) -> Response:
    return _saved(text.encode("utf-8"), "application/json", "pruefung.json")


def _saved(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
