"""What people said of single sentences: the list, the questions made of it, one taken off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from assistant.errors import NotFound
from assistant.feedback import FeedbackBook, Grund
from assistant.upkeep.feedback_list import (
    WeekOfFeedback,
    feedback_counts,
    feedback_page,
    questions_given,
)
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.charts import Chart, bar_chart
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page
from assistant.web.spelling import Spelling
from assistant.wiring import Parts
from index.types import Access

HERE = "/verwaltung/qualitaet/rueckmeldungen"


def make_rueckmeldungen() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/qualitaet/rueckmeldungen")
    async def entries(
        request: Request,
        parts: OperatorParts,
        access: AccessOf,
        counter: CounterOf,
        grund: str = "",
        seite: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> HTMLResponse:
        wanted = Grund(grund) if grund in set(Grund) else None
        book = FeedbackBook(parts.home)
        found = await counter.look_up(
            lambda: feedback_page(parts.store, access, book.of(parts.mandant), wanted, seite)
        )
        return admin_page(
            request,
            "verwaltung/rueckmeldungen.html",
            "qualitaet",
            fund=found,
            grund=wanted,
            gruende=tuple(Grund),
        )

    @router.get("/qualitaet/rueckmeldungen/fragen.jsonl")
    async def questions(parts: OperatorParts, access: AccessOf, counter: CounterOf) -> Response:
        book = FeedbackBook(parts.home)
        named = 'attachment; filename="rueckmeldungen.jsonl"'
        return Response(
            await counter.look_up(
                lambda: questions_given(parts.store, access, book.of(parts.mandant))
            ),
            media_type="application/jsonl; charset=utf-8",
            headers={"content-disposition": named},
        )

    @router.post("/qualitaet/rueckmeldungen/loeschen")
    async def remove(
        parts: OperatorParts,
        counter: CounterOf,
        eintrag: Annotated[str, Form(max_length=100)],
        grund: Annotated[str, Form(max_length=100)] = "",
    ) -> Response:
        book = FeedbackBook(parts.home)
        if not await counter.look_up(lambda: book.remove(eintrag, parts.mandant)):
            raise NotFound(problems.UNKNOWN)
        back = f"{HERE}?grund={grund}" if grund in set(Grund) else HERE
        return go_on(back, "rueckmeldung_geloescht")

    return router


def feedback_values(parts: Parts, access: Access, form: Spelling) -> dict[str, Any]:
    """What the page on quality tells of them: their figures and a chart."""
    known = FeedbackBook(parts.home).of(parts.mandant)
    counts = feedback_counts(parts.store, access, known, date.today())
    return {"zahlen": counts, "gruende": tuple(Grund), "bild": feedback_chart(counts.weeks, form)}


def feedback_chart(weeks: tuple[WeekOfFeedback, ...], form: Spelling) -> Chart:
    """What was said in each week, by reason."""
    return bar_chart(
        [form.short_day(week.monday) for week in weeks],
        [[week.said[grund] for week in weeks] for grund in Grund],
    )
