"""Language and colours: chosen on every page, kept in two cookies of this machine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from assistant.web.files import STATIC
from assistant.web.surface import COLOURS, COLOURS_COOKIE, LANGUAGE_COOKIE
from assistant.web.texts import LANGUAGES

YEAR_S = 365 * 24 * 3600


def make_look() -> APIRouter:
    """The routes; what they set changes nothing but how pages look."""
    router = APIRouter(include_in_schema=False)

    @router.post("/darstellung")
    def choose(
        sprache: Annotated[str, Form()] = "",
        farben: Annotated[str, Form()] = "",
        zurueck: Annotated[str, Form()] = "/",
    ) -> Response:
        answer = RedirectResponse(own_path(zurueck), 303)
        for cookie, value, allowed in (
            (LANGUAGE_COOKIE, sprache, LANGUAGES),
            (COLOURS_COOKIE, farben, COLOURS),
        ):
            if value in allowed:
                answer.set_cookie(cookie, value, YEAR_S, httponly=True, samesite="strict")
        return answer

    @router.get("/favicon.ico")
    def favicon() -> Response:
        return Response((STATIC / "zeichen.svg").read_bytes(), media_type="image/svg+xml")

    return router


def own_path(path: str) -> str:
    """A path of this server; "/" for whatever leads elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/"
