"""Questions for a complete list or a count of papers, read into filters over their header fields.

Every word of such a question has to be understood. What is left over makes it an open question: a
list that answers another question than the one asked would be wrong and look complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from index.german import query_terms
from index.types import Outcome
from ingest.expressions import find_dates
from ingest.papers.fraktionen import normalise_fraktion
from ingest.papers.outcomes import read_outcome

ANTRAEGE = frozenset(
    {"Antrag", "Haushaltsantrag", "Änderungsantrag", "Ergänzungsantrag", "Dringlichkeitsantrag"}
)
VORLAGEN = frozenset({"Vorlage", "Ergänzungsvorlage", "Mitteilungsvorlage"})
_ARTEN: tuple[tuple[str, frozenset[str]], ...] = (
    (r"haushaltsantr[aä]g\w*", frozenset({"Haushaltsantrag"})),
    (r"änderungsantr[aä]g\w*", frozenset({"Änderungsantrag"})),
    (r"ergänzungsantr[aä]g\w*", frozenset({"Ergänzungsantrag"})),
    (r"(?:dringlichkeits|eil)antr[aä]g\w*", frozenset({"Dringlichkeitsantrag"})),
    (r"antr[aä]ge[ns]?|antrag", ANTRAEGE),
    (r"ergänzungsvorlagen?", frozenset({"Ergänzungsvorlage"})),
    (r"(?:mitteilungs|kenntnisnahme)vorlagen?", frozenset({"Mitteilungsvorlage"})),
    (r"(?:verwaltungs)?vorlagen?", VORLAGEN),
    (r"anfragen?", frozenset({"Anfrage"})),
    (r"beantwortungen", frozenset({"Beantwortung"})),
    (r"resolution(?:en)?", frozenset({"Resolution"})),
    (r"niederschrift(?:en)?|(?:sitzungs)?protokolle?n?", frozenset({"Niederschrift"})),
    (r"einladung(?:en)?|tagesordnungen", frozenset({"Einladung"})),
    (r"beschlusskontrollen?", frozenset({"Beschlusskontrolle"})),
    (r"(?:änderungs)?satzungen", frozenset({"Satzung", "Änderungssatzung"})),
    (r"richtlinien", frozenset({"Richtlinie"})),
    (r"geschäftsordnungen", frozenset({"Geschäftsordnung"})),
    (r"drucksachen|dokumente|papiere|unterlagen", frozenset()),
)
_ART = re.compile("|".join(rf"(?P<a{i}>\b(?:{p})\b)" for i, (p, _) in enumerate(_ARTEN)), re.I)
_OPENING = re.compile(
    r"^\W*(?:bitte\s+)?(?:"
    r"(?P<count>wie\s*viele|(?:die\s+)?anzahl\s+(?:der|aller))|"
    r"(?:zeige?n?|liste?n?|nenne?n?|gib|geben|suche?n?|finde?n?)\b(?:\s+sie)?(?:\s+(?:mir|uns))?"
    r"(?:\s+bitte)?(?:\s+(?:eine\s+)?(?:liste|übersicht|aufstellung)(?:\s+(?:aller|der|über))?)?"
    r"(?:\s+(?:alle|sämtliche|die))?|"
    r"(?:(?:eine\s+)?(?:liste|übersicht|aufstellung)\s+(?:aller|der|mit\s+allen))|"
    r"alle|sämtliche|welche|gibt\s+es|gab\s+es"
    r")\b",
    re.IGNORECASE,
)
_PARTY = (
    r"(?:CDU|CSU|SPD|FDP|AfD|(?:Bündnis\s*90\s*/\s*(?:Die\s+)?)?GRÜNE[NR]?|"
    r"Die\s+Linken?\.?|Linken?\b|Linksfraktion|Freien?\s+Wählern?|FW|Die\s+FRAKTION|"
    r"Die\s+PARTEI|BSW|Volt|ÖDP|UWG|Piraten)"
)
_FRAKTION = re.compile(rf"\b{_PARTY}(?:-?(?:Fraktion|Gruppe|Anträge[n]?))?(?!\w)", re.IGNORECASE)
_PARTY_ONLY = re.compile(rf"^{_PARTY}", re.IGNORECASE)
_TOGETHER = re.compile(r"\bgemeinsame?n?\b", re.IGNORECASE)
_TERM = re.compile(
    r"\b(?:(?:in|aus|während)\s+)?(?:der\s+)?(?P<a>\d{1,2})\.\s*(?:Wahlperiode|WP|Wahlzeit)\b|"
    r"\b(?:in\s+(?:der\s+)?)?(?:Wahlperiode|WP)\s+(?P<b>\d{1,2})\b",
    re.IGNORECASE,
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_BETWEEN = re.compile(
    rf"\b(?:zwischen|von)\s+(?:den\s+Jahren\s+)?{_YEAR.format('a')}\s+(?:und|bis)\s+{_YEAR.format('b')}\b",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:seit|ab)\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b(?!\.)", re.I)
_UNTIL = re.compile(rf"\bbis\s+(?:zum\s+Jahr\s+|Ende\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_BEFORE = re.compile(rf"\bvor\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_AFTER = re.compile(rf"\bnach\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_IN_YEAR = re.compile(
    rf"\b(?:(?:aus|in|im|für|vom)\s+)?(?:(?:dem\s+)?Jahr(?:e|es)?\s+)?{_YEAR.format('a')}\b", re.I
)
_SINCE_DAY = re.compile(r"\b(?P<w>seit|ab|vor|nach|bis)\s+(?:dem|zum)\s+", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:im\s+|in\s+)?(?P<w>letzten|vergangenen|vorigen|diesem|laufenden)\s+Jahr(?:es)?\b|"
    r"\baus\s+(?P<x>diesem|dem\s+(?:letzten|vergangenen|vorigen|laufenden))\s+Jahr\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    r"\b(?:ohne\s+(?:erfasstes\s+)?ergebnis|noch\s+offen\w*|offen\s+geblieben|"
    r"deren\s+ergebnis\s+(?:nicht\s+)?erfasst\s+ist|nicht\s+erfasst\w*)\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?P<not>nicht\s+)?(?P<word>beschlossen\w*|angenommen\w*|abgelehnt\w*|zurückgezogen\w*|"
    r"vertagt\w*|verwiesen\w*|abgesetzt\w*|(?:zur\s+)?kenntnis\s+genommen|kenntnis)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:zum\s+thema|zu\s+den\s+themen|mit\s+dem\s+thema|zum\s+stichwort|betreffend|"
    r"(?:mit\s+)?bezug\s+(?:auf|zu[mr]?)|rund\s+um|über|zur|zum|zu|wegen)\b\s*"
    r"(?:(?:die|der|das|den|dem)\s+)?(?P<words>[^?!.]+)",
    re.IGNORECASE,
)
_THEME = re.compile(r"\bthem(?:a|en)\b|\bstichwort\b|\bbetreffend\b", re.IGNORECASE)
MOST_BEFORE = 3
LONGEST_TOPIC = 5
_FILLERS = frozenset(
    """
    gibt gab es liegen liegt lagen vor wurde wurden worden werden hat haben hatte sind ist
    war waren die der das den dem des von vom aus in im ins am an und oder alle aller bitte
    fraktion fraktionen gruppe jahr jahre jahren jahres erfasst insgesamt bisher denn
    gestellt stellte stellten eingebracht brachte ein eingereicht beraten behandelt stammen
    stammt kommen kommt kamen sie mir uns dort hier bislang schon dieser diese mit davon
    etwa sitzung sitzungen auf tagesordnung standen stehen
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w[\w/-]*")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Filters over header fields; empty and None restrict nothing.

    Attributes:
        arten: canonical names of kinds; empty for every kind.
        fraktionen: normalised movers; one of them is enough unless `together`.
        first, last: inclusive bounds of the paper's date.
        outcome: an outcome that has to be recorded; with `negated` any other recorded one.
        undecided: only papers without a recorded outcome.
        topic: what they have to be about, as typed; `topic_terms` has a search term for each word.
        counting: whether a number is asked for.
    """

    art_words: str
    arten: frozenset[str]
    fraktionen: tuple[str, ...] = ()
    together: bool = False
    wahlperiode: int | None = None
    first: date | None = None
    last: date | None = None
    gremium: str | None = None
    outcome: Outcome | None = None
    negated: bool = False
    undecided: bool = False
    topic: str = ""
    topic_terms: tuple[str, ...] = ()
    counting: bool = False

    @property
    def needs_outcome(self) -> bool:
        """Whether results have to be looked up."""
        return self.outcome is not None or self.undecided


@dataclass(slots=True)
class _Reader:
    """What is left of a question while its filters are taken out of it."""

    text: str
    left: str = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Finds the pattern in what is left and blanks it."""
        found = pattern.search(self.left)
        if found:
            self.blank(found.start(), found.end())
        return found

    def blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]


