"""The room Entwurf: which drafts there are, and a new one from the Auftrag to its sources."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from assistant import draft_desk, draft_shelf, draft_sources, draft_view
from assistant.errors import Conflict, InputInvalid, NotFound
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned
from assistant.web.order_form import OrderForm
from assistant.web.surface import surface_of, texts_of, wants_part
from assistant.wire.entwurf import DraftWire
from assistant.wire.kept import NAME, AuftragBody
from assistant.wiring import Parts
from index.types import Access

HERE = "entwurf"
NEW = "neu"
"""Reserved: no draft can have the name of a page."""
WHOLE = {"HX-Retarget": "#inhalt", "HX-Reselect": "#inhalt", "HX-Reswap": "outerHTML"}


def make_draft_pages() -> APIRouter:
    """The list of drafts and the way to a new one."""
    router = APIRouter(prefix="/entwurf", include_in_schema=False)
    _listing(router)
    _ordering(router)
    return router


def _listing(router: APIRouter) -> None:
    @router.get("")
    async def drafts(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf, geloescht: str = ""
    ) -> Response:
        found = await counter.look_up(lambda: draft_shelf.overview(parts, access))
        gone = geloescht[:64]
        return surface_of(request).page(
            request, "entwuerfe.html", hier=HERE, liste=found, geloescht=gone, neu=NEW
        )

    @router.get(f"/{NEW}")
    async def blank(
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        aus: str | None = Query(default=None, pattern=NAME),
    ) -> Response:
        form = OrderForm()
        if aus is not None:
            fields, number = await counter.look_up(lambda: draft_view.order_of(parts, access, aus))
            form = OrderForm.of_order(fields, aus, number)
        return await _order_page(request, parts, counter, form)


def _ordering(router: APIRouter) -> None:
    @router.post(f"/{NEW}")
    async def back(request: Request, parts: PartsOf, counter: CounterOf) -> Response:
        form = OrderForm.sent(await request.form())
        return await _order_page(request, parts, counter, form)

    @router.post(f"/{NEW}/quellen")
    async def sources(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        form = OrderForm.sent(await request.form())
        if _body(request, form) is None:
            return await _order_page(request, parts, counter, form)
        try:
            return await counter.carry_out(
                lambda _: _source_page(request, parts, access, form), request.is_disconnected
            )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)

    @router.post(f"/{NEW}/erstellen")
    async def create(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        form = OrderForm.sent(await request.form())
        body = _body(request, form, form.all_sources)
        if body is None:
            if "quellen" in form.fehler:
                return await counter.look_up(lambda: _source_page(request, parts, access, form))
            return await _order_page(request, parts, counter, form)
        try:
            return await counter.carry_out(
                lambda cancelled: _create(request, parts, access, form, body, cancelled),
                request.is_disconnected,
            )
        except Abandoned:
            return Response(status_code=CLIENT_GONE)


def _create(
    request: Request,
    parts: Parts,
    access: Access,
    form: OrderForm,
    body: AuftragBody,
    cancelled: Callable[[], bool],
) -> Response:
    """Drafts and keeps, or shows the sources once more with what is wrong."""
    t = texts_of(request)
    if not body.quellen:
        form.fehler["quellen"] = t("entwurf.fehler.keine_quelle")
        return _source_page(request, parts, access, form)
    name = body.als or draft_sources.free_name(parts, body.titel)
    try:
        auftrag = draft_desk.ordered(body.model_dump(exclude={"als", "auf"}), parts.mandant)
        made: DraftWire = draft_desk.order(
            parts, auftrag, access, keep_as=name, based_on=body.auf, cancelled=cancelled
        )
    except Conflict as error:
        form.fehler["name"] = str(error)
        return _source_page(request, parts, access, form)
    except (InputInvalid, NotFound) as error:
        form.fehler["quellen"] = str(error)
        return _source_page(request, parts, access, form)
    if made.name is None:
        return Response(status_code=CLIENT_GONE)
    return gone_to(request, f"/entwurf/{made.name}")


def gone_to(request: Request, path: str) -> Response:
    """Sends a browser to another page, asked by a form or by htmx."""
    if wants_part(request):
        return Response(headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def _body(request: Request, form: OrderForm, sources: tuple[str, ...] = ()) -> AuftragBody | None:
    t = texts_of(request)
    body = form.body(sources)
    if "name" in form.fehler or draft_sources.is_reserved(form.name.strip()):
        form.fehler["name"] = t("entwurf.fehler.name")
    if "titel" in form.fehler and not form.titel.strip():
        form.fehler["titel"] = t("entwurf.fehler.titel")
    return None if form.fehler else body


async def _order_page(
    request: Request, parts: Parts, counter: CounterOf, form: OrderForm
) -> Response:
    sections = await counter.look_up(lambda: draft_sources.sections(parts))
    return _whole_page(request, "entwurf_neu.html", form, abschnitte=sections)


def _whole_page(request: Request, template: str, form: OrderForm, **values: Any) -> Response:
    """A page with the form; htmx is told to put it in the place of the one that is there."""
    status = 422 if form.fehler else 200
    page = surface_of(request).page(request, template, status, hier=HERE, form=form, **values)
    if wants_part(request):
        page.headers.update(WHOLE)
    return page


def _source_page(request: Request, parts: Parts, access: Access, form: OrderForm) -> Response:
    """The papers to choose from; a chosen one that cannot be used is told, the others stay."""
    searched = form.suche.strip() or form.titel.strip()
    fields: dict[str, Any] = {"titel": searched, "oeffentlich": form.oeffentlich}
    auftrag = draft_desk.ordered(fields, parts.mandant)
    found = draft_sources.proposals(parts, access, auftrag, wanted=form.quellen)
    known = {one.quelle for one in found}
    unknown = tuple(one for one in form.quellen if one not in known)
    if unknown:
        form.weitere = "\n".join(filter(None, [form.weitere.strip(), *unknown]))
        form.quellen = tuple(one for one in form.quellen if one in known)
    return _whole_page(
        request,
        "entwurf_quellen.html",
        form,
        gruppen=[
            (key, list(group)) for key, group in groupby(found, lambda one: one.lager.name.lower())
        ],
    )
