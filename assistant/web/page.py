"""The one page: a question, its streaming answer, and the words it stands on."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.desk import LONGEST_QUESTION
from assistant.wire import program_version

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"

EXAMPLES = (
    "Wurde der Antrag 15/12 beschlossen?",
    "Wer hat den Antrag 15/12 gestellt?",
    "Warum soll der Facharbeitskreis eingerichtet werden?",
)


def make_page(mandant: str) -> APIRouter:
    """The route of the page for one Mandant."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    html = environment.get_template("frage.html").render(
        mandant=mandant,
        examples=EXAMPLES,
        longest=LONGEST_QUESTION,
        version=program_version(),
    )
    router = APIRouter()

    @router.get("/", include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse(html)

    @router.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        icon = (STATIC / "zeichen.svg").read_bytes()
        return Response(icon, media_type="image/svg+xml")

    return router
