"""Which way a sentence points: outcome, negation, modality, and who voted how.

A quote often says two things at once ("Der Änderungsantrag wurde abgelehnt, der Antrag nicht").
What a claim says of one thing has to stand in the clause about that thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.german import terms
from ingest.papers.fraktionen import normalise_fraktion
from ingest.papers.votes import read_votes
from ingest.sentences import split_sentences

OUTCOME_WORDS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "beschlossen": r"\b(?:beschlossen\w*|beschließ\w*|beschloss\w*|angenommen\w*|annahm\w*|"
        r"annehm\w*|verabschied\w*|"
        r"zugestimmt|stimm(?:t|te|ten)\b.{0,40}\bzu\b|bewillig\w*|genehmig\w*|befürwort\w*)",
        "abgelehnt": r"\b(?:abgelehnt\w*|ablehn\w*|lehn(?:t|te|ten)\b|verworfen|gescheitert|"
        r"zurückgewiesen)",
        "vertagt": r"\b(?:vertag\w*|zurückgestellt)",
        "verwiesen": r"\b(?:verwiesen|überwiesen|verweis(?:t|ung)\b)",
        "zurückgezogen": r"\b(?:zurückgezogen|zurückgenommen|(?:zieht|zog)\b.{0,40}\bzurück)",
        "abgesetzt": r"\b(?:abgesetzt|absetz\w*|von der tagesordnung genommen)",
        "geändert": r"\b(?<!un)(?:geändert\w*|mit (?:den |der )?änderung\w*)",
        "ungeändert": r"\bun(?:ge|ver)ändert",
        "zur kenntnis": r"\b(?:zur|kenntnis(?:nahme)?)\s+(?:zur\s+)?kenntnis\w*|\bkenntnisnahme\b",
        "einstimmig": r"\beinstimmig\w*",
        "mehrheitlich": r"\b(?:mehrheitlich|mit mehrheit|mehrheit der stimmen)\b",
        "enthaltung": r"\b(?:enthaltung\w*|enthielt\w*|enthalten\s+(?:hat|haben)\s+sich)",
        "gegenstimme": r"\b(?:gegenstimme\w*|dagegen gestimmt|stimmten? dagegen|"
        r"gegen die stimmen?)",
    }.items()
}
_NEGATION = re.compile(
    r"\b(?:nicht|nichts|kein\w*|nie|niemals|niemand\w*|ohne|weder|keinesfalls|keineswegs|"
    r"entfällt|entfallen|fehl(?:t|en|te|ten))\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:soll\w*|könn\w*|kann|konnte\w*|möcht\w*|möge\w*|dürf\w*|darf|muss|müss\w*|"
    r"wird gebeten|werden gebeten|"
    r"wird beauftragt|werden beauftragt|wird|werden|würde\w*|wäre\w*|sei|seien|plan(?:t|en)\b|"
    r"geplant\w*|beabsichtig\w*|vorgeschlag\w*|"
    r"schlägt|schlagen|empfiehlt|empfehl\w*|empfohlen|empfehlend\w*|beantragt|beantragen|"
    r"fordert|fordern|vorgesehen\w*|"
    r"vorbehaltlich|gegebenenfalls|ggf|prüf\w*|beauftrag\w*|zu\s+\w+en|zu\w*zu\w+en)\b",
    re.IGNORECASE,
)
_PAST_FACT = re.compile(
    r"\b(?:wurde|wurden|worden|ist\s+\w*(?:ge\w+t|ge\w+en)|sind\s+\w*(?:ge\w+t|ge\w+en))\b",
    re.IGNORECASE,
)
# A record has one of these for one thing; the others say how it came about.
_FATES = frozenset(
    {"beschlossen", "abgelehnt", "vertagt", "verwiesen", "zurückgezogen", "abgesetzt"}
)
_PERFECT = re.compile(r"\b(?:hat|haben|hatte|hatten)\b[^.;]*?\b(?P<verb>[a-zäöüß]+(?:t|en))\W*$")
_CLAUSE = re.compile(r"[,;:]\s|\s[-–—]\s")
_NOUN = re.compile(r"(?<![\w-])[A-ZÄÖÜ][\w-]+")
_PARTY = r"(?P<who>[\w/. -]{2,40}?)(?:-?(?:Fraktion|Gruppe))?"
_ARTICLE = re.compile(r"^(?:der|die|das)\s+", re.IGNORECASE)
_VOTED = (
    ("enthaltung", re.compile(rf"\b{_PARTY}\s+(?:enthielt|enthielten)\s+sich", re.IGNORECASE)),
    (
        "nein",
        re.compile(
            rf"\b{_PARTY}\s+(?:hat|haben|stimmte|stimmten|stimmt|stimmen)\b[^.;]{{0,40}}?"
            r"\b(?:dagegen|gegen|mit nein|ablehn\w*)",
            re.IGNORECASE,
        ),
    ),
    (
        "ja",
        re.compile(
            rf"\b{_PARTY}\s+(?:hat|haben|stimmte|stimmten|stimmt|stimmen)\b[^.;]{{0,40}}?"
            r"\b(?:dafür|zu|für|mit ja|zugestimmt)\b",
            re.IGNORECASE,
        ),
    ),
)


def polarity_problems(claim: str, quotes: Sequence[str]) -> Iterable[str]:
    """What the claim turns round, in German sentences; nothing where it points as its quotes do."""
    joined = "\n".join(quotes)
    yield from _outcomes(claim, joined)
    yield from _negation(claim, quotes)
    yield from _modality(claim, joined)
    yield from _votes(claim, joined)


def outcome_words(text: str) -> frozenset[str]:
    """The outcomes that `text` names, each by its canonical word."""
    return frozenset(name for name, pattern in OUTCOME_WORDS.items() if pattern.search(text))


def _outcomes(claim: str, quote: str) -> Iterable[str]:
    said = outcome_words(claim)
    held = outcome_words(quote)
    for name in sorted(said - held):
        yield f"„{name}“ steht nicht im Beleg."
    if len(held & _FATES) < 2:
        return
    # The quote tells of several things: which of them is this?
    for part in _clauses(claim):
        near = _clauses_about(part, quote)
        for name in sorted(outcome_words(part) & _FATES & held):
            if not all(name in outcome_words(clause) for clause in near):
                yield f"„{name}“ sagt der Beleg von etwas anderem."


def _negation(claim: str, quotes: Sequence[str]) -> Iterable[str]:
    for part in _clauses(claim):
        near = [clause for quote in quotes for clause in _clauses_about(part, quote)]
        denied = [clause for clause in near if _NEGATION.search(clause)]
        if _NEGATION.search(part):
            if not denied:
                yield "Der Satz verneint, der Beleg nicht."
        elif denied and len(denied) == len(near):
            yield "Der Beleg verneint, der Satz nicht."


def _clauses_about(claim: str, quote: str) -> list[str]:
    """The clauses that share most with the claim; all of a tie, none where nothing is shared.

    Numbers and whole nouns count first ("Antrag" is not "Änderungsantrag"), then parts of nouns,
    then all words.
    """
    wanted = _shape(claim)
    shapes = [(_shape(clause), clause) for clause in _clauses(quote)]

    def shared(shape: tuple[set[str], ...]) -> tuple[int, ...]:
        return tuple(len(mine & theirs) for mine, theirs in zip(wanted, shape, strict=True))

    best = max((shared(shape) for shape, _ in shapes), default=(0,))
    if not any(best):
        return []
    return [clause for shape, clause in shapes if shared(shape) == best]


def _shape(text: str) -> tuple[set[str], ...]:
    words = terms(text)
    nouns = [terms(noun) for noun in _NOUN.findall(text)]
    numbers = {word for word in words if word[:1].isdigit()}
    parts = {part for noun in nouns for part in noun}
    return numbers | {noun[0] for noun in nouns if noun}, parts, set(words)


def _clauses(text: str) -> list[str]:
    return [
        clause
        for sentence in split_sentences(text)
        for clause in _joined(_CLAUSE.split(sentence.cut(text)))
    ]


def _joined(parts: Sequence[str]) -> list[str]:
    """A clause without a noun goes on with the one before ("…, die drohen, nicht ausreichen")."""
    clauses: list[str] = []
    for part in parts:
        if not part.strip():
            continue
        if clauses and not _NOUN.search(part):
            clauses[-1] += f", {part}"
        else:
            clauses.append(part)
    return clauses


def _modality(claim: str, quote: str) -> Iterable[str]:
    perfect = _PERFECT.search(claim)
    claims_fact = (perfect or _PAST_FACT.search(claim)) and not _MODAL.search(claim)
    if not claims_fact or not _MODAL.search(quote) or _PAST_FACT.search(quote):
        return
    if perfect and re.search(
        rf"\b(?:hat|haben|hatte|hatten)\b[^.;]*\b{perfect['verb']}\b", quote, re.IGNORECASE
    ):
        return
    yield "Der Beleg nennt ein Vorhaben, der Satz eine Tatsache."


def _votes(claim: str, quote: str) -> Iterable[str]:
    held = _camps(quote)
    for who, camp in sorted(_camps(claim).items()):
        if who in held and held[who] != camp:
            yield f"„{who}“ hat laut Beleg anders gestimmt."


def _camps(text: str) -> dict[str, str]:
    """How each Fraktion voted, as far as the text says it."""
    found: dict[str, str] = {}
    counted = read_votes(text)
    for vote in counted.stimmen if counted else ():
        found[normalise_fraktion(vote.wer)] = vote.abgabe.value
    for camp, pattern in _VOTED:
        for match in pattern.finditer(text):
            name = normalise_fraktion(
                re.sub(r"^(?:der|die|das)\s+", "", match["who"].strip(), flags=re.I)
            )
            found.setdefault(name, camp)
    return found
