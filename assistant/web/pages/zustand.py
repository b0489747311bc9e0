"""Health: how long answers take, how fresh each source is, disk, memory, programs and walls."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.upkeep.house_state import house_state
from assistant.upkeep.question_counts import QuestionCounts, question_counts
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.charts import Chart, line_chart
from assistant.web.pages.admin_page import admin_page
from assistant.web.spelling import Spelling
from assistant.web.surface import texts_of
from assistant.wiring import Parts
from index.types import Access


def make_zustand() -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.get("/zustand")
    async def health(
        request: Request, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        form = Spelling(texts_of(request).language)
        values = await counter.look_up(lambda: _values(parts, access, form))
        return admin_page(request, "verwaltung/zustand.html", "zustand", **values)

    return router


def _values(parts: Parts, access: Access, form: Spelling) -> dict[str, Any]:
    counts = question_counts(parts.audit.entries(), parts.mandant, date.today())
    lines, head = parts.audit.head()
    return {
        "haus": house_state(parts, access),
        "fragen": counts,
        "dauer": latency_chart(counts, form),
        "nachweis_zeilen": lines,
        "nachweis_kopf": head,
        "nachweis_fehler": parts.audit.verify(),
    }


def latency_chart(counts: QuestionCounts, form: Spelling) -> Chart | None:
    """Seconds that half and nineteen of twenty questions took, week by week."""
    if counts.latency is None:
        return None
    found = [week.latency for week in counts.weeks]
    return line_chart(
        [form.short_day(week.monday) for week in counts.weeks],
        [
            [one.median / 1000 if one else None for one in found],
            [one.p_ninety_five / 1000 if one else None for one in found],
        ],
    )
