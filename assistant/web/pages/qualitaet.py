"""How well is answered: questions left open, what people said, the evaluation over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from assistant.errors import InputInvalid
from assistant.upkeep.kept_runs import (
    FigureCourse,
    KeptRun,
    courses_of,
    forget_run,
    keep_run,
    kept_runs,
)
from assistant.upkeep.question_counts import QuestionCounts, question_counts
from assistant.web.access import AccessOf, CounterOf, OperatorParts
from assistant.web.charts import Chart, bar_chart, line_chart
from assistant.web.notices import go_on
from assistant.web.pages.admin_page import admin_page
from assistant.web.pages.rueckmeldungen import feedback_values
from assistant.web.spelling import Spelling
from assistant.web.surface import texts_of
from assistant.wiring import Parts
from index.types import Access

HERE = "/verwaltung/qualitaet"


def make_qualitaet() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/qualitaet")
    async def quality(
        request: Request, parts: OperatorParts, access: AccessOf, counter: CounterOf
    ) -> HTMLResponse:
        form = Spelling(texts_of(request).language)
        values = await counter.look_up(lambda: _values(parts, access, form))
        return admin_page(request, "verwaltung/qualitaet.html", "qualitaet", **values)

    @router.post("/qualitaet/auswertungen")
    async def keep(parts: OperatorParts, counter: CounterOf, lauf: UploadFile) -> Response:
        raw = await lauf.read()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise InputInvalid("Die Datei ist kein Text in UTF-8.") from None
        kept = await counter.look_up(lambda: keep_run(parts.home, parts.mandant, text))
        return go_on(HERE, "auswertung_abgelegt", n=len(kept.figures))

    @router.post("/qualitaet/auswertungen/entfernen")
    async def forget(
        parts: OperatorParts, counter: CounterOf, lauf: Annotated[str, Form(max_length=200)]
    ) -> Response:
        await counter.look_up(lambda: forget_run(parts.home, parts.mandant, lauf))
        return go_on(HERE, "auswertung_entfernt")

    return router


def _values(parts: Parts, access: Access, form: Spelling) -> dict[str, Any]:
    counts = question_counts(parts.audit.entries(), parts.mandant, date.today())
    runs, broken = kept_runs(parts.home, parts.mandant)
    names = list(dict.fromkeys(name for run in reversed(runs) for name in run.figures))
    return {
        "fragen": counts,
        "verlauf": weekly_chart(counts, form),
        "rueckmeldungen": feedback_values(parts, access, form),
        "laeufe": list(reversed(runs)),
        "kaputt": broken,
        "saetze": [(name, drawn(runs, name, form)) for name in names],
    }


def weekly_chart(counts: QuestionCounts, form: Spelling) -> Chart:
    """How the questions of each week ended."""
    weeks = counts.weeks
    return bar_chart(
        [form.short_day(week.monday) for week in weeks],
        [
            [week.ended.beantwortet for week in weeks],
            [week.ended.rueckfrage for week in weeks],
            [week.ended.nicht_belegt for week in weeks],
        ],
    )


def drawn(runs: Sequence[KeptRun], name: str, form: Spelling) -> list[tuple[FigureCourse, Chart]]:
    """Each figure of a question set with its chart."""
    found = []
    for course in courses_of(runs, name):
        days = [form.short_day(datetime.fromisoformat(one.run.at).date()) for one in course.values]
        shares = [one.ratio.share if one.ratio else None for one in course.values]
        found.append((course, line_chart(days, [shares], 1.0)))
    return found
