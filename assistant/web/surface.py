"""How a page is put together: templates, words, the look that the person chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.texts import DEFAULT, LANGUAGES, Texts, texts_in
from assistant.wire.status import program_version

HERE = Path(__file__).resolve().parent

LANGUAGE_COOKIE = "sprache"
COLOURS_COOKIE = "farben"
COLOURS = ("auto", "hell", "dunkel", "kontrast")
_KERN_THEMES = {"hell": "light", "dunkel": "dark", "kontrast": "dark"}

HTMX_HEADER = "hx-request"


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the main navigation; its name is the text `seite.weg.<key>`."""

    key: str
    path: str


class Surface:
    """Renders pages and parts of pages for one Mandant."""

    def __init__(self, mandant: str, rooms: tuple[Room, ...], files: str) -> None:
        """Takes the pages of the main navigation in their order, and the address of the files."""
        self._mandant = mandant
        self._rooms = rooms
        self._files = files
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["pfad"] = lambda text: quote(str(text), safe="")
        self._environment.filters["datum"] = german_date
        self._environment.filters["zeitpunkt"] = german_moment
        self._environment.filters["tag"] = lambda iso: german_date(date.fromisoformat(iso))

    def page(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A whole page. `values["hier"]` is the key of the room it belongs to."""
        return HTMLResponse(self.render(request, template, **values), status)

    def part(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A part of a page, for htmx to put in its place."""
        return HTMLResponse(self.render(request, template, **values), status)

    def render(self, request: Request, template: str, **values: Any) -> str:
        """The HTML of a template with what every template may use beside its own values."""
        texts = texts_of(request)
        colours = colours_of(request)
        return self._environment.get_template(template).render(
            t=texts,
            sprache=texts.language,
            sprachen=LANGUAGES,
            farben=colours,
            alle_farben=COLOURS,
            kern_theme=_KERN_THEMES.get(colours),
            mandant=self._mandant,
            rooms=self._rooms,
            fassung=program_version(),
            statisch=self._files,
            adresse=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            **values,
        )


def surface_of(request: Request) -> Surface:
    """The application's surface."""
    return cast(Surface, request.app.state.surface)


def texts_of(request: Request) -> Texts:
    """The words in the language that the person chose."""
    return texts_in(request.cookies.get(LANGUAGE_COOKIE, DEFAULT))


def colours_of(request: Request) -> str:
    """The colours that the person chose."""
    chosen = request.cookies.get(COLOURS_COOKIE, "")
    return chosen if chosen in COLOURS else COLOURS[0]


def wants_part(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get(HTMX_HEADER) == "true"


def german_date(value: date | None) -> str:
    """Day, month and year, as in "12.04.2022"; nothing where there is no date."""
    return value.strftime("%d.%m.%Y") if value else ""


def german_moment(iso: str) -> str:
    """A moment that is written as JSON has it, in the time of this machine: "12.04.2022, 14:03"."""
    return f"{datetime.fromisoformat(iso).astimezone():%d.%m.%Y, %H:%M}"
