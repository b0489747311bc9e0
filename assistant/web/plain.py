"""HTTP: an answer that was given, once more in Einfache Sprache; made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from assistant import desk
from assistant.errors import InputInvalid
from assistant.plain.rendering import Rendering
from assistant.web.counter import CLIENT_GONE, Abandoned, Counter
from assistant.web.seal import Sealer
from assistant.wire.plain import PlainBody, PlainWire, claims_of, plain_wire
from assistant.wiring import Parts
from index.types import Access

UNKNOWN_ANSWER = (
    "Diese Antwort stammt nicht von diesem Dienst, oder er wurde seitdem neu gestartet. "
    "Bitte stellen Sie die Frage noch einmal."
)


def make_plain(access_of: Callable[[Request], Access]) -> APIRouter:
    """The route over the parts and the sealer of the application's state."""
    router = APIRouter(prefix="/api", dependencies=[Depends(access_of)])

    @router.post(
        "/plain", summary="Sagt eine Antwort in Einfacher Sprache", response_model=PlainWire
    )
    async def plain(body: PlainBody, request: Request) -> Response | PlainWire:
        """Teilt Sätze, schreibt Abkürzungen aus, erklärt Fachwörter; nichts wird hinzugefügt."""
        parts = cast(Parts, request.app.state.parts)
        counter = cast(Counter, request.app.state.counter)
        sealer = cast(Sealer, request.app.state.sealer)
        claims = claims_of(body)
        if not sealer.fits(body.seal, body.kind, claims):
            raise InputInvalid(UNKNOWN_ANSWER)

        def work(
            on_event: Callable[[str, object], None], cancelled: Callable[[], bool]
        ) -> Rendering:
            return desk.say_plainly(
                parts, claims, body.kind, use_generator=body.generator, cancelled=cancelled
            )

        if not body.generator or parts.generator is None:
            return plain_wire(await counter.look_up(lambda: work(_ignore, lambda: False)))
        try:
            async for event in counter.admit().run(work, request.is_disconnected):
                if event.name == "result":
                    return plain_wire(cast(Rendering, event.payload))
        except Abandoned:
            pass
        return Response(status_code=CLIENT_GONE)

    return router


def _ignore(name: str, payload: object) -> None:
    """Takes an event and does nothing."""
