"""A draft as a file: DOCX, PDF and Markdown, never as public what must not be."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant import draft_export
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned
from assistant.web.pages.workbench import Name, Number
from assistant.web.review import DOCX
from index.types import Schutzstufe

Kind = Literal["docx", "pdf", "md"]
MEDIA = {"docx": DOCX, "pdf": "application/pdf", "md": "text/markdown; charset=utf-8"}


def make_draft_files() -> APIRouter:
    """The one route."""
    router = APIRouter(prefix="/entwurf", include_in_schema=False)

    @router.get("/{name}/ausgabe")
    async def export(
        name: Name,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        form: Kind = "docx",
        fassung: Number = None,
        schutz: Literal["", "oeffentlich", "nichtoeffentlich"] = "",
    ) -> Response:
        wanted = Schutzstufe(schutz) if schutz else None

        def work() -> bytes:
            if form == "md":
                text = draft_export.as_markdown(parts, access, name, fassung, schutz=wanted)
                return text.encode("utf-8")
            write = draft_export.as_pdf if form == "pdf" else draft_export.as_docx
            return write(parts, access, name, fassung, schutz=wanted)

        try:
            content = await counter.carry_out(lambda _: work(), request.is_disconnected)
        except Abandoned:
            return Response(status_code=CLIENT_GONE)
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(content, media_type=MEDIA[form], headers=headers)

    return router
