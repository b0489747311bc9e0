"""The Auftrag as a form sends it: what was written is kept, also where it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from assistant.web.problems import message_of
from assistant.wire.kept import AuftragBody

_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_SEPARATED = re.compile(r"[\n;,]+")


@dataclass(slots=True)
class OrderForm:
    """The fields of the form as they were typed.

    Attributes:
        stichpunkte: a point a line.
        quellen: chosen by a click, as an Auftrag names papers.
        suche: other words than the title's to look for papers.
        weitere: more of them, typed; a line, comma or semicolon between two.
        name: under which the draft is kept; "" lets the house find one.
        auf: the version that the draft takes the place of; None begins one.
        fehler: what is wrong, by field.
    """

    titel: str = ""
    stichpunkte: str = ""
    beschlussvorschlag: str = ""
    oeffentlich: bool = True
    bearbeitung: str = ""
    name: str = ""
    quellen: tuple[str, ...] = ()
    suche: str = ""
    weitere: str = ""
    auf: int | None = None
    fehler: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, form: FormData) -> OrderForm:
        """What a browser sent; line ends as everywhere else."""
        number = _text(form, "auf")
        return cls(
            titel=_text(form, "titel"),
            stichpunkte=_text(form, "stichpunkte"),
            beschlussvorschlag=_text(form, "beschlussvorschlag"),
            bearbeitung=_text(form, "bearbeitung"),
            name=_text(form, "name"),
            suche=_text(form, "suche"),
            weitere=_text(form, "weitere"),
            oeffentlich=_text(form, "oeffentlich") != "nein",
            quellen=tuple(str(one) for one in form.getlist("quellen")),
            auf=int(number) if _NUMBER.fullmatch(number) else None,
        )

    @classmethod
    def of_order(cls, fields: Mapping[str, Any], name: str, number: int) -> OrderForm:
        """The form for a new version of a draft, with what its last one was ordered with."""
        return cls(
            titel=str(fields["titel"]),
            stichpunkte="\n".join(fields["stichpunkte"]),
            beschlussvorschlag=str(fields["beschlussvorschlag"]),
            oeffentlich=bool(fields["oeffentlich"]),
            bearbeitung=str(fields["bearbeitung"]),
            name=name,
            quellen=tuple(fields["quellen"]),
            auf=number,
        )

    @property
    def all_sources(self) -> tuple[str, ...]:
        """The papers chosen and typed, each once."""
        typed = (" ".join(one.split()) for one in _SEPARATED.split(self.weitere))
        return tuple(dict.fromkeys([*self.quellen, *filter(None, typed)]))

    def body(self, sources: Sequence[str] = ()) -> AuftragBody | None:
        """The Auftrag; None where a field is wrong, and `fehler` says what is."""
        try:
            return AuftragBody(
                titel=self.titel.strip(),
                stichpunkte=[line for line in self.stichpunkte.splitlines() if line.strip()],
                beschlussvorschlag=self.beschlussvorschlag,
                quellen=list(sources),
                oeffentlich=self.oeffentlich,
                bearbeitung=self.bearbeitung,
                als=self.name.strip() or None,
                auf=self.auf,
            )
        except ValidationError as error:
            for found in error.errors():
                key = str(found["loc"][0])
                self.fehler[_SHOWN.get(key, key)] = message_of(dict(found))
            return None


_SHOWN = {"als": "name", "auf": "name"}
"""Fields of the Auftrag that the form calls otherwise."""


def _text(form: FormData, key: str) -> str:
    value = form.get(key, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""
