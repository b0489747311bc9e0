"""Names of Gremien in a draft that differ from the name on record, or from one another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.fundstelle import cite
from assistant.records.bodies import bodies_on_record
from assistant.review.prose import quoted
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.types import Citation
from assistant.understanding.bodies import body_meant
from index.german import analyse, terms
from index.types import Span

_KIND = r"(?:[Aa]uss?chuss|[Aa]uss?chuß|[Kk]ommission|[Bb]eirat|[Vv]ersammlung)"
_SHORT = re.compile(
    rf"(?<![\w-])(?:[A-ZÄÖÜ][a-zäöüß]+-\s+und\s+)?[A-ZÄÖÜ][\wäöüß-]{{2,}}?{_KIND}(?:e?s)?(?![\w-])"
)
_NO_BODY = rf"(?!\w*{_KIND}|Frau\b|Herrn?\b|TOP\b|Vorlage\b|Antrag\b|Dr\.)"
_LONG = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ]\w+)?(?:[Aa]usschuss|[Kk]ommission|[Bb]eirat)(?:e?s)?\s+(?:für|zur|zum)\s+"
    r"(?:die\s+|den\s+|das\s+)?(?:[a-zäöüß]+e[nrs]?\s+)?[A-ZÄÖÜ][\w-]+"
    rf"(?:(?:,\s+|\s+und\s+|\s+sowie\s+){_NO_BODY}(?:[a-zäöüß]+e[nrs]?\s+)?{_NO_BODY}[A-ZÄÖÜ][\w-]+)*"
)
_NO_FIELD = r"(?!\s+für\b)"
_GENITIVE = re.compile(r"((?:[Aa]usschuss|[Aa]usschuß|[Bb]eirat))e?s\b")
_ENOUGH_ALIKE = 0.5
"""Share of the words of two names that both have, for them to be names of one body."""
_ALL_KINDS = "Ausschuss Kommission Beirat Versammlung"
_SHORTEST_TYPED = 10
_SHORTEST_STEM = 6
"""Letters that two stems have in common at their beginning to be of one word."""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    span: Span


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Each unlike name once, at its first place, with the name on record where there is one."""
    recorded = {name for name in map(_plain, bodies_on_record(reviewed.store, reviewed.access))}
    seen: dict[str, _Named] = {}
    for named in _names(reviewed, recorded):
        seen.setdefault(named.name, named)
    settled: list[str] = []
    for named in seen.values():
        if _is_recorded(named.name, recorded):
            settled.append(named.name)
            continue
        meant = _meant(named.name, recorded)
        short = body_meant(named.name, recorded) if " " not in named.name else None
        if meant is not None or short is not None:
            severity = Severity.HINWEIS if meant is None else Severity.WARNUNG
            meant = meant or short or ""
            yield Befund(
                BefundArt.GREMIUM,
                severity,
                named.span,
                f"Das Gremium heißt in den Akten „{meant}“, hier „{named.name}“.",
                meant,
                _cited(reviewed, meant),
            )
            continue
        other = _meant(named.name, settled)
        if other is not None:
            reason = f"Der Entwurf nennt dasselbe Gremium auch „{other}“."
            yield Befund(BefundArt.GREMIUM, Severity.HINWEIS, named.span, reason, other)
        else:
            settled.append(named.name)


def _is_recorded(name: str, recorded: Collection[str]) -> bool:
    """Whether a name is on record, be it with the name of the Verband behind it."""
    same = _same(name)
    return any(
        other == same or (other.startswith(f"{same} ") and not other.startswith(f"{same} für"))
        for other in map(_same, recorded)
    )


def _names(reviewed: Reviewed, recorded: Collection[str]) -> Iterator[_Named]:
    """The names in the draft in order; the words of others are left alone."""
    text = reviewed.document.text
    taken: list[Span] = list(quoted(reviewed.document))
    found: list[_Named] = []
    for name in sorted(recorded, key=len, reverse=True):
        for match in _known(name).finditer(text):
            if not any(other.overlaps(Span(*match.span())) for other in taken):
                taken.append(Span(*match.span()))
                found.append(_Named(name, taken[-1]))
    for pattern in (_LONG, _SHORT):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(other.overlaps(span) for other in taken):
                taken.append(span)
                found.append(_Named(_plain(match.group()), span))
    return iter(sorted(found, key=lambda named: named.span))


