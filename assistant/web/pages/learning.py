"""The room for learning: a tour, the exercises, what the system cannot do, the two cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import NotFound
from assistant.learning.cards import data_card, model_card
from assistant.learning.exercises import Exercise, all_exercises
from assistant.learning.places import places_of
from assistant.learning.solved import read_solved, write_solved
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.examples import examples_from, results_of
from assistant.web.spelling import Spelling
from assistant.web.surface import Room, surface_of, texts_of
from assistant.wire.status import number_of
from assistant.wiring import Parts
from index.types import Access

HERE = "lernen"
WAYS = (
    Room("rundgang", "/lernen/rundgang"),
    Room("uebungen", "/lernen/uebungen"),
    Room("grenzen", "/lernen/grenzen"),
    Room("modelle", "/lernen/modelle"),
    Room("daten", "/lernen/daten"),
)
STEPS = ("nummer", "beleg", "offen", "schweigen", "suche", "vorgang", "mitnehmen")
LIMITS = (
    "entscheiden",
    "schweigen",
    "irrtum",
    "bestand",
    "formulieren",
    "widerspruch",
    "scans",
    "leichte_sprache",
    "konten",
)
SOLVED_COOKIE = "uebungen"
"""Holds the numbers of solved exercises until the browser is closed."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What somebody picked: a sentence, nothing, or the wish to see the solution."""

    picked: int | None
    shows_solution: bool

    def is_right(self, exercise: Exercise) -> bool:
        """Whether the wrong sentence was found."""
        return not self.shows_solution and self.picked == exercise.wrong


def make_learning() -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/lernen", include_in_schema=False)

    @router.get("")
    async def overview(request: Request) -> HTMLResponse:
        solved = len(_solved(request))
        return _page(request, "uebersicht", "", geloest=solved, anzahl=len(all_exercises()))

    @router.get("/rundgang")
    async def tour(
        request: Request, parts: PartsOf, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        values = await counter.look_up(lambda: _tour(parts, access))
        return _page(request, "rundgang", "rundgang", schritte=STEPS, **values)

    @router.get("/grenzen")
    async def limits(request: Request) -> HTMLResponse:
        return _page(request, "grenzen", "grenzen", grenzen=LIMITS)

    @router.get("/modelle")
    async def models(request: Request, parts: PartsOf, counter: CounterOf) -> HTMLResponse:
        card = await counter.look_up(lambda: model_card(parts))
        return _page(request, "modelle", "modelle", karte=card)

    @router.get("/daten")
    async def data(
        request: Request, parts: PartsOf, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        card = await counter.look_up(lambda: data_card(parts, access))
        return _page(request, "daten", "daten", karte=card)

    _add_exercises(router)
    return router


def _add_exercises(router: APIRouter) -> None:
    @router.get("/uebungen")
    async def exercises(request: Request) -> HTMLResponse:
        solved = _solved(request)
        return _page(request, "uebungen", "uebungen", uebungen=all_exercises(), geloest=solved)

    @router.post("/uebungen")
    async def anew() -> Response:
        answer = RedirectResponse("/lernen/uebungen", 303)
        answer.delete_cookie(SOLVED_COOKIE, httponly=True, samesite="strict")
        return answer

    @router.get("/uebungen/{number}")
    async def exercise(
        request: Request,
        parts: PartsOf,
        access: AccessOf,
        counter: CounterOf,
        number: Annotated[int, Path()],
    ) -> HTMLResponse:
        one = _exercise(number)
        places = await counter.look_up(lambda: places_of(parts.store, access, one.quotes))
        return _exercise_page(request, one, places, None, _solved(request))

    @router.post("/uebungen/{number}")
    async def solve(
        request: Request,
        parts: PartsOf,
        access: AccessOf,
        counter: CounterOf,
        number: Annotated[int, Path()],
        satz: Annotated[str, Form(max_length=10)] = "",
        loesung: Annotated[str, Form(max_length=10)] = "",
    ) -> HTMLResponse:
        one = _exercise(number)
        places = await counter.look_up(lambda: places_of(parts.store, access, one.quotes))
        offered = {str(n): n for n in range(1, len(one.sentences) + 1)}
        tried = _Tried(offered.get(satz), bool(loesung))
        solved = _solved(request) | ({number} if tried.is_right(one) else frozenset())
        answer = _exercise_page(request, one, places, tried, solved)
        answer.set_cookie(SOLVED_COOKIE, write_solved(solved), httponly=True, samesite="strict")
        return answer


def _exercise(number: int) -> Exercise:
    """Raises NotFound where there is no exercise of that number."""
    found = next((one for one in all_exercises() if one.number == number), None)
    if found is None:
        raise NotFound(problems.UNKNOWN)
    return found


def _solved(request: Request) -> frozenset[int]:
    return read_solved(request.cookies.get(SOLVED_COOKIE, ""))


def _exercise_page(
    request: Request,
    exercise: Exercise,
    places: list[Any],
    tried: _Tried | None,
    solved: frozenset[int],
) -> HTMLResponse:
    everything = all_exercises()
    found = tried is not None and tried.is_right(exercise)
    return _page(
        request,
        "uebung",
        "uebungen",
        uebung=exercise,
        anzahl=len(everything),
        stellen=places,
        versuch=tried,
        gefunden=found,
        aufgeloest=found or (tried is not None and tried.shows_solution),
        naechste=next((e.number for e in everything if e.number > exercise.number), None),
        geloest=solved,
    )


def _tour(parts: Parts, access: Access) -> dict[str, Any]:
    """Questions that the papers at hand answer, and a paper whose case can be looked at."""
    documents = parts.store.documents(access, current_only=True)
    asked = examples_from(documents)
    decided = results_of(documents)
    return {
        "fragen": {
            "nummer": next((text for text in asked if text.startswith("Wurde")), ""),
            "offen": next((text for text in asked if text.startswith("Worum")), ""),
        },
        "vorgang": f"Antrag {number_of(decided[-1])}" if decided else "",
        "leer": not documents,
    }


def _page(request: Request, template: str, way: str, **values: Any) -> HTMLResponse:
    return surface_of(request).page(
        request,
        f"lernen/{template}.html",
        hier=HERE,
        unter=way,
        unterwege=WAYS,
        form=Spelling(texts_of(request).language),
        **values,
    )
