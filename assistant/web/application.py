"""The whole web application: routes, what they share, and what runs beside them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from assistant.api import router
from assistant.searching.register import Register
from assistant.upkeep.feeding import Feeder
from assistant.upkeep.generation_work import GenerationWork
from assistant.viewing.drawing import PageDrawer
from assistant.viewing.original import Originals
from assistant.web import problems
from assistant.web.access import access_of, usual_access
from assistant.web.counter import Counter
from assistant.web.drafts import make_drafts
from assistant.web.files import serve_files
from assistant.web.jobs import make_jobs
from assistant.web.pages.case import make_case
from assistant.web.pages.document import make_document_pages
from assistant.web.pages.drafting import make_drafting
from assistant.web.pages.learning import make_learning
from assistant.web.pages.look import make_look
from assistant.web.pages.questions import make_questions
from assistant.web.pages.review import make_review_pages
from assistant.web.pages.search import make_search
from assistant.web.pages.statements import make_statements
from assistant.web.pages.verwaltung import make_verwaltung
from assistant.web.plain import make_plain
from assistant.web.review import make_review
from assistant.web.runs import Runs
from assistant.web.seal import Sealer
from assistant.web.shield import Shield
from assistant.web.surface import Room, Surface
from assistant.wire.status import program_version
from assistant.wiring import Parts
from index.errors import StoreError
from models.errors import ModelError

ROOMS = (
    Room("fragen", "/"),
    Room("suche", "/suche"),
    Room("entwurf", "/entwurf"),
    Room("pruefung", "/pruefung"),
    Room("verwaltung", "/verwaltung"),
    Room("lernen", "/lernen"),
)
"""The pages of the main navigation."""

logger = logging.getLogger(__name__)


def make_app(parts: Parts, *, warm_up: bool = True, most_questions: int | None = None) -> Any:
    """The whole web application over `parts`, behind its shield.

    With `warm_up`, the models load in the background while the page is already there. Jobs that an
    earlier server left go on.
    """
    counter = Counter(most_questions) if most_questions else Counter()
    feeder = Feeder(parts)
    drawer = PageDrawer()
    register = Register()
    generations = GenerationWork(parts)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if warm_up:
            counter.in_background(lambda: _warm_up(parts))
            counter.in_background(lambda: _read_register(parts, register))
        feeder.start()
        yield
        generations.stop()
        feeder.stop()
        drawer.close()
        counter.close()

    app = FastAPI(
        title="Aktenkundig",
        summary="Antworten aus den eigenen Akten, jeder Satz mit Beleg",
        version=program_version(),
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses={
            status: {"model": problems.Problem, "description": problems.TITLES[status]}
            for status in (404, 409, 413, 422, 429, 500, 503)
        },
    )
    app.state.parts = parts
    app.state.counter = counter
    app.state.runs = Runs(counter)
    app.state.feeder = feeder
    app.state.generations = generations
    app.state.sealer = Sealer(parts.mandant)
    app.state.drawer = drawer
    app.state.originals = Originals(parts)
    problems.install(app)
    for make in (make_jobs, make_plain, make_drafts, make_review):
        app.include_router(make(access_of))  # before the route that knows no address
    app.include_router(router)
    for make_pages in (
        make_look,
        make_document_pages,
        make_drafting,
        make_review_pages,
        make_verwaltung,
        make_learning,
        make_statements,
    ):
        app.include_router(make_pages())
    app.include_router(make_questions(parts))
    for make_found in (make_search, make_case):
        app.include_router(make_found(register))
    app.state.surface = Surface(parts.mandant, ROOMS, serve_files(app))
    problems.describe_in(app)
    return Shield(app)


def _warm_up(parts: Parts) -> None:
    try:
        parts.warm_up()
    except ModelError as error:
        logger.warning("%s: %s", error.code, error)


def _read_register(parts: Parts, register: Register) -> None:
    """So that the first search need not wait for it: seconds at 10,000 papers."""
    try:
        with parts.store.snapshot():
            register.view(parts.store, usual_access(parts))
    except StoreError as error:
        logger.warning("%s: %s", error.code, error)
