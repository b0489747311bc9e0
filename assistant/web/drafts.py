"""HTTP: drafts are ordered, kept, read, compared, signed, handed out and deleted.

Who changes one names the version they have read; where that is no longer the last one, nothing
happens and they are told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from assistant import draft_changes, draft_desk, draft_export, draft_rework, draft_shelf
from assistant.web.counter import CLIENT_GONE, Abandoned, Counter
from assistant.web.review import DOCX, attachment
from assistant.wire.entwurf import DraftWire
from assistant.wire.kept import (
    AbgelegtWire,
    AuftragBody,
    BezugBody,
    FassungenWire,
    FassungWire,
    GeloeschtWire,
    ListeWire,
    MitzeichnungWire,
    UmarbeitungBody,
    UmgearbeitetWire,
    VergleichWire,
    ZeichnungBody,
)
from assistant.wiring import Parts
from index.types import Access, Schutzstufe

T = TypeVar("T")
Number = Annotated[int | None, Query(ge=1, description="Diese Fassung statt der letzten")]


def make_drafts(access_of: Callable[[Request], Access]) -> APIRouter:
    """The routes; of a draft a person sees what `access_of` lets them see of its sources."""
    router = APIRouter(prefix="/api")
    _ordering(router, access_of)
    _reading(router, access_of)
    _changing(router, access_of)
    return router


def _ordering(router: APIRouter, access_of: Callable[[Request], Access]) -> None:
    @router.post("/draft", summary="Entwirft eine Vorlage", response_model=DraftWire)
    async def draft(
        body: AuftragBody, request: Request, access: Access = Depends(access_of)
    ) -> Response | DraftWire:
        """Entwirft aus den gewählten Quellen, oder schlägt Quellen vor, wo keine gewählt sind."""
        parts = _parts(request)

        def work(_: Callable[[], bool]) -> DraftWire:
            fields = body.model_dump(exclude={"als", "auf"})
            auftrag = draft_desk.ordered(fields, parts.mandant)
            return draft_desk.order(parts, auftrag, access, keep_as=body.als, based_on=body.auf)

        try:
            return await _counter(request).carry_out(work, request.is_disconnected)
        except Abandoned:
            return Response(status_code=CLIENT_GONE)


def _reading(router: APIRouter, access_of: Callable[[Request], Access]) -> None:
    @router.get("/drafts", summary="Die abgelegten Entwürfe")
    async def drafts(request: Request, access: Access = Depends(access_of)) -> ListeWire:
        """Nach Namen geordnet; nur, was jetzt gezeigt werden darf."""
        return await _look_up(request, lambda parts: draft_shelf.overview(parts, access))

    @router.get("/drafts/{name}", summary="Ein abgelegter Entwurf")
    async def read(
        name: str, request: Request, access: Access = Depends(access_of), fassung: Number = None
    ) -> AbgelegtWire:
        """Eine Fassung mit Belegen, Hinweisen und Mitzeichnung."""
        return await _look_up(request, lambda parts: draft_shelf.show(parts, access, name, fassung))

    @router.get("/drafts/{name}/versions", summary="Die Fassungen eines Entwurfs")
    async def versions(
        name: str, request: Request, access: Access = Depends(access_of)
    ) -> FassungenWire:
        """Die erste zuerst, ohne ihre Worte."""
        return await _look_up(request, lambda parts: draft_shelf.history(parts, access, name))

    @router.get("/drafts/{name}/compare", summary="Vergleicht zwei Fassungen")
    async def compare(
        name: str,
        request: Request,
        access: Access = Depends(access_of),
        von: Number = None,
        nach: Number = None,
    ) -> VergleichWire:
        """Absatz für Absatz; ohne Angabe die letzten beiden Fassungen."""
        return await _look_up(
            request, lambda parts: draft_shelf.comparison(parts, access, name, von, nach)
        )

    @router.get("/drafts/{name}/mitzeichnung", summary="Stand der Mitzeichnung")
    async def standing(
        name: str, request: Request, access: Access = Depends(access_of)
    ) -> MitzeichnungWire:
        """Jede Stelle mit ihrer letzten Mitzeichnung."""
        return await _look_up(request, lambda parts: draft_shelf.standing_of(parts, access, name))

    @router.get(
        "/drafts/{name}/docx",
        summary="Eine Fassung als DOCX",
        response_class=Response,
        responses={200: {"content": {DOCX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def docx(
        name: str,
        request: Request,
        access: Access = Depends(access_of),
        fassung: Number = None,
        schutz: Literal["oeffentlich", "nichtoeffentlich"] | None = None,
    ) -> Response:
        """Öffentlich nur, wenn alle Quellen es jetzt sind; ohne `schutz` wie geschrieben."""
        wanted = Schutzstufe(schutz) if schutz else None
        content = await _look_up(
            request,
            lambda parts: draft_export.as_docx(parts, access, name, fassung, schutz=wanted),
        )
        return attachment(content, f"{name}.docx")


def _changing(router: APIRouter, access_of: Callable[[Request], Access]) -> None:
    @router.post("/drafts/{name}/undo", summary="Geht um eine Fassung zurück")
    async def undo(
        name: str, body: BezugBody, request: Request, access: Access = Depends(access_of)
    ) -> FassungWire:
        """Auch das wird eine Fassung; verloren geht nichts."""
        return await _look_up(
            request,
            lambda parts: draft_changes.undo(parts, access, name, body.fassung, author=body.name),
        )

    @router.post("/drafts/{name}/mitzeichnung", summary="Zeichnet die letzte Fassung mit")
    async def sign(
        name: str, body: ZeichnungBody, request: Request, access: Access = Depends(access_of)
    ) -> MitzeichnungWire:
        """Gilt für die Fassung, die gelesen wurde; eine neuere fragt wieder."""
        return await _look_up(request, lambda parts: draft_changes.sign(parts, access, name, body))

    @router.post(
        "/drafts/{name}/rewrite",
        summary="Arbeitet einen Entwurf um",
        response_model=UmgearbeitetWire,
    )
    async def rewrite(
        name: str, body: UmarbeitungBody, request: Request, access: Access = Depends(access_of)
    ) -> Response | UmgearbeitetWire:
        """Kürzer, klarer, einfacher, in Stichpunkten oder mit Präzedenzfall, als neue Fassung."""
        parts = _parts(request)
        try:
            return await _counter(request).carry_out(
                lambda gone: draft_rework.rework(parts, access, name, body, cancelled=gone),
                request.is_disconnected,
            )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)

    @router.delete("/drafts/{name}", summary="Löscht einen Entwurf")
    async def delete(
        name: str,
        request: Request,
        fassung: Annotated[int, Query(ge=1, description="Die Fassung, die gelesen wurde")],
        access: Access = Depends(access_of),
    ) -> GeloeschtWire:
        """Mit allen Fassungen und Mitzeichnungen."""
        count = await _look_up(
            request, lambda parts: draft_changes.remove(parts, access, name, fassung)
        )
        return GeloeschtWire(deleted=True, name=name, fassungen=count)


async def _look_up(request: Request, work: Callable[[Parts], T]) -> T:
    parts = _parts(request)
    return await _counter(request).look_up(lambda: work(parts))


def _parts(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


def _counter(request: Request) -> Counter:
    return cast(Counter, request.app.state.counter)