def read_list_request(
    text: str, bodies: Callable[[], Iterable[str]], today: date
) -> ListRequest | None:
    """The list that a question asks for; None where it asks for something else, or for more.

    `bodies` gives the names of all Gremien on record, `today` is what "dieses Jahr" refers to.
    """
    reader = _Reader(" ".join(text.split()))
    opening = reader.take(_OPENING)
    art = reader.take(_ART)
    if art is None:
        return None
    before = reader.left[opening.end() if opening else 0 : art.start()]
    if len(_WORD.findall(before)) > (MOST_BEFORE if opening else 0):
        return None  # the kind of paper is not what is asked for
    arten = next(names for i, (_, names) in enumerate(_ARTEN) if art[f"a{i}"])
    together = bool(reader.take(_TOGETHER))
    wahlperiode = _read_term(reader)
    first, last = _read_period(reader, today)
    gremium = _read_body(reader, bodies())
    undecided = bool(reader.take(_UNDECIDED))
    outcome, negated = _read_outcome(reader)
    fraktionen = _read_fraktionen(reader)
    topic = _read_topic(reader)
    if topic and opening is None and not _THEME.search(text):
        return None  # "Anträge auf …" in a heading
    if len(topic.split()) > LONGEST_TOPIC:
        return None
    if any(word.lower() not in _FILLERS for word in _WORD.findall(reader.left)):
        return None
    return ListRequest(
        art_words=art[0],
        arten=arten,
        fraktionen=fraktionen,
        together=together or (len(fraktionen) > 1 and bool(re.search(r"\bund\b", text))),
        wahlperiode=wahlperiode,
        first=first,
        last=last,
        gremium=gremium,
        outcome=outcome,
        negated=negated,
        undecided=undecided,
        topic=topic,
        topic_terms=_topic_terms(topic),
        counting=bool(opening and opening["count"]),
    )


