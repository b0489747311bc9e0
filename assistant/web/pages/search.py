"""The search: papers with facets and counts, the list as CSV, searches kept under a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import InputInvalid, NotFound
from assistant.export import as_csv
from assistant.fundstelle import paper_name
from assistant.lists.fields import is_decided_on
from assistant.search_desk import (
    News,
    Searched,
    choice_of,
    matching_ids,
    news,
    search_papers,
    search_table,
)
from assistant.searching.choice import LONGEST_TEXT, Choice, Order, read_choice
from assistant.searching.found import PAGE
from assistant.searching.register import Register
from assistant.searching.saved import SavedSearch, SavedSearches
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.surface import surface_of, wants_part
from assistant.wiring import Parts
from index.types import Access, Outcome
from ingest.expressions import find_references

SHOWN_VALUES = 6
"""So many values of a facet are shown before "more"."""
OUTCOMES = frozenset(outcome.value for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one page of the search is made from; `unreadable` says why there are no news."""

    searched: Searched
    news: tuple[News, ...] = ()
    unreadable: str = ""
    opened: SavedSearch | None = None
    removed: SavedSearch | None = None


def make_search(register: Register) -> APIRouter:
    """The routes of the search; `register` is held from one request to the next."""
    router = APIRouter(include_in_schema=False)

    @router.get("/suche")
    async def page(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> HTMLResponse:
        choice = read_choice(request.query_params.multi_items())
        opened = request.query_params.get("gemerkt", "")
        removed = request.query_params.get("geloescht", "")
        shown = await counter.look_up(
            lambda: _shown(parts, register, access, choice, opened, removed)
        )
        return _page(request, choice, shown)

    @router.get("/suche.csv")
    async def table(
        request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> Response:
        choice = replace(read_choice(request.query_params.multi_items()), page=1)
        content = await counter.look_up(
            lambda: as_csv(search_table(parts, register, choice, access))
        )
        name = {"content-disposition": 'attachment; filename="suche.csv"'}
        return Response(content, media_type="text/csv; charset=utf-8", headers=name)

    _add_kept(router, register)
    _add_names(router, register)
    return router


def _add_kept(router: APIRouter, register: Register) -> None:
    """The routes that keep a search and open it."""

    @router.post("/suche/gemerkt")
    async def keep(
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        adresse: Annotated[str, Form()] = "",
        name: Annotated[str, Form()] = "",
    ) -> Response:
        choice = read_choice(parse_qsl(adresse))

        def keeping() -> SavedSearch:
            ids = matching_ids(parts, register, choice, access)
            return _saved(parts).keep(name, choice.address(), ids)

        try:
            kept = await counter.look_up(keeping)
        except InputInvalid as error:
            shown = await counter.look_up(lambda: _shown(parts, register, access, choice))
            return _page(request, choice, shown, fault=str(error), name=name)
        return _to(choice, gemerkt=kept.id, angelegt="1")

    @router.post("/suche/gemerkt/{id_}/oeffnen")
    async def open_(
        id_: str, parts: PartsOf, counter: CounterOf, access: AccessOf
    ) -> RedirectResponse:
        def opening() -> SavedSearch:
            saved = _saved(parts)
            choice = choice_of(saved.find(id_))
            return saved.open(id_, matching_ids(parts, register, choice, access))

        opened = await counter.look_up(opening)
        return _to(choice_of(opened), gemerkt=opened.id)


def _add_names(router: APIRouter, register: Register) -> None:
    """The routes that rename a kept search, delete it and take that back."""

    @router.post("/suche/gemerkt/{id_}/umbenennen")
    async def rename(
        request: Request,
        id_: str,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        name: Annotated[str, Form()] = "",
        zurueck: Annotated[str, Form()] = "",
    ) -> Response:
        choice = read_choice(parse_qsl(zurueck))
        try:
            await counter.look_up(lambda: _saved(parts).rename(id_, name))
        except InputInvalid as error:
            shown = await counter.look_up(lambda: _shown(parts, register, access, choice))
            return _page(request, choice, shown, fault=str(error))
        return _to(choice)

    @router.post("/suche/gemerkt/{id_}/loeschen")
    async def remove(
        id_: str,
        parts: PartsOf,
        counter: CounterOf,
        zurueck: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        removed = await counter.look_up(lambda: _saved(parts).remove(id_))
        return _to(read_choice(parse_qsl(zurueck)), geloescht=removed.id)

    @router.post("/suche/gemerkt/{id_}/zurueckholen")
    async def take_back(id_: str, parts: PartsOf, counter: CounterOf) -> RedirectResponse:
        await counter.look_up(lambda: _saved(parts).take_back(id_))
        return _to(Choice())


def _saved(parts: Parts) -> SavedSearches:
    return SavedSearches(parts.home, parts.mandant)


def _to(choice: Choice, **further: str) -> RedirectResponse:
    query = "&".join(filter(None, (choice.address(), urlencode(further))))
    return RedirectResponse(f"/suche?{query}" if query else "/suche", 303)


def _shown(
    parts: Parts,
    register: Register,
    access: Access,
    choice: Choice,
    opened: str = "",
    removed: str = "",
) -> _Shown:
    searched = search_papers(parts, register, choice, access)
    saved = _saved(parts)
    try:
        return _Shown(
            searched,
            tuple(news(parts, register, saved.all(), access)),
            opened=_found(saved, opened),
            removed=saved.removed(removed),
        )
    except InputInvalid as error:
        return _Shown(searched, unreadable=str(error))


def _found(saved: SavedSearches, id_: str) -> SavedSearch | None:
    try:
        return saved.find(id_) if id_ else None
    except NotFound:
        return None


def _page(
    request: Request, choice: Choice, shown: _Shown, *, fault: str = "", name: str = ""
) -> HTMLResponse:
    opened = shown.opened
    part = wants_part(request)
    return surface_of(request).page(
        request,
        "teile/suche.html" if part else "suche.html",
        422 if fault else 200,
        hier="suche",
        choice=choice,
        searched=shown.searched,
        news=shown.news,
        gemerkt=opened,
        angelegt="angelegt" in request.query_params,
        geloescht=shown.removed,
        neue=frozenset(opened.new) if opened and "angelegt" not in request.query_params else (),
        fehler=fault or shown.unreadable,
        nicht_lesbar=not fault,
        chips=[(facet, value) for facet in choice.values for value in choice.of(facet)],
        frei=Choice(choice.text, order=choice.order),
        numbers=list(dict.fromkeys(str(r.number) for r in find_references(choice.text))),
        orders=tuple(Order),
        standard=Choice(choice.text).sorted_by,
        outcomes=OUTCOMES,
        start=PAGE * (choice.page - 1) + 1,
        sichtbar=SHOWN_VALUES,
        laengste=LONGEST_TEXT,
        vorschlag=name or choice.text,
        paper_name=paper_name,
        is_decided_on=is_decided_on,
    )
