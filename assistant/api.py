"""HTTP: the same answers as on the command line, as JSON under /api/.

Who asks, and what that person may see, is decided in `assistant/web/access.py` alone.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant import desk
from assistant.errors import AssistantError, NotFound
from assistant.excerpt import ExcerptWire, excerpt
from assistant.types import Answer, Citation, Claim, Reference
from assistant.web import problems
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.answering import work_of
from assistant.web.counter import CLIENT_GONE, Abandoned, Event, Ticket, Work
from assistant.web.run import Asking
from assistant.web.seal import Sealer
from assistant.wire.answers import (
    ReferenceWire,
    SearchWire,
    StampedAnswerWire,
    citation_wire,
    claim_wire,
    stamped_answer_wire,
)
from assistant.wire.papers import DocumentsWire, PaperWire, ShowWire, paper_wire
from assistant.wire.status import StatusWire, status_wire
from assistant.wiring import Parts
from index.errors import StoreError
from index.types import Access
from models.errors import ModelError

EVENT_STREAM = "text/event-stream"


class AskBody(BaseModel):
    """Eine Frage."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        min_length=1, max_length=desk.LONGEST_QUESTION, description="Die Frage auf Deutsch"
    )
    generator: bool = Field(default=True, description="false: nur Belege, keine Sätze")
    freely: bool = Field(
        default=False, description="true: im Wortlaut suchen, gleich welcher Art die Frage scheint"
    )
    before: ReferenceWire | None = Field(
        default=None,
        description="`reference` der vorigen Antwort, für Rückfragen",
    )


router = APIRouter(prefix="/api")


@router.post(
    "/ask",
    summary="Beantwortet eine Frage",
    response_model=StampedAnswerWire,
    responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
async def ask(
    body: AskBody, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
) -> Response | StampedAnswerWire:
    """Antwortet als JSON, oder mit `Accept: text/event-stream` wie `/api/ask/stream`."""
    ticket = counter.admit()
    if EVENT_STREAM in request.headers.get("accept", ""):
        return _stream(ticket, body, request, parts, access)
    try:
        async for event in ticket.run(_work(body, parts, access), request.is_disconnected):
            if event.name == "result":
                return _sealed(request, cast(Answer, event.payload))
    except Abandoned:
        pass
    return Response(status_code=CLIENT_GONE)


@router.post(
    "/ask/stream",
    summary="Beantwortet eine Frage, Satz für Satz",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
async def ask_stream(
    body: AskBody, request: Request, parts: PartsOf, counter: CounterOf, access: AccessOf
) -> StreamingResponse:
    """Sendet Ereignisse: understood, evidence, claim (je geprüftem Satz), answer; oder error."""
    return _stream(counter.admit(), body, request, parts, access)


@router.get("/search", summary="Sucht Textstellen")
async def search(
    parts: PartsOf,
    counter: CounterOf,
    access: AccessOf,
    text: Annotated[str, Query(min_length=1, max_length=desk.LONGEST_QUESTION)],
    k: Annotated[int, Query(ge=1, le=desk.MOST_HITS)] = 10,
) -> SearchWire:
    """Findet Textstellen nach Wortlaut und Bedeutung, die beste zuerst."""
    return await counter.look_up(lambda: desk.find(parts, text, access, k))


@router.get("/documents", summary="Das Register")
async def documents(parts: PartsOf, counter: CounterOf, access: AccessOf) -> DocumentsWire:
    """Alle Dokumente, nach Quelle geordnet."""
    return await counter.look_up(lambda: desk.register(parts, access))


@router.get("/documents/{document_id}", summary="Ein Dokument")
async def document(
    document_id: str, parts: PartsOf, counter: CounterOf, access: AccessOf
) -> PaperWire:
    """Die Kopfdaten eines Dokuments."""
    found = await counter.look_up(lambda: parts.store.summaries(access, [document_id]))
    if document_id not in found:
        raise NotFound(problems.UNKNOWN)
    return paper_wire(found[document_id])


@router.get("/documents/{document_id}/text", summary="Eine Stelle im Wortlaut")
async def document_text(
    document_id: str,
    parts: PartsOf,
    counter: CounterOf,
    access: AccessOf,
    start: Annotated[int, Query(ge=0)],
    end: Annotated[int, Query(ge=0)],
) -> ExcerptWire:
    """Die Worte von `start` bis `end` mit dem Text davor und danach."""
    found = await counter.look_up(lambda: parts.store.document(access, document_id))
    if found is None:
        raise NotFound(problems.UNKNOWN)
    return excerpt(found, start, end)


@router.get("/show/{number:path}", summary="Was unter einer Nummer vorliegt")
async def show(number: str, parts: PartsOf, counter: CounterOf, access: AccessOf) -> ShowWire:
    """Papiere, Beratungsfolge, Ergebnis und Erwähnungen; sonst ähnliche Nummern."""
    return await counter.look_up(lambda: desk.show(parts, number, access))


@router.get("/status", summary="Stand des Index")
async def status(parts: PartsOf, counter: CounterOf, access: AccessOf) -> StatusWire:
    """Zähler und Stand."""
    counts = await counter.look_up(lambda: parts.store.status(access))
    return status_wire(counts, parts.mandant)


@router.api_route(
    "/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
)
async def unknown(rest: str) -> None:
    """Any other address: the same answer as for a document one may not see."""
    raise NotFound(problems.UNKNOWN)


def _reference(body: AskBody) -> Reference | None:
    known = body.before
    return Reference(tuple(known.papers), known.kind, known.listed) if known else None


def _work(body: AskBody, parts: Parts, access: Access) -> Work[Answer]:
    asking = Asking(body.text, body.generator, body.freely, _reference(body))
    return work_of(parts, asking, access)


def _stream(
    ticket: Ticket, body: AskBody, request: Request, parts: Parts, access: Access
) -> StreamingResponse:
    async def events() -> AsyncIterator[str]:
        try:
            async for event in ticket.run(_work(body, parts, access), request.is_disconnected):
                yield _event_text(*_wire_event(event, request))
        except Abandoned:
            return
        except (AssistantError, ModelError, StoreError) as error:
            yield _event_text("error", problems.of_error(error))

    return StreamingResponse(events(), media_type=EVENT_STREAM)


def _wire_event(event: Event, request: Request) -> tuple[str, object]:
    if event.name == "evidence":
        found = cast("tuple[Citation, ...]", event.payload)
        return "evidence", {"citations": [citation_wire(c).model_dump() for c in found]}
    if event.name == "claim":
        claim, cited = cast("tuple[Claim, tuple[Citation, ...]]", event.payload)
        return "claim", {
            "claim": claim_wire(claim).model_dump(),
            "citations": [citation_wire(c).model_dump() for c in cited],
        }
    if event.name == "result":
        return "answer", _sealed(request, cast(Answer, event.payload)).model_dump()
    return event.name, event.payload


def _sealed(request: Request, answer: Answer) -> StampedAnswerWire:
    sealer = cast(Sealer, request.app.state.sealer)
    return stamped_answer_wire(answer, sealer.seal(answer.kind, answer.claims))


def _event_text(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, default=str)}\n\n"
