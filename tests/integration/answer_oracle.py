"""What may be shown of an answer, decided without the code that decides it in the program.

Words, figures and marks are compared letter by letter with the cited quotes; nothing here imports
the checks of `assistant`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.types import Answer, Claim
from index.types import Document

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_MARKUP = re.compile(
    r"</?[a-z!]|\]\s*\(|!\[|https?:|www\.|javascript:|data:|\*\*|__|`|^\s*#|\|---|&\w+;|<\||\[\w",
    re.IGNORECASE | re.MULTILINE,
)
# What the program itself puts around the words of a source.
_FRAME = frozenset(
    """nach darstellung der antragsteller beantragt ist dazu gehört ergänzt ersetzt ändert vom nr
    unsicher gelesen zeile die das den dem des ein eine einen einem einer eines""".split()  # noqa: SIM905
)
_LEADS = re.compile(
    r"^(?:Laut Ergebnisvermerk(?=: „)|Niederschrift|Beschlussvorschlag(?=, )|Änderung durch|"
    r"Vor der Änderung \(Fassung vom|Inkrafttreten der Änderung(?=: „))|\(empfehlend\)(?=: „)"
)
_ROW_FRAME = frozenset(
    """für im in von bei auf am zum zur an laut und beträgt betragen betrug beläuft belaufen lautet
    liegt liegen""".split()  # noqa: SIM905
)


def faults(answer: Answer, find: Callable[[str], Document | None]) -> list[str]:
    """Everything in an answer that it must not hold; `find` gives a paper that may be seen."""
    found: list[str] = []
    quotes: dict[int, str] = {}
    for citation in (*answer.citations, *answer.nearest):
        document = find(citation.document_id)
        if document is None:
            found.append(f"cites a paper that may not be seen: {citation.source}")
        elif document.text[citation.span.start : citation.span.end] != citation.quote:
            found.append(f"quotes what is not there: {citation.quote!r}")
    for citation in answer.citations:
        quotes[citation.number] = citation.quote
    for claim in answer.claims:
        if not claim.citations or not set(claim.citations) <= quotes.keys():
            found.append(f"cites nothing: {claim.text!r}")
        found += _unborne(claim, [quotes[n] for n in claim.citations if n in quotes])
    found += _active(answer.text, "\n".join(quotes.values()))
    return found


def is_verbatim(claim: Claim, answer: Answer) -> bool:
    """Whether a claim is a quote in quotation marks, whoever's it is said to be."""
    quotes = [c.quote for c in answer.citations if c.number in claim.citations]
    return any(f"„{_flat(quote)}“" in claim.text for quote in quotes)


def _unborne(claim: Claim, quotes: list[str]) -> list[str]:
    text = _LEADS.sub("", claim.text)
    for quote in quotes:
        text = text.replace(f"„{_flat(quote)}“", " ")
    held = {word.casefold() for quote in quotes for word in _WORD.findall(quote)}
    frame = _FRAME | (_ROW_FRAME if any("\t" in quote for quote in quotes) else frozenset())
    stems = {word[:-2] if len(word) > 7 else word for word in held}
    found = [
        f"{word!r} stands in no quote of {claim.text!r}"
        for word in _WORD.findall(text)
        if word.casefold() not in held | frame
        and not (
            word[0].isupper() and any(word.casefold().startswith(s) for s in stems if len(s) > 4)
        )
    ]
    figures = {m for quote in quotes for m in _FIGURE.findall(quote)}
    found += [
        f"figure {m!r} stands in no quote of {claim.text!r}"
        for m in _FIGURE.findall(text)
        if m not in figures
    ]
    return found


def _active(text: str, quotes: str) -> list[str]:
    """Markup, links, control and invisible characters that no quote holds."""
    flat = _flat(quotes)
    found = [m[0] for m in _MARKUP.finditer(text) if m[0] not in flat]
    found += [
        repr(char)
        for char in text
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn") and char not in quotes
    ]
    return [f"holds {mark}" for mark in found]


def _flat(quote: str) -> str:
    return " | ".join(" ".join(cell.split()) for cell in quote.split("\t"))