def _known(name: str) -> re.Pattern[str]:
    """A name on record as prose inflects it, and not the beginning of a longer one."""
    first, _, rest = name.partition(" ")
    words = re.escape(first) + r"(?:e?s)?"
    if rest:
        words += r"\s+" + r"\s+".join(re.escape(word) for word in rest.split())
    longer = rf"(?!(?:,|\s+und|\s+sowie)\s+{_NO_BODY}[A-ZÄÖÜ]\w+ung\b)"
    return re.compile(rf"(?<![\w-]){words}(?![\w-]){longer if rest else _NO_FIELD}")


def _plain(name: str) -> str:
    return " ".join(_GENITIVE.sub(r"\1", name).split())


def _same(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name).lower()


def _meant(name: str, others: Collection[str]) -> str | None:
    """The one name among others that is of the same body; None where there is none, or several."""
    typed = {other for other in others if _one_letter(name, other)}
    if len(typed) == 1:
        return typed.pop()
    alike = {other for other in others if _alike(name, other)}
    if len(alike) == 1:
        return alike.pop()
    return None


def _alike(one: str, other: str) -> bool:
    first, second = _told(one), _told(other)
    if not first or not second or _kind(one) != _kind(other):
        return False
    if first == second:
        return True
    shared = sum(any(_akin(word, held) for held in second) for word in first)
    return shared >= 2 and shared / (len(first) + len(second) - shared) >= _ENOUGH_ALIKE


def _akin(one: str, other: str) -> bool:
    """Whether two stems are of one word: "digital" and "digitalisier"."""
    return one == other or (
        min(len(one), len(other)) >= _SHORTEST_STEM and (one.startswith(other[:_SHORTEST_STEM]))
    )


def _kind(name: str) -> str:
    """Its sort: a Versammlung is never the Ausschuss of the same name."""
    found = re.search(r"ausschu|kommission|beirat|versammlung", name.casefold())
    return found.group() if found else ""


@cache
def _all_kinds() -> frozenset[str]:
    """The words of the sorts of bodies; read when they are first needed."""
    return frozenset(terms(_ALL_KINDS))


def _told(name: str) -> frozenset[str]:
    """What a body deals with, by its name: "Soziales" and "Sozialausschuss" tell the same."""
    told: set[str] = set()
    for word in re.findall(r"\w+", name):
        analysis = analyse(word)
        parts = [part for part in analysis.parts if part not in _all_kinds()]
        kind_within = any(part in _all_kinds() for part in analysis.parts)
        told |= set(parts[:1]) if kind_within else set(analysis.words) - _all_kinds()
    return frozenset(told)


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two exchanged, makes one name the other."""
    one, other = one.casefold(), other.casefold()
    if min(len(one), len(other)) < _SHORTEST_TYPED or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return len(one) != len(other)
    if one[0] != other[0]:
        return False
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return (
        one[start + 1 :] == other[start + 1 :]
        or one[start + 1 :] == other[start:]
        or one[start:] == other[start + 1 :]
        or (swapped and one[start + 2 :] == other[start + 2 :])
    )


def _cited(reviewed: Reviewed, name: str) -> tuple[Citation, ...]:
    """Where the stock has that name: a station of a Beratungsfolge, or the head of minutes."""
    for summary in reviewed.store.documents(reviewed.access, current_only=True):
        kopf = summary.kopfdaten
        spans = [s.span for s in kopf.beratungsfolge if _plain(s.gremium) == name]
        if kopf.gremium and _plain(kopf.gremium.value) == name:
            spans.append(kopf.gremium.span)
        document = reviewed.store.document(reviewed.access, summary.id) if spans else None
        if document is not None:
            return (cite(1, document, spans[0]),)
    return ()
