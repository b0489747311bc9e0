"""All routes of questions, for the application to take in at once."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.web.pages.answer_files import make_answer_files
from assistant.web.pages.answer_stream import make_answer_stream
from assistant.web.pages.fragen import make_fragen
from assistant.web.pages.sentence_feedback import make_sentence_feedback
from assistant.wiring import Parts


def make_questions(parts: Parts) -> APIRouter:
    """The start, a page for each question, its stream, its files, feedback on its sentences."""
    router = APIRouter(include_in_schema=False)
    router.include_router(make_fragen(parts.store, parts.mandant))
    for make in (make_answer_stream, make_answer_files, make_sentence_feedback):
        router.include_router(make())
    return router
