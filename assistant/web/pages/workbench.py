"""The workbench: one draft with its sources, its text, its evidence and what was found in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from assistant import draft_diff, draft_review, draft_shelf, draft_view
from assistant.draft_export import NOT_PUBLIC, can_write_pdf
from assistant.draft_review import Pruefbild
from assistant.draft_rework import REWRITINGS
from assistant.draft_view import Belegbild, Werkbank
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned
from assistant.web.pages.drafts import HERE
from assistant.web.surface import surface_of, wants_part
from assistant.wire.kept import NAME
from assistant.wiring import Parts
from index.types import Access

Name = Annotated[str, Path(pattern=NAME)]
Number = Annotated[int | None, Query(ge=1, le=99_999)]
Anchor = Annotated[str, Query(max_length=200)]
SEVERITIES = ("Fehler", "Warnung", "Hinweis")


def make_workbench() -> APIRouter:
    """The pages that show a draft and change nothing."""
    router = APIRouter(prefix="/entwurf", include_in_schema=False)
    _showing(router)
    _parts_of_the_page(router)
    return router


def _showing(router: APIRouter) -> None:
    @router.get("/{name}")
    async def workbench(
        name: Name,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        fassung: Number = None,
        beleg: Number = None,
        pruefen: bool = False,
        umarbeiten: Anchor = "",
    ) -> Response:
        if wants_part(request) and (beleg or umarbeiten):
            return await counter.look_up(
                lambda: _part_of_it(request, parts, access, (name, fassung), beleg, umarbeiten)
            )

        def work() -> Response:
            shown = draft_view.workbench(parts, access, name, fassung)
            number = shown.kept.fassung.fassung
            opened = draft_view.evidence(parts, access, name, number, beleg) if beleg else None
            found = draft_review.review_version(parts, access, name, number) if pruefen else None
            return page_of(request, parts, shown, opened, found, umzuarbeiten=umarbeiten)

        if not pruefen:
            return await counter.look_up(work)
        try:
            return await counter.carry_out(lambda _: work(), request.is_disconnected)
        except Abandoned:
            return Response(status_code=CLIENT_GONE)

    @router.get("/{name}/vergleich")
    async def compare(
        name: Name,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        von: Number = None,
        nach: Number = None,
    ) -> Response:
        def work() -> Response:
            found = draft_shelf.comparison(parts, access, name, von, nach)
            last = draft_shelf.history(parts, access, name).fassungen[-1].fassung
            return surface_of(request).page(
                request,
                "entwurf_vergleich.html",
                hier=HERE,
                vergleich=found,
                aenderungen=draft_diff.pictured(found.aenderungen),
                letzte=last,
            )

        return await counter.look_up(work)


def _parts_of_the_page(router: APIRouter) -> None:
    @router.get("/{name}/befunde")
    async def findings(
        name: Name,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        fassung: Number = None,
    ) -> Response:
        try:
            found = await counter.carry_out(
                lambda _: draft_review.review_version(parts, access, name, fassung),
                request.is_disconnected,
            )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)
        return surface_of(request).part(
            request,
            "teile/werkbank_pruefung.html",
            pruefung=found,
            schweren=SEVERITIES,
            name=name,
            diese=fassung,
            springen=True,
        )


def _part_of_it(
    request: Request,
    parts: Parts,
    access: Access,
    version: tuple[str, int | None],
    beleg: int | None,
    umarbeiten: str,
) -> Response:
    """What a link of the text opens where it stands: its evidence, or how to rework a paragraph."""
    if beleg:
        found = draft_view.evidence(parts, access, *version, beleg)
        return surface_of(request).part(
            request, "teile/werkbank_beleg.html", beleg=found, springen=True
        )
    place = draft_view.paragraph(parts, access, *version, umarbeiten)
    return surface_of(request).part(
        request,
        "teile/werkbank_absatz.html",
        absatz=place,
        name=version[0],
        diese=place.fassung,
        springen=True,
        arten=tuple(REWRITINGS),
        mit_modell=parts.generator is not None,
    )


def page_of(
    request: Request,
    parts: Parts,
    shown: Werkbank,
    beleg: Belegbild | None = None,
    pruefung: Pruefbild | None = None,
    *,
    status: int = 200,
    fehler: dict[str, str] | None = None,
    eingaben: dict[str, str] | None = None,
    umzuarbeiten: str = "",
) -> Response:
    """The workbench.

    Args:
        request: of the person.
        parts: of the server.
        shown: the draft.
        beleg: the evidence that is open.
        pruefung: what was found in the draft.
        status: of the answer.
        fehler: what a form of the page could not do, by field.
        eingaben: the fields of that form.
        umzuarbeiten: the anchor of the paragraph whose form is open.
    """
    return surface_of(request).page(
        request,
        "werkbank.html",
        status,
        hier=HERE,
        werkbank=shown,
        kept=shown.kept,
        entwurf=shown.kept.entwurf,
        name=shown.kept.fassung.name,
        diese=shown.kept.fassung.fassung,
        ist_letzte=shown.kept.fassung.fassung == shown.kept.letzte,
        beleg=beleg,
        pruefung=pruefung,
        schweren=SEVERITIES,
        springen=False,
        arten=tuple(REWRITINGS),
        mit_modell=parts.generator is not None,
        mit_pdf=can_write_pdf(),
        nicht_oeffentlich=NOT_PUBLIC,
        fehler=fehler or {},
        eingaben=eingaben or {},
        umzuarbeiten=umzuarbeiten,
    )
