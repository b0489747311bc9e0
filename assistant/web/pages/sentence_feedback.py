"""Feedback on one sentence: a thumb, or a reason with a remark; taken back as easily as given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from assistant.feedback import LONGEST_COMMENT, FeedbackBook, Grund, feedback_on
from assistant.web.access import AccessOf, CounterOf, PartsOf
from assistant.web.pages.fragen import gone, opened
from assistant.web.run import Run
from assistant.web.surface import surface_of, wants_part

PATH = "/fragen/{ident}/saetze/{number}"


def make_sentence_feedback() -> APIRouter:
    """The routes; what a run was told of its sentences stands with the run."""
    router = APIRouter(include_in_schema=False)

    _asking(router)
    _saying(router)
    return router


def _asking(router: APIRouter) -> None:
    @router.get(PATH)
    async def ask(
        ident: str,
        number: int,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or run.answer is None or not 1 <= number <= len(run.claims):
            return gone(request)
        part = wants_part(request)
        template = "teile/rueckmeldung_form.html" if part else "rueckmeldung.html"
        return surface_of(request).page(
            request,
            template,
            hier="fragen",
            lauf=run,
            nummer=number,
            satz=run.claims[number - 1],
            gruende=[grund for grund in Grund if grund is not Grund.STIMMT],
            laengste=LONGEST_COMMENT,
        )


def _saying(router: APIRouter) -> None:
    """What is said of a sentence, and taken back."""

    @router.post(PATH)
    async def give(
        ident: str,
        number: int,
        grund: Annotated[Grund, Form()],
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
        kommentar: Annotated[str, Form()] = "",
        mit_frage: Annotated[bool, Form()] = False,
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None or run.answer is None:
            return gone(request)
        question = run.asking.text if mit_frage else ""
        entry = feedback_on(run.answer, number, parts.mandant, grund, kommentar, question)
        book = FeedbackBook(parts.home)
        before = run.feedback.get(number)

        def keep() -> None:
            if before is not None:
                book.remove(before.ident, parts.mandant)
            book.add(entry)

        await counter.look_up(keep)
        run.feedback[number] = entry
        return _row(request, run, number)

    @router.post(f"{PATH}/zuruecknehmen")
    async def take_back(
        ident: str,
        number: int,
        request: Request,
        parts: PartsOf,
        counter: CounterOf,
        access: AccessOf,
    ) -> Response:
        run = await opened(ident, request, parts, counter, access)
        if run is None:
            return gone(request)
        entry = run.feedback.pop(number, None)
        if entry is not None:
            book = FeedbackBook(parts.home)
            await counter.look_up(lambda: book.remove(entry.ident, parts.mandant))
        return _row(request, run, number)


def _row(request: Request, run: Run, number: int) -> Response:
    """The row below the sentence, or the page it stands on."""
    if not wants_part(request):
        return RedirectResponse(f"/fragen/{run.ident}#satz-{number}", 303)
    return surface_of(request).part(
        request, "teile/rueckmeldung.html", lauf=run, nummer=number, nachgereicht=True
    )
