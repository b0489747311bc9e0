"""HTTP: a draft is sent in, all that is wrong with it comes out; nothing of it stays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from assistant import review_desk
from assistant.web.counter import CLIENT_GONE, Abandoned, Counter
from assistant.web.draft_form import FIELD, FORM, PUBLIC, DraftForm
from assistant.web.problems import Refused
from assistant.wire.review import MOST_CHARACTERS, ReviewBody, ReviewWire, review_wire
from assistant.wiring import Parts
from index.types import Access
from ingest.intake import MAX_FILE_BYTES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PIECE_BYTES = 1024 * 1024
LARGEST_WORDS = 6 * MOST_CHARACTERS + 1024
"""A character is at most six bytes of JSON."""
_FILE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": [FIELD],
    "properties": {
        FIELD: {
            "type": "string",
            "format": "binary",
            "description": f"Höchstens {MAX_FILE_BYTES // 1024**2} MiB",
        },
        PUBLIC: {
            "type": "string",
            "enum": ["true", "false"],
            "description": "false: Der Entwurf soll nicht öffentlich werden",
        },
    },
}


def make_review(access_of: Callable[[Request], Access]) -> APIRouter:
    """The routes; what they find is what `access_of` lets the person see."""
    router = APIRouter(prefix="/api")
    _telling(router, access_of)
    _commenting(router, access_of)
    return router


def _telling(router: APIRouter, access_of: Callable[[Request], Access]) -> None:
    @router.post(
        "/review",
        summary="Prüft einen Entwurf",
        response_model=ReviewWire,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    FORM: {"schema": _FILE_SCHEMA},
                    "application/json": {"schema": ReviewBody.model_json_schema()},
                },
            }
        },
    )
    async def review(
        request: Request, access: Access = Depends(access_of)
    ) -> Response | ReviewWire:
        """Nimmt eine Datei oder eingefügten Text; gespeichert wird nichts davon."""
        parts, counter = _of(request)
        try:
            if not _is_form(request):
                body = _pasted(await _words(request))
                return await counter.carry_out(
                    lambda _: review_wire(
                        review_desk.review_text(parts, body.text, access, public=body.public)
                    ),
                    request.is_disconnected,
                )
            async with received(request, counter) as (form, public):
                return await counter.carry_out(
                    lambda _: review_wire(
                        review_desk.review_file(
                            parts, form.name or "", form.content(), access, public=public
                        )
                    ),
                    request.is_disconnected,
                )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)


def _commenting(router: APIRouter, access_of: Callable[[Request], Access]) -> None:
    @router.post(
        "/review/docx",
        summary="Prüft ein DOCX und kommentiert es",
        response_class=Response,
        responses={200: {"content": {DOCX: {"schema": {"type": "string", "format": "binary"}}}}},
        openapi_extra={
            "requestBody": {"required": True, "content": {FORM: {"schema": _FILE_SCHEMA}}}
        },
    )
    async def commented(request: Request, access: Access = Depends(access_of)) -> Response:
        """Gibt das DOCX mit einem Word-Kommentar je Befund zurück; gespeichert wird nichts."""
        parts, counter = _of(request)
        try:
            async with received(request, counter) as (form, public):
                content = await counter.carry_out(
                    lambda _: review_desk.review_docx(
                        parts, form.name or "", form.content(), access, public=public
                    ),
                    request.is_disconnected,
                )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)
        return attachment(content, "geprueft.docx")


def attachment(content: bytes, name: str) -> Response:
    """A DOCX to be saved; `name` must be plain."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=DOCX, headers=headers)


def _of(request: Request) -> tuple[Parts, Counter]:
    return cast(Parts, request.app.state.parts), cast(Counter, request.app.state.counter)


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == FORM


async def _words(request: Request) -> bytes:
    """A body of JSON, as long as the longest text can make it."""
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > LARGEST_WORDS:
            raise Refused(
                413,
                "too_large",
                f"Eingefügt werden höchstens {MOST_CHARACTERS} Zeichen angenommen.",
            )
    return bytes(raw)


def _pasted(raw: bytes) -> ReviewBody:
    try:
        return ReviewBody.model_validate_json(raw)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from None


@asynccontextmanager
async def received(request: Request, counter: Counter) -> AsyncIterator[tuple[DraftForm, bool]]:
    """The form of a request, and whether its file is to become public.

    Raises:
        InputInvalid: the form is broken, or holds something else.
        Refused: it is no form.
        Abandoned: the client went away in the middle of it.
    """
    with DraftForm(request.headers.get("content-type", "")) as form:
        pending = bytearray()
        try:
            async for piece in request.stream():
                pending += piece
                if len(pending) >= PIECE_BYTES:
                    await _feed(counter, form, pending)
        except ClientDisconnect:
            raise Abandoned from None
        await _feed(counter, form, pending)
        yield form, form.public()


async def _feed(counter: Counter, form: DraftForm, pending: bytearray) -> None:
    piece = bytes(pending)
    pending.clear()
    await counter.look_up(lambda: form.feed(piece))
