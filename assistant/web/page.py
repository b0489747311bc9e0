"""The one page: a question, its streaming answer, and the words it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.desk import LONGEST_QUESTION
from assistant.wire.status import number_of, program_version
from index.store import Store
from index.types import Access, DocumentSummary

HERE = Path(__file__).resolve().parent


def examples_from(documents: Sequence[DocumentSummary]) -> tuple[str, ...]:
    """Questions that the papers at hand answer: one about a result, an applicant, a subject."""
    antraege = _valid(documents, "Antrag")
    decided = [entry for entry in antraege if entry.kopfdaten.ergebnis]
    signed = [entry for entry in antraege if entry.kopfdaten.antragsteller]
    asked = (
        ("Wurde der Antrag {} beschlossen?", decided),
        ("Wer hat den Antrag {} gestellt?", signed),
        ("Worum geht es in der Vorlage {}?", _valid(documents, "Vorlage")),
    )
    return tuple(question.format(number_of(papers[-1])) for question, papers in asked if papers)


def _valid(documents: Sequence[DocumentSummary], art: str) -> list[DocumentSummary]:
    """The valid papers of an art that bear a number."""
    return [
        entry
        for entry in documents
        if entry.superseded_by is None
        and number_of(entry) is not None
        and entry.kopfdaten.art is not None
        and entry.kopfdaten.art.value == art
    ]


def make_page(store: Store, mandant: str) -> APIRouter:
    """The route of the page for one Mandant. Its examples name public papers only."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("frage.html")
    public = Access(frozenset({mandant}))

    @lru_cache(maxsize=1)
    def html(generation: int) -> str:
        documents = store.documents(public)
        return template.render(
            mandant=mandant,
            examples=examples_from(documents),
            empty=store.status(Access.operator(mandant)).documents == 0,
            longest=LONGEST_QUESTION,
            version=program_version(),
        )

    router = APIRouter()

    @router.get("/", include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse(html(store.generation(public)))

    return router
