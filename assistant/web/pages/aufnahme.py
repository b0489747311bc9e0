"""Files in: the form to upload them, and the jobs that read them, live."""

from __future__ import annotations

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.requests import ClientDisconnect

from assistant.upkeep.feeding import Feeder
from assistant.web.access import CounterOf, OperatorParts
from assistant.web.counter import CLIENT_GONE
from assistant.web.jobs import detail_of, found_job, receive, resumed_job
from assistant.web.pages.admin_page import admin_page, admin_part
from assistant.web.upload import MOST_FILES
from assistant.wire.jobs import JobDetailWire, job_wire
from assistant.wiring import Parts
from ingest.feeding.jobs import JobState
from ingest.intake import MAX_FILE_BYTES

SHOWN_JOBS = 50


def make_aufnahme() -> APIRouter:
    """The routes."""
    router = APIRouter()

    @router.get("/aufnahme")
    async def jobs(request: Request, parts: OperatorParts, counter: CounterOf) -> HTMLResponse:
        values = await counter.look_up(lambda: _jobs(parts))
        return admin_page(
            request,
            "verwaltung/aufnahme.html",
            "aufnahme",
            groesste=MAX_FILE_BYTES // 1024**2,
            meiste=MOST_FILES,
            **values,
        )

    @router.get("/aufnahme/auftraege")
    async def jobs_now(request: Request, parts: OperatorParts, counter: CounterOf) -> HTMLResponse:
        values = await counter.look_up(lambda: _jobs(parts))
        return admin_part(request, "verwaltung/teile/auftraege.html", **values)

    @router.post("/aufnahme")
    async def upload(request: Request, parts: OperatorParts, counter: CounterOf) -> Response:
        try:
            job = await receive(request, parts, counter)
        except ClientDisconnect:
            return Response(status_code=CLIENT_GONE)
        _feeder(request).wake()
        return _to(job.id)

    @router.get("/auftraege/{job_id}")
    async def job(
        job_id: str, request: Request, parts: OperatorParts, counter: CounterOf
    ) -> HTMLResponse:
        shown = await counter.look_up(lambda: _job(parts, job_id))
        return admin_page(request, "verwaltung/auftrag.html", "aufnahme", **_values(shown))

    @router.get("/auftraege/{job_id}/stand")
    async def job_now(
        job_id: str, request: Request, parts: OperatorParts, counter: CounterOf
    ) -> HTMLResponse:
        shown = await counter.look_up(lambda: _job(parts, job_id))
        return admin_part(request, "verwaltung/teile/auftrag.html", **_values(shown))

    @router.post("/auftraege/{job_id}/abbrechen")
    async def cancel(job_id: str, parts: OperatorParts, counter: CounterOf) -> Response:
        await counter.look_up(lambda: parts.jobs.cancel(found_job(parts, job_id)))
        return _to(job_id)

    @router.post("/auftraege/{job_id}/fortsetzen")
    async def resume(
        job_id: str, request: Request, parts: OperatorParts, counter: CounterOf
    ) -> Response:
        await counter.look_up(lambda: resumed_job(parts, job_id))
        _feeder(request).wake()
        return _to(job_id)

    return router


def _to(job_id: str) -> Response:
    """To the page of a job, which shows by its state what the action did."""
    return RedirectResponse(f"/verwaltung/auftraege/{job_id}", 303)


def _feeder(request: Request) -> Feeder:
    return cast(Feeder, request.app.state.feeder)


def _jobs(parts: Parts) -> dict[str, Any]:
    found = [job_wire(job) for job in parts.jobs.jobs(parts.mandant, SHOWN_JOBS)]
    states = [job.state for job in found]
    names = {job.job_id: [p.name for p in parts.jobs.paths(job.job_id)] for job in found}
    return {
        "auftraege": found,
        "dateien": names,
        "laufende": states.count(JobState.LAEUFT.value),
        "wartende": states.count(JobState.WARTEND.value),
    }


def _job(parts: Parts, job_id: str) -> JobDetailWire:
    return detail_of(parts, found_job(parts, job_id))


def _values(shown: JobDetailWire) -> dict[str, Any]:
    return {"auftrag": shown, "offen": not JobState(shown.state).ended}
