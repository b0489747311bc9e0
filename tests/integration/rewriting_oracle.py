"""What a rewriting may not lose or add, looked at without the code that rewrites.

Figures are runs of digits, quotes what stands between quotation marks, and what turns a sentence
round are words of the lists below. Nothing here is shared with the checks of the product.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.begruendung.types import Absatz, DraftSection, Entwurf, Herkunft

PLACEHOLDER = re.compile(r"\[(?:Angabe fehlt|prüfen): [^\[\]]+\]")
DIGITS = re.compile(r"\d[\d.,/]*")
WORD = re.compile(r"[^\W\d_]+")
TURNING = frozenset(
    """
    nicht nichts kein keine keinen keinem keiner keines nie niemals ohne weder nur höchstens
    mindestens soll sollen sollte sollten muss müssen kann können darf dürfen würde würden wäre
    beschlossen abgelehnt angenommen vertagt verwiesen zurückgezogen zugestimmt einstimmig
    mehrheitlich enthaltung empfehlung empfehlender beschluss beschlusslage abstimmung vorgesehen
    kenntnis überholt antragsteller verwaltung beauftragt
    """.split()  # noqa: SIM905
)
BODIES = re.compile(
    r"\b(?:CDU|SPD|FDP|GRÜNEN?|Grünen|Linke|Volt|AfD|Freien? Wähler|Bürgerbündnis\w*|"
    r"\w*ausschuss(?:es)?|Landschaftsversammlung|Kämmerei|Beirat\w*|"
    r"(?:Herr|Frau)n? (?:Dr\. )?[A-ZÄÖÜ][\w-]+)"
)
# What Einfache Sprache may put in the place of a word, written down once more.
EASY = {
    "hierfür": "dafür",
    "hierzu": "dazu",
    "hiervon": "davon",
    "hierbei": "dabei",
    "hierdurch": "dadurch",
    "bislang": "bisher",
    "lediglich": "nur",
    "ebenfalls": "auch",
    "nunmehr": "nun",
    "sämtliche": "alle",
    "sämtlichen": "allen",
    "mio": "millionen",
    "tsd": "tausend",
    "bzw": "beziehungsweise",
}


def paragraphs(entwurf: Entwurf) -> list[Absatz]:
    return [absatz for section in entwurf.abschnitte for absatz in section.absaetze]


def line(text: str) -> str:
    return " ".join(text.split())


def digits_in(text: str) -> set[str]:
    return {found.rstrip(".,/") for found in DIGITS.findall(text)}


def quotes_in(text: str) -> list[str]:
    """What stands between outer quotation marks; quotes within quotes are part of them."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char == "„":
            depth, start = depth + 1, at + 1 if depth == 0 else start
        elif char == "“" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:at])
    return found


def words_of(text: str) -> list[str]:
    return [EASY.get(word, word) for word in WORD.findall(text.casefold())]


def unborne(entwurf: Entwurf) -> Iterator[str]:
    """Figures and quotes of carried paragraphs that none of their cited words hold."""
    held = {citation.number: line(citation.quote) for citation in entwurf.citations}
    for absatz in paragraphs(entwurf):
        if absatz.herkunft in (Herkunft.EIGEN, Herkunft.PLATZHALTER):
            continue
        cited = [held[number] for number in absatz.citations]
        figures = {figure for quote in cited for figure in digits_in(quote)}
        yield from (f"Zahl {f}" for f in digits_in(absatz.text) - figures)
        for quote in quotes_in(absatz.text):
            if not any(line(quote) in words for words in cited):
                yield f"Zitat {quote}"
        if absatz.herkunft is Herkunft.BELEGT and not absatz.citations:
            yield f"ohne Beleg: {absatz.text}"


def changes(before: DraftSection, after: DraftSection, *, easy: bool = False) -> Iterator[str]:
    """What a section lost or gained in a rewriting that may do neither."""
    old, new = ([a.text for a in section.absaetze] for section in (before, after))
    yield from _differ(
        "Zahlen", set().union(*map(digits_in, old)), set().union(*map(digits_in, new))
    )
    for what, pattern in (("Offenes", PLACEHOLDER), ("Namen", BODIES)):
        yield from _differ(what, _found(pattern, old), _found(pattern, new))
    turning = [{w for text in texts for w in words_of(text)} & TURNING for texts in (old, new)]
    yield from _differ("Wendungen", *turning)
    for herkunft in (Herkunft.EIGEN, Herkunft.PLATZHALTER):
        counts = [sum(a.herkunft is herkunft for a in s.absaetze) for s in (before, after)]
        if counts[0] != counts[1]:
            yield f"Herkunft {herkunft.value}: {counts}"
    if not easy:
        # The words of all quotes, in their order: joined and cut, they stay the same words.
        said = [
            [w for t in texts for q in quotes_in(t) for w in words_of(q)] for texts in (old, new)
        ]
        if Counter(said[0]) != Counter(said[1]):
            yield "Zitate haben andere Wörter"
    for absatz in before.absaetze:
        for quote in quotes_in(absatz.text):
            if not any(_holds(words_of(text), words_of(quote)) for text in new):
                yield f"Zitat fehlt: {quote}"


SPEAKER = re.compile(r"(?P<who>(?:Herr|Frau) [^„–]+?), Niederschrift [^„]+?: „")
NAMED = re.compile(r"(?:Herr|Frau) (?:Dr\. )?(?:von )?[A-ZÄÖÜ][\w-]+")
STATION = re.compile(
    r"Für den (?P<day>[\d.]+) \w+ die Beratung vorgesehen: (?P<body>[^.(]+?)(?: \(|\.)"
    r"|vorgesehen: (?P<next>[^,]+(?: und [^,]+)?), (?P<on>[\d.]+)(?:,|\.)"
)


def parted(before: DraftSection, after: DraftSection) -> Iterator[str]:
    """Quotes that came under another speaker, and bodies that came to another day."""
    new = [a.text for a in after.absaetze]
    for absatz in before.absaetze:
        if speaker := SPEAKER.search(absatz.text):
            name, quote = NAMED.findall(speaker["who"])[0], quotes_in(absatz.text)[-1]
            start = WORD.findall(quote)[:4]
            if not any(_said_by(text, start) == name for text in new):
                yield f"{name}: {quote}"
        for station in STATION.finditer(absatz.text):
            body, day = station["body"] or station["next"], (station["day"] or station["on"])[:10]
            near = re.compile(
                rf"{re.escape(body)}(?: am |, | war für den | ist für den ){re.escape(day)}"
                rf"|Für den {re.escape(day)} \w+ die Beratung vorgesehen: {re.escape(body)}"
            )
            if not any(near.search(text) for text in new):
                yield f"{body} am {day}"


def _said_by(text: str, start: Sequence[str]) -> str | None:
    """The name that stands last before some words, outside of what others are quoted with."""
    pattern = r"[\W\d]+".join(map(re.escape, start))
    found = re.search(rf"(?:: „?|\n|„){pattern}", text, re.IGNORECASE)
    if found is None:
        return None
    before = text[: found.start()]
    for quote in quotes_in(before):
        before = before.replace(quote, "")
    named = NAMED.findall(before)
    return named[-1] if named else None


def _found(pattern: re.Pattern[str], texts: Sequence[str]) -> set[str]:
    return {match for text in texts for match in pattern.findall(text)}


def _differ(what: str, old: set[str], new: set[str]) -> Iterator[str]:
    if old != new:
        yield f"{what}: verloren {sorted(old - new)}, hinzu {sorted(new - old)}"


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words come in their order; between them there may be who says them."""
    rest = iter(words)
    return all(word in rest for word in wanted)
