"""A draft as Markdown: its sections, what is open, and each quote with its place as a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.begruendung.types import Absatz, Entwurf, Herkunft
from assistant.begruendung.whose import whose

_MARKS = re.compile(r"([\\`*_<>#|~&\[\]])")
_LEVELS = {"oeffentlich": "öffentlich", "nichtoeffentlich": "nichtöffentlich"}


def markdown_of(entwurf: Entwurf) -> str:
    """The draft with its label, its open points and its Belege; foreign marks stay letters."""
    return "\n".join(_lines(entwurf)) + "\n"


def _lines(entwurf: Entwurf) -> Iterator[str]:
    yield f"# {_plain(entwurf.titel)}"
    yield ""
    made = f"mit dem Sprachmodell {entwurf.generator_id}" if entwurf.generator_id else ""
    yield (
        f"> Entwurf, maschinell zusammengestellt am {entwurf.tag:%d.%m.%Y}; ungeprüft. "
        f"{f'Umgearbeitet {_plain(made)}' if made else 'Ohne Sprachmodell'}. "
        f"Schutzstufe: {_LEVELS[entwurf.schutz.value]}."
    )
    for section in entwurf.abschnitte:
        yield f"\n## {_plain(section.abschnitt.titel)}"
        for absatz in section.absaetze:
            yield f"\n{_paragraph(absatz)}"
    if entwurf.offen:
        yield "\n## Offene Punkte\n"
        yield from (f"{n}. {_plain(point)}" for n, point in enumerate(entwurf.offen, start=1))
    if entwurf.citations:
        yield "\n## Belege\n"
        for citation in entwurf.citations:
            yield f"[^{citation.number}]: {_plain(citation.fundstelle)}: „{_plain(citation.quote)}“"


def _paragraph(absatz: Absatz) -> str:
    told = whose(absatz.text, absatz.herkunft.value)
    plain = absatz.herkunft in (Herkunft.BELEGT, Herkunft.PLATZHALTER)
    label = "" if plain else f" *({_plain(told)})*"
    notes = "".join(f"[^{number}]" for number in absatz.citations)
    lines = [_plain(line) for line in absatz.text.splitlines() if line.strip()]
    return "  \n".join(lines) + label + notes


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
