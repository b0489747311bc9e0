"""Jobs over HTTP: upload files, see how far a job is, cancel and resume it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.requests import ClientDisconnect

from assistant.errors import InputInvalid, NotFound, SpoolUnwritable
from assistant.upkeep.feeding import Feeder
from assistant.upkeep.originals import keep, source_of
from assistant.web import problems
from assistant.web.counter import CLIENT_GONE, Counter
from assistant.web.upload import FIELD, MOST_FILES, Received, Receiver
from assistant.wire.jobs import JobDetailWire, JobsWire, job_detail_wire, job_wire
from assistant.wiring import Parts
from index.types import Access
from ingest.feeding.job_book import new_job_id
from ingest.feeding.jobs import Job, JobOrigin, JobPath, JobState
from ingest.intake import MAX_FILE_BYTES

ACCEPTED = 202
PIECE_BYTES = 1024 * 1024
"""So much of an upload is handed to the thread that writes it."""
TELL_EVERY_S = 0.5
SIGN_OF_LIFE_S = 15.0
EVENT_STREAM = "text/event-stream"

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "array",
                            "maxItems": MOST_FILES,
                            "items": {"type": "string", "format": "binary"},
                            "description": f"Je Datei höchstens {MAX_FILE_BYTES // 1024**2} MiB",
                        }
                    },
                }
            }
        },
    }
}


def make_jobs(access_of: Callable[[Request], Access]) -> APIRouter:
    """The routes. They are for who may see all of a Mandant: jobs name files of every kind."""
    router = APIRouter(prefix="/api")

    def parts_for(request: Request, access: Access = Depends(access_of)) -> Parts:
        parts = cast(Parts, request.app.state.parts)
        if access != Access.operator(parts.mandant):
            raise NotFound(problems.UNKNOWN)
        return parts

    _taking_in(router, parts_for)
    _reading(router, parts_for)
    _changing(router, parts_for)
    return router


def _taking_in(router: APIRouter, parts_for: Callable[..., Parts]) -> None:
    @router.post(
        "/documents",
        summary="Lädt Dateien hoch",
        status_code=ACCEPTED,
        response_model=JobDetailWire,
        openapi_extra=_FORM,
    )
    async def upload(request: Request, parts: Parts = Depends(parts_for)) -> Response:
        """Nimmt Dateien an und liest sie als Auftrag ein; was nicht lesbar ist, nennt der Auftrag.

        Die Dateien bleiben im Datenordner, bis ihr Dokument gelöscht wird.
        """
        counter = _counter(request)
        try:
            job = await receive(request, parts, counter)
        except ClientDisconnect:
            return Response(status_code=CLIENT_GONE)
        _feeder(request).wake()
        shown = await counter.look_up(lambda: detail_of(parts, job))
        return Response(
            shown.model_dump_json(),
            ACCEPTED,
            media_type="application/json",
            headers={"Location": f"/api/jobs/{job.id}"},
        )


def _reading(router: APIRouter, parts_for: Callable[..., Parts]) -> None:
    @router.get("/jobs", summary="Die Aufträge")
    async def jobs(
        request: Request,
        parts: Parts = Depends(parts_for),
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> JobsWire:
        """Alle Aufträge zum Einlesen, der neueste zuerst; auch die der Befehlszeile."""
        found = await _counter(request).look_up(lambda: parts.jobs.jobs(parts.mandant, limit))
        return JobsWire(jobs=[job_wire(job) for job in found])

    @router.get("/jobs/{job_id}", summary="Ein Auftrag")
    async def job(
        job_id: str, request: Request, parts: Parts = Depends(parts_for)
    ) -> JobDetailWire:
        """Stand, Zähler und was nicht eingelesen werden konnte."""
        return await _counter(request).look_up(lambda: detail_of(parts, found_job(parts, job_id)))

    @router.get(
        "/jobs/{job_id}/events",
        summary="Verfolgt einen Auftrag",
        response_class=StreamingResponse,
        responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
    )
    async def events(
        job_id: str, request: Request, parts: Parts = Depends(parts_for)
    ) -> StreamingResponse:
        """Sendet `progress` bei jeder Änderung und zum Schluss `ended`, je mit dem Auftrag."""
        counter = _counter(request)
        await counter.look_up(lambda: found_job(parts, job_id))
        return StreamingResponse(_tell(parts, counter, job_id), media_type=EVENT_STREAM)


def _changing(router: APIRouter, parts_for: Callable[..., Parts]) -> None:
    @router.post("/jobs/{job_id}/cancel", summary="Bricht einen Auftrag ab")
    async def cancel(
        job_id: str, request: Request, parts: Parts = Depends(parts_for)
    ) -> JobDetailWire:
        """Ein wartender Auftrag endet sofort, ein laufender in Kürze; Gespeichertes bleibt."""
        return await _counter(request).look_up(
            lambda: detail_of(parts, parts.jobs.cancel(found_job(parts, job_id)))
        )

    @router.post("/jobs/{job_id}/resume", summary="Setzt einen Auftrag fort")
    async def resume(
        job_id: str, request: Request, parts: Parts = Depends(parts_for)
    ) -> JobDetailWire:
        """Stellt einen beendeten Auftrag wieder an; Unverändertes wird dabei nur verglichen."""
        shown = await _counter(request).look_up(
            lambda: detail_of(parts, resumed_job(parts, job_id))
        )
        _feeder(request).wake()
        return shown


def _counter(request: Request) -> Counter:
    return cast(Counter, request.app.state.counter)


def _feeder(request: Request) -> Feeder:
    return cast(Feeder, request.app.state.feeder)


def found_job(parts: Parts, job_id: str) -> Job:
    """A job of the Mandant.

    Raises:
        NotFound: there is none of this id.
    """
    job = parts.jobs.find(parts.mandant, job_id)
    if job is None:
        raise NotFound(problems.UNKNOWN)
    return job


def resumed_job(parts: Parts, job_id: str) -> Job:
    """Lets an ended job wait for its turn again.

    Raises:
        InputInvalid: it has not ended.
    """
    job = found_job(parts, job_id)
    if not job.state.ended:
        raise InputInvalid("Der Auftrag wartet oder läuft schon; fortzusetzen ist nichts.")
    return parts.jobs.resume(job)


def detail_of(parts: Parts, job: Job) -> JobDetailWire:
    """A job with its files and refusals."""
    return job_detail_wire(job, parts.jobs.paths(job.id), parts.jobs.refusals(job.id))


async def receive(request: Request, parts: Parts, counter: Counter) -> Job:
    """Puts the files of a request into the data home and enters a job for them.

    Raises:
        ClientDisconnect: the sender went away; nothing is kept.
    """
    header = request.headers.get("content-type", "")
    receiver = await counter.look_up(lambda: Receiver(parts.home, header))
    try:
        pending = bytearray()
        async for piece in request.stream():
            pending += piece
            if len(pending) >= PIECE_BYTES:
                await _feed(counter, receiver, pending)
        await _feed(counter, receiver, pending)
        return await counter.look_up(lambda: _enter(parts, receiver.finish()))
    finally:
        await counter.look_up(receiver.discard)


async def _feed(counter: Counter, receiver: Receiver, pending: bytearray) -> None:
    piece = bytes(pending)
    pending.clear()
    if piece:
        await counter.look_up(lambda: receiver.feed(piece))


def _enter(parts: Parts, files: Sequence[Received]) -> Job:
    job_id = new_job_id()
    try:
        paths = [
            JobPath(
                keep(parts.home, parts.mandant, file.path, file.sha256),
                source_of(job_id, file.name),
            )
            for file in files
        ]
    except OSError as error:
        raise SpoolUnwritable(
            f"Die Dateien lassen sich nicht ablegen ({error.strerror}). Bitte Speicherplatz und "
            "Rechte des Datenordners prüfen."
        ) from error
    return parts.jobs.create(parts.mandant, JobOrigin.HOCHGELADEN, paths, job_id=job_id)


async def _tell(parts: Parts, counter: Counter, job_id: str) -> AsyncIterator[str]:
    """The job's state whenever it has changed; a comment now and then keeps the line open."""
    told = ""
    silent_s = 0.0
    while True:
        try:
            shown = await counter.look_up(lambda: detail_of(parts, found_job(parts, job_id)))
        except NotFound:
            return
        if JobState(shown.state).ended:
            yield _event("ended", shown.model_dump())
            return
        now = _event("progress", shown.model_dump(exclude={"paths", "quarantined"}))
        if now != told:
            told, silent_s = now, 0.0
            yield now
        elif silent_s >= SIGN_OF_LIFE_S:
            silent_s = 0.0
            yield ": wartet\n\n"
        await asyncio.sleep(TELL_EVERY_S)
        silent_s += TELL_EVERY_S


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
