"""The one shape in which HTTP tells what went wrong: application/problem+json, in German."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from assistant.errors import (
    AssistantError,
    Busy,
    Conflict,
    InputInvalid,
    NotFound,
    ReindexRunning,
    SpoolUnwritable,
)
from assistant.web.surface import surface_of, wants_part
from index.errors import StoreError
from ingest.errors import (
    ConverterMissing,
    FileRefused,
    IngestError,
    OcrMissing,
    ParserFailed,
    TooLarge,
)
from models.errors import GeneratorError, ModelError

MEDIA_TYPE = "application/problem+json"
INCIDENT = "aktenkundig.incident"
"""Where a request bears the number under which an error that nobody foresaw is reported."""
UNKNOWN = "Unter dieser Adresse liegt nichts vor, oder es ist für Sie nicht einsehbar."

TITLES = {
    400: "Anfrage nicht verständlich",
    403: "Nicht erlaubt",
    404: "Nicht gefunden",
    405: "So nicht abrufbar",
    406: "Form nicht verfügbar",
    409: "Inzwischen geändert",
    413: "Anfrage zu groß",
    415: "Form der Anfrage nicht lesbar",
    421: "Falscher Rechnername",
    422: "Angaben ungültig",
    429: "Ausgelastet",
    500: "Unerwarteter Fehler",
    503: "Vorübergehend nicht möglich",
}


Expected = AssistantError | IngestError | ModelError | StoreError
"""What is told with its own sentence."""


class FieldProblem(BaseModel):
    """Eine Angabe, die nicht stimmt."""

    field: str
    message: str


class Problem(BaseModel):
    """Was nicht ging und was zu tun ist (RFC 9457)."""

    type: str = Field(description="urn:aktenkundig:problem:<code>")
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


class Refused(HTTPException):
    """A request that does not get as far as a route."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        """Takes what the problem shape needs."""
        super().__init__(status, detail)
        self.code = code


def problem(
    status: int,
    code: str,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """A response of the one shape."""
    body = describe(status, code, detail, errors)
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def describe(
    status: int, code: str, detail: str, errors: Sequence[FieldProblem] = ()
) -> dict[str, Any]:
    """The body of the one shape."""
    return Problem(
        type=f"urn:aktenkundig:problem:{code}",
        title=TITLES.get(status, TITLES[500]),
        status=status,
        code=code,
        detail=detail,
        errors=list(errors),
    ).model_dump()


def describe_incident(incident: str) -> dict[str, Any]:
    """The body for an error that nobody foresaw."""
    detail = (
        "Es ist ein unerwarteter Fehler aufgetreten. Bitte melden Sie der Betreuung die Nummer "
        f"{incident}."
    )
    return describe(500, "unexpected", detail)


def status_of(error: Expected) -> int:
    """The HTTP status of an expected error."""
    if isinstance(error, IngestError):
        return _status_of_file(error)
    if isinstance(error, Conflict | ReindexRunning):
        return 409
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, InputInvalid):
        return 422
    if isinstance(error, Busy):
        return 429
    if isinstance(error, GeneratorError | ModelError | StoreError | SpoolUnwritable):
        return 503
    return 500


def _status_of_file(error: IngestError) -> int:
    """A file that was sent is unfit, or this house lacks what would read it."""
    if isinstance(error, TooLarge):
        return 413
    if isinstance(error, ConverterMissing | OcrMissing):
        return 503
    return 422 if isinstance(error, FileRefused | ParserFailed) else 500


def of_error(error: Expected) -> dict[str, Any]:
    """The body for an expected error."""
    return describe(status_of(error), error.code, str(error))


def install(app: FastAPI) -> None:
    """Makes every error of `app` answer in the one shape."""
    for family in (AssistantError, IngestError, ModelError, StoreError):
        app.add_exception_handler(family, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _left_to_the_shield)


def describe_in(app: FastAPI) -> None:
    """Names the media type of problems in the OpenAPI description of `app`."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        schema = generate()
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if status in ("200", "202"):
                        response["description"] = "Erfolgreich"
                    if status >= "400" and "application/json" in response.get("content", {}):
                        response["content"][MEDIA_TYPE] = response["content"].pop(
                            "application/json"
                        )
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def _told(
    request: Request,
    status: int,
    code: str,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The problem as JSON for programs, as a page or a part of one for people."""
    part = wants_part(request)
    if not (part or "text/html" in request.headers.get("accept", "")):
        return problem(status, code, detail, errors, headers)
    told = describe(status, code, detail, errors)
    template = "teile/fehler.html" if part else "fehler.html"
    shown = surface_of(request).page(request, template, status, problem=told, hier="")
    shown.headers.update(headers or {})
    return shown


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AssistantError | IngestError | ModelError | StoreError)
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, Busy) else None
    if isinstance(error, NotFound):
        return _told(request, 404, error.code, UNKNOWN)
    return _told(request, status_of(error), error.code, str(error), headers=headers)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error, Refused):
        return _told(request, error.status_code, error.code, error.detail)
    known = {
        404: ("not_found", UNKNOWN),
        405: ("method_not_allowed", "Diese Adresse lässt sich so nicht abrufen."),
    }
    code, detail = known.get(error.status_code, ("http_error", "Die Anfrage ist so nicht möglich."))
    headers = dict(error.headers) if error.headers else None
    return _told(request, error.status_code, code, detail, headers=headers)


class _Silence(Response):
    """Sends nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends nothing."""


def _left_to_the_shield(request: Request, error: Exception) -> Response:
    """A page for people, else nothing in English; the error goes on to the shield in any case."""
    incident = request.scope.get(INCIDENT)
    if incident is None or "text/html" not in request.headers.get("accept", ""):
        return _Silence()
    told = describe_incident(incident)
    return surface_of(request).page(request, "fehler.html", 500, problem=told, hier="")


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [
        FieldProblem(
            field=".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0]),
            message=message_of(found),
        )
        for found in error.errors()
    ]
    names = ", ".join(dict.fromkeys(f"»{field.field}«" for field in fields))
    return _told(request, 422, "input_invalid", f"Bitte prüfen Sie die Angabe {names}.", fields)


def message_of(found: dict[str, Any]) -> str:
    """What is wrong with one field. The value itself is never repeated."""
    limits = found.get("ctx", {})
    known = {
        "missing": "Die Angabe fehlt.",
        "extra_forbidden": "Diese Angabe gibt es nicht.",
        "json_invalid": "Der Inhalt ist kein gültiges JSON.",
        "string_type": "Erwartet wird ein Text.",
        "int_parsing": "Erwartet wird eine Zahl.",
        "int_type": "Erwartet wird eine Zahl.",
        "bool_type": "Erwartet wird true oder false.",
        "bool_parsing": "Erwartet wird true oder false.",
        "list_type": "Erwartet wird eine Liste.",
        "too_long": f"Höchstens {limits.get('max_length')} Einträge.",
        "literal_error": "Dieser Wert ist hier nicht möglich.",
        "string_too_short": "Der Text darf nicht leer sein.",
        "string_too_long": f"Höchstens {limits.get('max_length')} Zeichen.",
        "string_pattern_mismatch": "Der Wert hat nicht die erwartete Form.",
        "greater_than_equal": f"Mindestens {limits.get('ge')}.",
        "less_than_equal": f"Höchstens {limits.get('le')}.",
        "model_attributes_type": "Erwartet wird ein JSON-Objekt.",
    }
    return known.get(found["type"], "Der Wert ist ungültig.")
