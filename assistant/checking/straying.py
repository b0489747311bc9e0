"""Whether a drafted sentence says only what its quote says, in the order in which it says it.

The checks of `citations` hold figures, names and outcomes against the quote, wherever they stand in
it. "Von 31 Häusern sind 12 gebunden" and "Von 12 Häusern sind 31 gebunden" pass them alike, and so
do a "vor" made "nach" and a "soll" made "muss". What a sentence may do here is leave words out: few
at a time, and none that limit what is said. Whatever strays further gives way to the quote itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.citations import LINKING_VERBS, same_value
from index.german import analyse, terms
from index.types import Span
from ingest.expressions import Expression, Kind, find_expressions

MOST_LEFT_OUT = 4
"""Words in a row that a sentence may lack; more are a clause of their own."""
_WORD = re.compile(r"\w+")
_PLAIN = frozenset(".,;:()„“-–")
_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines".split()  # noqa: SIM905
)
_ROW_FILLERS = frozenset(
    "für im in von bei auf am zum zur an laut und".split()  # noqa: SIM905
)
_LIMITING = re.compile(
    r"(?:nur|ob|dass|daß|wenn|falls|sofern|soweit|solange|sobald|außer|ausgenommen|vorbehaltlich|"
    r"nicht|nichts|kein\w*|nie|niemals|niemand\w*|weder|ohne|kaum|fast|nahezu|knapp|rund|etwa|circa|"
    r"ca|je|jeweils|pro|mindestens|wenigstens|höchstens|maximal|bis|ab|über|unter|statt|anstatt|"
    r"zunächst|vorläufig\w*|teilweise|teils|ausschließlich|grundsätzlich\w*|gegebenenfalls|ggf|"
    r"voraussichtlich\w*|angeblich\w*|vermutlich\w*|möglicherweise|vielleicht|eventuell\w*|oder|"
    r"aber|jedoch|doch|zu|soll\w*|könn\w*|kann|konnte\w*|möcht\w*|möge\w*|dürf\w*|darf|muss|müss\w*|"
    r"würde\w*|wäre\w*|sei|seien|habe|werde|woll\w*|hätte\w*|wird|werden|wurde|wurden|worden|ist|"
    r"sind|war|waren|hat|haben|hatte|hatten|weiter\w*|zusätzlich\w*|davon|darunter|gegen|"
    r"hinzu\w*|ferner|noch|um|darin|hiervon|bisher\w*|ursprünglich\w*|früher\w*|anstelle|"
    r"mehr|weniger|frühestens|spätestens|begrenzt\w*|ungefähr|geschätzt\w*)",
    re.IGNORECASE,
)
_CLAUSE_MARK = re.compile(r"[,;:–—.!?](?=\s)|\s-\s")
_PRONOUN = frozenset(
    "er sie es dies diese dieser dieses hier dort dabei dafür dazu damit".split()  # noqa: SIM905
)
_AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or an expression that states a fact in figures."""

    text: str
    span: Span
    expression: Expression | None = None

    @property
    def form(self) -> str:
        return self.text.casefold()


def is_excerpt(sentence: str, quote: str) -> bool:
    """Whether a sentence is only a piece of its quote: the same words in a row, and fewer.

    Every word of "15 Testpersonen." stands in "Hinzu kommen 15 Testpersonen.", which says more.
    """
    said, held = _WORD.findall(sentence.lower()), _WORD.findall(quote.lower())
    if not 0 < len(said) < len(held):
        return False
    return any(held[i : i + len(said)] == said for i in range(len(held) - len(said) + 1))


def strays_from_row(sentence: str, row: str, context: str) -> bool:
    """Whether a sentence says more than the row of a table, read in words, that it states.

    The order of its words is free: `tables` holds each amount against row and column. A sentence
    without an amount has nothing that could be held so, and strays.
    """
    said = _tokens(sentence)
    held = _tokens(row)
    lent = set(terms(context))
    amounts = [t for t in said if t.expression is not None and t.expression.kind in _AMOUNTS]
    others = [t for t in said if t.expression is not None and t.expression.kind not in _AMOUNTS]
    if not amounts or any(t.expression and t.expression.kind is not Kind.YEAR for t in others):
        return True
    free = _ROW_FILLERS | LINKING_VERBS | _ARTICLES
    return _has_foreign_marks(sentence, row) or not all(
        token.form in free
        or any(_alike(token, other) for other in held)
        or (token.expression is None and _is_lent(token, lent))
        for token in said
    )


def strays(sentence: str, quote: str, context: str = "") -> bool:
    """Whether a sentence is something else than its quote with a few words left out.

    `context` are title and headings, which may name what a pronoun of the quote stands for.
    """
    held = _tokens(quote)
    said = [token for token in _tokens(sentence) if token.form not in _ARTICLES]
    lent = set(terms(context)) if _has_pronoun(held, said) else set()
    place = 0
    for token in said:
        at = next((i for i in range(place, len(held)) if _alike(token, held[i])), None)
        if at is None:
            if token.expression is None and _is_lent(token, lent):
                continue
            return True
        if not _may_lack(held, place, at, quote):
            return True
        place = at + 1
    return not _may_lack(held, place, len(held), quote) or _has_foreign_marks(sentence, quote)


def _may_lack(held: Sequence[_Token], first: int, behind: int, quote: str) -> bool:
    """Whether a sentence may leave out the tokens from `first` on, up to the one `behind` them."""
    words = [token for token in held[first:behind] if token.form not in _ARTICLES]
    if all(token.form in _PRONOUN for token in words):
        return True
    start = held[first - 1].span.end if first else 0
    end = held[behind].span.start if behind < len(held) else len(quote)
    return not (
        len(words) > MOST_LEFT_OUT
        or any(t.expression is not None or _LIMITING.fullmatch(t.text) for t in words)
        or _CLAUSE_MARK.search(quote[start:end])
    )


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end = 0
    for expression in sorted(find_expressions(text), key=lambda e: e.span):
        found += _words(text, end, expression.span.start)
        found.append(_Token(expression.span.cut(text), expression.span, expression))
        end = expression.span.end
    return found + _words(text, end, len(text))


def _words(text: str, start: int, end: int) -> list[_Token]:
    spans = (Span(*match.span()) for match in _WORD.finditer(text, start, end))
    return [_Token(span.cut(text), span) for span in spans]


def _alike(one: _Token, other: _Token) -> bool:
    """Whether two tokens are one: the same value, the same word, or the same noun inflected."""
    if one.expression is not None or other.expression is not None:
        return (
            one.expression is not None
            and other.expression is not None
            and same_value(one.expression, other.expression)
        )
    if one.form == other.form:
        return True
    nouns = one.text[0].isupper() and other.text[0].isupper() and not one.text.isupper()
    return nouns and analyse(one.text).words == analyse(other.text).words != ()


def _has_pronoun(held: Sequence[_Token], said: Sequence[_Token]) -> bool:
    return bool({t.form for t in held} & _PRONOUN - {t.form for t in said})


def _is_lent(token: _Token, lent: set[str]) -> bool:
    return (
        token.text[0].isupper() and bool(words := analyse(token.text).words) and set(words) <= lent
    )


def _has_foreign_marks(sentence: str, quote: str) -> bool:
    """Whether a sentence has a mark, control or invisible character that its quote lacks."""
    return any(
        not (char.isalnum() or char == " " or char in _PLAIN or char in quote) for char in sentence
    )
