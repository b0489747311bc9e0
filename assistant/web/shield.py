"""What stands before every route: who may call, how much, and which headers go out.

Pure ASGI, so that streams pass through untouched.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.upkeep.kept_runs import LARGEST_RUN
from assistant.web import problems
from assistant.web.files import STAMPED, STATIC_PATH
from assistant.web.problems import Refused
from assistant.wire import plain
from assistant.wire.review import MOST_CHARACTERS
from ingest.intake import MAX_FILE_BYTES

HOUSE_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 64 * 1024
LARGEST_UPLOAD = 1024 * 1024 * 1024
UPLOADS = ("POST", "/api/documents")
"""Takes files to keep, as the page of the Verwaltung does; puts them on the disk as they come."""
LARGEST_ORDER = 256 * 1024
FORM_ALLOWANCE = 64 * 1024
"""What a form needs beside its file."""
LARGEST_REVIEW = MAX_FILE_BYTES + FORM_ALLOWANCE
LARGEST_PASTED = 12 * MOST_CHARACTERS + FORM_ALLOWANCE
"""Of the longest text that is reviewed each character at most twelve bytes of a form."""
LARGEST = {
    UPLOADS: LARGEST_UPLOAD,
    ("POST", "/verwaltung/aufnahme"): LARGEST_UPLOAD,
    ("POST", "/verwaltung/qualitaet/auswertungen"): LARGEST_RUN + FORM_ALLOWANCE,
    ("POST", "/api/plain"): plain.LARGEST_BODY,
    ("POST", "/api/draft"): LARGEST_ORDER,
    ("POST", "/api/review"): LARGEST_REVIEW,
    ("POST", "/api/review/docx"): LARGEST_REVIEW,
    ("POST", "/entwurf/neu"): LARGEST_ORDER,
    ("POST", "/entwurf/neu/quellen"): LARGEST_ORDER,
    ("POST", "/entwurf/neu/erstellen"): LARGEST_ORDER,
    ("POST", "/pruefung/datei"): LARGEST_REVIEW,
    ("POST", "/pruefung/datei/docx"): LARGEST_REVIEW,
    ("POST", "/pruefung/datei/json"): LARGEST_REVIEW,
    ("POST", "/pruefung/text"): LARGEST_PASTED,
    ("POST", "/pruefung/text/json"): LARGEST_PASTED,
}
"""Routes that take more than `LARGEST_BODY`, in bytes."""

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

logger = logging.getLogger(__name__)


class Shield:
    """Checks host, origin and size, takes the Range header away, sets the security headers.

    Host names other than this machine's own are refused, for a foreign page can make its own name
    point here (DNS rebinding). It is also the last resort: whatever no handler knew becomes a
    problem without details, which stand in the log under the number that the person is shown.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Takes the application behind the shield."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        incident = secrets.token_hex(4)

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": _with_security(scope, message.get("headers", []))}
            await send(message)

        try:
            _check(scope)
            headers = [(n, v) for n, v in scope["headers"] if n not in (b"range", b"if-range")]
            limited = _limited(receive, _largest(scope))
            inner = {**scope, "headers": headers, problems.INCIDENT: incident}
            await self._app(inner, limited, send_with_headers)
        except Refused as refused:
            if not started:
                body = problems.describe(refused.status_code, refused.code, refused.detail)
                await _send_problem(send_with_headers, body)
        except Exception as error:
            logger.error("incident %s: %s at %s", incident, type(error).__name__, _place(error))
            if not started:
                await _send_problem(send_with_headers, problems.describe_incident(incident))


def _place(error: BaseException) -> str:
    """Where it happened: file and line, never the message, which may hold a person's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"


def _check(scope: Scope) -> None:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    if _host_name(headers.get(b"host", "")) not in HOUSE_NAMES:
        raise Refused(
            421,
            "host_refused",
            "Unter diesem Rechnernamen wird nicht geantwortet. "
            "Bitte rufen Sie http://127.0.0.1 mit dem Port auf.",
        )
    if scope["method"] not in SAFE_METHODS and not _same_origin(headers):
        raise Refused(403, "origin_refused", "Anfragen von fremden Seiten werden nicht angenommen.")
    length = headers.get(b"content-length", "0")
    if not length.isdigit() or int(length) > _largest(scope):
        raise _too_large(_largest(scope))


def _largest(scope: Scope) -> int:
    """How many bytes a request may bring."""
    return LARGEST.get((scope["method"], scope["path"]), LARGEST_BODY)


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: dict[bytes, str]) -> bool:
    """Whether a changing request comes from our own page, or from no page at all."""
    if headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get(b"origin")
    return origin is None or origin == f"http://{headers[b'host']}"


def _limited(receive: Receive, largest: int) -> Receive:
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            if read > largest:
                raise _too_large(largest)
        return message

    return limited


def _too_large(largest: int) -> Refused:
    return Refused(413, "too_large", f"Die Anfrage ist größer als {largest // 1024} KiB.")


def _with_security(
    scope: Scope, headers: Iterable[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    ours = {name.encode(): value.encode() for name, value in SECURITY_HEADERS.items()}
    if scope["path"].startswith(STATIC_PATH):
        headers = list(headers)
        stamped = (b"cache-control", STAMPED.encode()) in headers
        # Without a stamp kept too, but asked for at each use.
        ours[b"cache-control"] = STAMPED.encode() if stamped else b"no-cache"
    dropped = ours.keys() | {b"accept-ranges", b"server"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    return kept + list(ours.items())


async def _send_problem(send: Send, body: dict[str, Any]) -> None:
    data = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", problems.MEDIA_TYPE.encode()),
        (b"content-length", str(len(data)).encode()),
    ]
    await send({"type": "http.response.start", "status": body["status"], "headers": headers})
    await send({"type": "http.response.body", "body": data})
