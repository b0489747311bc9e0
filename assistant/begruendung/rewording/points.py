"""In Stichpunkte: a line for each statement, under the words that introduce them."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.begruendung.rewording.phrases import as_sentence
from assistant.begruendung.rewording.prose import own_statements
from assistant.begruendung.rewording.quoting import led, outer_quotes
from ingest.sentences import split_sentences

_ITEMS = re.compile(r"(?P<lead>Umsetzung laut Beschlusskontrolle \([^()]+\)): (?P<rest>[^„“]+)")
_ROW = re.compile(
    r"(?P<lead>[A-ZÄÖÜ][\w-]+ Nr\. [^:;„“]+): (?P<row>[^:;„“]+): (?P<rest>[^„“]+;[^„“]+)"
)
_ITEM = re.compile(r";\s+(?=[A-ZÄÖÜa-zäöü][\w ()-]*:\s)")


def pointed(text: str, *, own: bool) -> str | None:
    """A paragraph as points; None where it is one statement.

    `own`: the words are the user's, and prose; the house's own sentences stay whole.
    """
    if (items := itemised(text) or _series(text)) is not None:
        return items
    found = led(text)
    if found is not None:
        sentences = [span.cut(found.quote) for span in split_sentences(found.quote)]
        whole = " ".join(sentences) == found.quote and all(map(_is_whole, sentences))
        lead = f"{found.lead}{found.tail.rstrip('.')}"
        return _listed(lead, [f"„{s}“" for s in sentences]) if whole else None
    if not own or outer_quotes(text) != []:
        return None
    found_statements = [as_sentence(statement) for statement in own_statements(text)]
    if len(found_statements) < 2:
        return None
    return "\n".join(f"– {statement}" for statement in found_statements)


def itemised(text: str) -> str | None:
    """A report or the row of a table field by field; None for any other paragraph."""
    if match := _ITEMS.fullmatch(text):
        table, *items = _ITEM.split(match["rest"])
        lead = match["lead"] if ": " in table else f"{match['lead']}, {table}"
        return _listed(lead, [table, *items] if ": " in table else items)
    if match := _ROW.fullmatch(text):
        return _listed(f"{match['lead']}, {match['row']}", _ITEM.split(match["rest"]))
    return None


def _series(text: str) -> str | None:
    """Several quotes in a row under one lead: `lead: „one“; „two“`."""
    spans = outer_quotes(text) or []
    gaps = [text[a.end : b.start] for a, b in pairwise(spans)]
    if not gaps or set(gaps) != {"; "} or text[spans[-1].end :].strip("."):
        return None
    lead, colon, rest = text[: spans[0].start].rpartition(": ")
    return _listed(lead, [span.cut(text) for span in spans]) if colon and not rest else None


def _is_whole(sentence: str) -> bool:
    """Whether a piece of a quote opens nothing that it does not close."""
    return outer_quotes(sentence) is not None and sentence.count("(") == sentence.count(")")


def _listed(lead: str, items: list[str]) -> str | None:
    return "\n".join([f"{lead}:", *(f"– {item}" for item in items)]) if len(items) > 1 else None
