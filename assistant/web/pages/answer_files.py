"""An answer to take along: DOCX, PDF, and the table of a list as CSV."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.answer_export import answer_docx, answer_pdf
from assistant.export import as_csv
from assistant.today import today
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned
from assistant.web.pages.fragen import gone, opened

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"


def make_answer_files() -> APIRouter:
    """The routes; only a whole answer whose papers are still to be seen is given out."""
    router = APIRouter(include_in_schema=False)

    @router.get("/fragen/{ident}/antwort.docx")
    async def docx(
        ident: str, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or (answer := run.answer) is None:
            return gone(request)
        text, mandant = run.asking.text, parts.mandant
        content = await counter.look_up(lambda: answer_docx(text, answer, mandant, today()))
        return _file(content, DOCX, f"antwort-{today().isoformat()}.docx")

    @router.get("/fragen/{ident}/antwort.pdf")
    async def pdf(
        ident: str, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or (answer := run.answer) is None:
            return gone(request)
        text, mandant = run.asking.text, parts.mandant
        try:
            content = await counter.carry_out(
                lambda _: answer_pdf(text, answer, mandant, today()), request.is_disconnected
            )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)
        return _file(content, PDF, f"antwort-{today().isoformat()}.pdf")

    @router.get("/fragen/{ident}/tabelle.csv")
    async def csv(
        ident: str, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or run.answer is None or run.answer.table is None:
            return gone(request)
        return _file(as_csv(run.answer.table), CSV, f"tabelle-{today().isoformat()}.csv")

    return router


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
