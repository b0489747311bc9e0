"""The documents with their states, and all about one of them: hide, show, delete."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import NotFound
from assistant.upkeep.draft_care import drafts_quoting
from assistant.upkeep.paper_life import MOST_REASON, erase_paper, hide, show_again
from assistant.upkeep.paper_list import PaperQuery, Wanted, paper_page, paper_sheet
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page
from index.life import Deletion
from index.types import Schutzstufe

LONGEST_TEXT = 200
Reason = Annotated[str, Form(max_length=MOST_REASON)]


def make_dokumente() -> APIRouter:
    """The routes."""
    router = APIRouter()
    _add_list(router)
    _add_sheet(router)
    _add_deletion(router)
    return router


def _add_list(router: APIRouter) -> None:
    @router.get("/dokumente")
    async def documents(
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        q: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
        zustand: str = "",
        art: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
        schutz: str = "",
        seite: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        query = PaperQuery(
            q.strip(),
            Wanted(zustand) if zustand in set(Wanted) else Wanted.ALLE,
            art,
            Schutzstufe(schutz) if schutz in set(Schutzstufe) else None,
            seite,
        )
        found = await counter.look_up(lambda: paper_page(parts.store, access, query))
        kept = {"q": query.text, "zustand": query.state, "art": art, "schutz": schutz}
        narrowed = urlencode({name: value for name, value in kept.items() if value})
        return admin_page(
            request,
            "verwaltung/dokumente.html",
            "dokumente",
            anfrage=query,
            fund=found,
            zustaende=tuple(Wanted),
            stufen=tuple(Schutzstufe),
            eingegrenzt=narrowed,
        )


def _add_sheet(router: APIRouter) -> None:
    @router.get("/dokumente/{document_id}")
    async def document(
        document_id: str,
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
    ) -> HTMLResponse:
        sheet = await counter.look_up(lambda: paper_sheet(parts.store, access, document_id))
        return admin_page(request, "verwaltung/dokument.html", "dokumente", blatt=sheet)

    @router.post("/dokumente/{document_id}/verbergen")
    async def hide_it(
        document_id: str,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        grund: Reason = "",
    ) -> Response:
        def work() -> None:
            found = paper_sheet(parts.store, access, document_id)
            hide(parts, access, found.row.document, grund)

        await counter.look_up(work)
        return go_on(f"/verwaltung/dokumente/{document_id}", "verborgen")

    @router.post("/dokumente/{document_id}/zeigen")
    async def show_it(
        document_id: str, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> Response:
        def work() -> None:
            found = paper_sheet(parts.store, access, document_id)
            show_again(parts, access, found.row.document)

        await counter.look_up(work)
        return go_on(f"/verwaltung/dokumente/{document_id}", "sichtbar")


def _add_deletion(router: APIRouter) -> None:
    @router.get("/dokumente/{document_id}/loeschen")
    async def ask(
        document_id: str,
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
    ) -> HTMLResponse:
        sheet = await counter.look_up(lambda: paper_sheet(parts.store, access, document_id))
        drafts = await counter.look_up(
            lambda: drafts_quoting(parts.home, parts.mandant, document_id)
        )
        return admin_page(
            request,
            "verwaltung/loeschen.html",
            "dokumente",
            blatt=sheet,
            entwuerfe=drafts,
            laengster=MOST_REASON,
        )

    @router.post("/dokumente/{document_id}/loeschen")
    async def delete(
        document_id: str,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        grund: Reason = "",
        bestaetigt: Annotated[str, Form()] = "",
    ) -> Response:
        if bestaetigt != "ja":
            return RedirectResponse(f"/verwaltung/dokumente/{document_id}/loeschen", 303)

        def work() -> Deletion:
            found = paper_sheet(parts.store, access, document_id)
            erased = erase_paper(parts, access, found.row.document, reason=grund.strip())
            if not erased.certificates:
                raise NotFound(problems.UNKNOWN)
            return erased.certificates[0]

        certificate = await counter.look_up(work)
        return go_on(f"/verwaltung/loeschungen/{certificate.id}", "geloescht")