def _read_term(reader: _Reader) -> int | None:
    found = reader.take(_TERM)
    return int(found["a"] or found["b"]) if found else None


def _read_period(reader: _Reader, today: date) -> tuple[date | None, date | None]:
    if day := _read_day(reader):
        return day
    if found := reader.take(_RELATIVE):
        word = (found["w"] or found["x"]).lower()
        year = today.year if "diesem" in word or "laufend" in word else today.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    if found := reader.take(_BETWEEN):
        return date(int(found["a"]), 1, 1), date(int(found["b"]), 12, 31)
    first = last = None
    if found := reader.take(_SINCE):
        first = date(int(found["a"]), 1, 1)
    if found := reader.take(_AFTER):
        first = date(int(found["a"]) + 1, 1, 1)
    if found := reader.take(_UNTIL):
        last = date(int(found["a"]), 12, 31)
    if found := reader.take(_BEFORE):
        last = date(int(found["a"]) - 1, 12, 31)
    if first is None and last is None and (found := reader.take(_IN_YEAR)):
        return date(int(found["a"]), 1, 1), date(int(found["a"]), 12, 31)
    return first, last


def _read_day(reader: _Reader) -> tuple[date | None, date | None] | None:
    """A bound given as a day: "seit dem 01.03.2020", "vor dem 3. Juni 2021"."""
    lead = _SINCE_DAY.search(reader.left)
    if lead is None:
        return None
    for found in find_dates(reader.left):
        try:
            day = date.fromisoformat(found.value)
        except ValueError:
            continue
        if found.span.start == lead.end():
            reader.blank(lead.start(), found.span.end)
            word = lead["w"].lower()
            if word in {"seit", "ab"}:
                return day, None
            if word == "nach":
                return date.fromordinal(day.toordinal() + 1), None
            return None, day if word == "bis" else date.fromordinal(day.toordinal() - 1)
    return None


def _read_body(reader: _Reader, bodies: Iterable[str]) -> str | None:
    """The Gremium on record that is named, its genitive included; the longest name wins."""
    for name in sorted(set(bodies), key=lambda n: (-len(n), n)):
        words = r"\s+".join(re.escape(word) + r"(?:e?s|n)?" for word in name.split())
        pattern = rf"\b(?:(?:im|in|des|der|vom|am|dem|zum|an)\s+)*{words}(?!\w)"
        if reader.take(re.compile(pattern, re.IGNORECASE)):
            return name
    return None


def _read_outcome(reader: _Reader) -> tuple[Outcome | None, bool]:
    found = reader.take(_OUTCOME)
    if found is None:
        return None, False
    word = found["word"].lower()
    stem = "zur Kenntnis genommen" if "kenntnis" in word else re.sub(r"e[nrsm]?$", "", word)
    if stem.endswith(("beschloss", "zurückgezog", "angenomm", "verwies")):
        stem += "en"
    outcome = read_outcome(stem)
    return outcome, bool(found["not"])


def _read_fraktionen(reader: _Reader) -> tuple[str, ...]:
    names: list[str] = []
    while found := reader.take(_FRAKTION):
        party = _PARTY_ONLY.match(found[0])
        assert party is not None
        names.append(normalise_fraktion(party[0]))
    return tuple(dict.fromkeys(names))


def _read_topic(reader: _Reader) -> str:
    found = reader.take(_TOPIC)
    if found is None:
        return ""
    words: Sequence[str] = found["words"].split()
    while words and words[-1].lower().strip(",;") in _FILLERS:
        words = words[:-1]
    return " ".join(words).strip(" ,;„“\"'")


def _topic_terms(topic: str) -> tuple[str, ...]:
    """The term of each word that says something; parts of compounds are not asked for."""
    found = (query_terms(word)[:1] for word in topic.split() if word.lower() not in _FILLERS)
    return tuple(dict.fromkeys(term for terms in found for term in terms))
