"""HTTP: a draft is sent in, all that is wrong with it comes out; nothing of it stays.

A large file lies on the disk without a name while it is received, so it is gone with this process,
however that ends.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from assistant import review_desk
from assistant.errors import InputInvalid
from assistant.upkeep.originals import safe_name
from assistant.web.counter import CLIENT_GONE, Abandoned, Counter
from assistant.web.problems import Refused
from assistant.wire.review import MOST_CHARACTERS, ReviewBody, ReviewWire, review_wire
from assistant.wiring import Parts
from index.types import Access
from ingest.intake import MAX_FILE_BYTES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELD = "file"
PUBLIC = "public"
LONGEST_FIELD = 16
LARGEST_WORDS = 6 * MOST_CHARACTERS + 1024
"""A character is at most six bytes of JSON."""
_FORM = "multipart/form-data"
_BROKEN = (
    "Der Entwurf ist unvollständig angekommen. Bitte senden Sie ihn als multipart/form-data mit "
    f"einer Datei im Feld »{FIELD}«, oder als JSON im Feld »text«."
)
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

    @router.post(
        "/review",
        summary="Prüft einen Entwurf",
        response_model=ReviewWire,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    _FORM: {"schema": _FILE_SCHEMA},
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
            async with _received(request) as (file, public):
                return await counter.carry_out(
                    lambda _: review_wire(
                        review_desk.review_file(parts, *_sent(file), access, public=public)
                    ),
                    request.is_disconnected,
                )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)

    @router.post(
        "/review/docx",
        summary="Prüft ein DOCX und kommentiert es",
        response_class=Response,
        responses={200: {"content": {DOCX: {"schema": {"type": "string", "format": "binary"}}}}},
        openapi_extra={
            "requestBody": {"required": True, "content": {_FORM: {"schema": _FILE_SCHEMA}}}
        },
    )
    async def commented(request: Request, access: Access = Depends(access_of)) -> Response:
        """Gibt das DOCX mit einem Word-Kommentar je Befund zurück; gespeichert wird nichts."""
        parts, counter = _of(request)
        try:
            async with _received(request) as (file, public):
                content = await counter.carry_out(
                    lambda _: review_desk.review_docx(parts, *_sent(file), access, public=public),
                    request.is_disconnected,
                )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)
        return attachment(content, "geprueft.docx")

    return router


def attachment(content: bytes, name: str) -> Response:
    """A DOCX to be saved; `name` must be plain."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=DOCX, headers=headers)


def _of(request: Request) -> tuple[Parts, Counter]:
    return cast(Parts, request.app.state.parts), cast(Counter, request.app.state.counter)


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == _FORM


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
async def _received(request: Request) -> AsyncIterator[tuple[UploadFile, bool]]:
    """The one file of a form, and whether it is to become public.

    Raises:
        InputInvalid: the form is broken, or holds something else.
        Refused: it is no form.
    """
    if not _is_form(request):
        raise Refused(415, "no_form", f"Die Datei wird als {_FORM} im Feld »{FIELD}« angenommen.")
    form: FormData | None = None
    try:
        try:
            form = await request.form(max_files=1, max_fields=1, max_part_size=LONGEST_FIELD)
        except Refused:
            raise
        except HTTPException as error:
            raise InputInvalid(_BROKEN) from error
        yield _checked(form)
    finally:
        if form is not None:
            await form.close()


def _checked(form: FormData) -> tuple[UploadFile, bool]:
    file, public = form.get(FIELD), form.get(PUBLIC, "true")
    if not isinstance(file, UploadFile) or set(form) - {FIELD, PUBLIC}:
        raise InputInvalid(_BROKEN)
    if public not in ("true", "false"):
        raise InputInvalid(f"Das Feld »{PUBLIC}« ist true oder false.")
    return file, public == "true"


def _sent(file: UploadFile) -> tuple[str, bytes]:
    """Name and bytes; to be called where waiting for the disk holds nobody up."""
    file.file.seek(0)
    return safe_name(file.filename or ""), file.file.read()
