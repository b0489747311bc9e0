"""What is done to a draft on the workbench; who acts names the version they have read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError

from assistant import draft_changes, draft_diff, draft_rework, draft_shelf, draft_view
from assistant.errors import Conflict, InputInvalid, NotFound
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.counter import CLIENT_GONE, Abandoned
from assistant.web.pages.drafts import HERE, gone_to
from assistant.web.pages.workbench import Name, page_of
from assistant.web.problems import message_of
from assistant.web.surface import surface_of, texts_of
from assistant.wire.kept import BezugBody, UmarbeitungBody, ZeichnungBody
from assistant.wiring import Parts
from index.types import Access

Fields = dict[str, str]


def make_workbench_acts() -> APIRouter:
    """The routes that rework, restore, sign and delete."""
    router = APIRouter(prefix="/entwurf", include_in_schema=False)
    _reworking(router)
    _restoring(router)
    _signing(router)
    _deleting(router)
    return router


def _reworking(router: APIRouter) -> None:
    @router.get("/{name}/umarbeitung")
    async def propose(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        body = _read(UmarbeitungBody, dict(request.query_params))

        def work(cancelled: Callable[[], bool]) -> Response:
            try:
                found = draft_rework.propose(parts, access, name, body, cancelled=cancelled)
            except Conflict as error:
                return _conflict(
                    request, parts, access, name, body.fassung, error, _again(name, body)
                )
            return _proposal_page(request, parts, access, name, body, found)

        try:
            return await counter.carry_out(work, request.is_disconnected)
        except Abandoned:
            return Response(status_code=CLIENT_GONE)

    @router.post("/{name}/umarbeitung")
    async def take_over(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        fields = await _fields(request)
        shown = fields.pop("zeichen", "")
        body = _read(UmarbeitungBody, fields)

        def work(cancelled: Callable[[], bool]) -> Response:
            try:
                draft_rework.rework(parts, access, name, body, shown=shown, cancelled=cancelled)
            except Conflict as error:
                return _conflict(
                    request, parts, access, name, body.fassung, error, _again(name, body)
                )
            anchor = f"#abs-{body.abschnitt}-{body.absatz}" if body.absatz else ""
            return gone_to(request, f"/entwurf/{name}{anchor}")

        try:
            return await counter.carry_out(work, request.is_disconnected)
        except Abandoned:
            return Response(status_code=CLIENT_GONE)


def _proposal_page(
    request: Request,
    parts: Parts,
    access: Access,
    name: str,
    body: UmarbeitungBody,
    found: draft_rework.Vorschlag,
) -> Response:
    shown = draft_view.workbench(parts, access, name, body.fassung)
    titles = {one.schluessel: one.titel for one in shown.abschnitte}
    return surface_of(request).page(
        request,
        "umarbeitung.html",
        hier=HERE,
        name=name,
        titel=shown.kept.entwurf.titel,
        auftrag=body,
        vorschlag=found,
        aenderungen=draft_diff.pictured(found.aenderungen),
        abschnitte=titles,
        bearbeitung=body.name or shown.kept.entwurf.bearbeitung,
    )


def _restoring(router: APIRouter) -> None:
    @router.post("/{name}/zurueck")
    async def restore(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        fields = await _fields(request)
        to = fields.pop("zu", "")
        body = _read(BezugBody, fields)
        target = _read(BezugBody, {"fassung": to}).fassung if to else None

        def work() -> Response:
            try:
                draft_changes.undo(parts, access, name, body.fassung, author=body.name, to=target)
            except Conflict as error:
                again = (f"/entwurf/{name}/zurueck", {**fields, "zu": to})
                return _conflict(request, parts, access, name, body.fassung, error, again)
            except InputInvalid as error:
                return _told(request, parts, access, name, {"zurueck": str(error)}, fields)
            return gone_to(request, f"/entwurf/{name}#fassungen")

        return await counter.look_up(work)


def _signing(router: APIRouter) -> None:
    @router.post("/{name}/mitzeichnung")
    async def sign(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        fields = await _fields(request)
        t = texts_of(request)

        def work() -> Response:
            try:
                body = ZeichnungBody.model_validate(fields)
                draft_changes.sign(parts, access, name, body)
            except ValidationError as error:
                wrong = {str(one["loc"][0]): message_of(dict(one)) for one in error.errors()}
                if {"stelle", "name"} & wrong.keys():
                    wrong["mitzeichnung"] = t("entwurf.fehler.zeichnung")
                return _told(request, parts, access, name, wrong, fields)
            except Conflict as error:
                again = (f"/entwurf/{name}/mitzeichnung", fields)
                return _conflict(request, parts, access, name, int(fields["fassung"]), error, again)
            except InputInvalid as error:
                wrong = {"mitzeichnung": str(error)}
                return _told(request, parts, access, name, wrong, fields)
            return gone_to(request, f"/entwurf/{name}#mitzeichnung")

        return await counter.look_up(work)


def _deleting(router: APIRouter) -> None:
    @router.get("/{name}/loeschen")
    async def ask(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        def work() -> Response:
            shown = draft_shelf.show(parts, access, name)
            versions = draft_shelf.history(parts, access, name).fassungen
            return surface_of(request).page(
                request, "entwurf_loeschen.html", hier=HERE, kept=shown, fassungen=len(versions)
            )

        return await counter.look_up(work)

    @router.post("/{name}/loeschen")
    async def delete(
        name: Name, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        fields = await _fields(request)
        body = _read(BezugBody, {"fassung": fields.get("fassung", "")})

        def work() -> Response:
            try:
                draft_changes.remove(parts, access, name, body.fassung)
            except Conflict as error:
                again = (f"/entwurf/{name}/loeschen", {"fassung": str(body.fassung)})
                return _conflict(request, parts, access, name, body.fassung, error, again)
            return gone_to(request, f"/entwurf?{urlencode({'geloescht': name})}")

        return await counter.look_up(work)


def _conflict(
    request: Request,
    parts: Parts,
    access: Access,
    name: str,
    read: int,
    error: Conflict,
    again: tuple[str, Mapping[str, str]],
) -> Response:
    """Both versions side by side, and what was to be done, to be done again on the last one.

    Raises:
        NotFound: the draft is gone, or not to be seen.
    """
    last = draft_shelf.show(parts, access, name).letzte
    changes: tuple[draft_diff.Aenderungsbild, ...] = ()
    if read < last:
        with suppress(NotFound):
            changes = draft_diff.pictured(
                draft_shelf.comparison(parts, access, name, read, last).aenderungen
            )
    path, fields = again
    return surface_of(request).page(
        request,
        "entwurf_konflikt.html",
        409,
        hier=HERE,
        name=name,
        gelesen=read,
        letzte=last,
        meldung=str(error),
        aenderungen=changes,
        ziel=path,
        lesend=path.endswith("/umarbeitung"),
        felder={**fields, "fassung": str(last)},
    )


def _again(name: str, body: UmarbeitungBody) -> tuple[str, Mapping[str, str]]:
    """A proposal is asked for once more, not taken over unseen."""
    fields = body.model_dump(exclude_none=True, exclude={"fassung"})
    return f"/entwurf/{name}/umarbeitung", {
        key: "true" if value is True else str(value) for key, value in fields.items() if value
    }


def _told(
    request: Request, parts: Parts, access: Access, name: str, wrong: Fields, fields: Fields
) -> Response:
    shown = draft_view.workbench(parts, access, name)
    return page_of(request, parts, shown, status=422, fehler=wrong, eingaben=fields)


async def _fields(request: Request) -> Fields:
    form = await request.form()
    return {key: value for key, value in form.items() if isinstance(value, str)}


def _read(kind: type[Any], fields: Mapping[str, str]) -> Any:
    """The fields of a form that no person types; empty ones are left out.

    Raises:
        InputInvalid: the address or form was changed by hand.
    """
    try:
        return kind.model_validate({key: value for key, value in fields.items() if value})
    except ValidationError as error:
        names = ", ".join(f"»{one['loc'][0]}«" for one in error.errors() if one["loc"])
        raise InputInvalid(
            f"So lässt sich das nicht aufrufen, bitte prüfen Sie {names or 'die Adresse'}."
        ) from None
