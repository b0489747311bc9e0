"""Questions for a complete list or a count of papers, read into filters over their header fields.

Every word of such a question has to be understood: a list that answers another question than the
one asked would be wrong and look complete. Where words are left over, a question that plainly asks
for a list of papers is told which; any other is an open question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.lists.left_over import NO_BESCHLUESSE, asks_for_papers, not_understood
from assistant.lists.opening import OPENING, plainly
from assistant.lists.vote_question import (
    NO_VOTES,
    VoteFilter,
    ascribes_decision,
    speaks_of_votes,
    take_votes,
)
from assistant.lists.words import BESCHLUESSE, FILLERS, WORD
from assistant.understanding.bodies import read_body
from assistant.understanding.period import read_period
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.german import query_terms
from index.types import Outcome
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
    (r"drucksachen|dokumenten?|papieren?|unterlagen", frozenset()),
    (r"beschlüssen?", frozenset({BESCHLUESSE})),
)
ART = re.compile("|".join(rf"(?P<a{i}>\b(?:{p})\b)" for i, (p, _) in enumerate(_ARTEN)), re.I)
_AND_ART = re.compile(
    rf"(?:,|\b(?:und|oder|sowie))\s+(?:die\s+|alle\s+)?(?:{ART.pattern})", re.IGNORECASE
)
TOGETHER = re.compile(r"\bgemeinsame?n?\b", re.IGNORECASE)
_TERM = re.compile(
    r"\b(?:(?:in|aus|während)\s+)?(?:der\s+)?(?P<a>\d{1,2})\.\s*(?:Wahlperiode|WP|Wahlzeit)\b|"
    r"\b(?:in\s+(?:der\s+)?)?(?:Wahlperiode|WP)\s*(?P<b>\d{1,2})\b",
    re.IGNORECASE,
)
UNDECIDED = re.compile(
    r"\b(?:(?:(?:immer\s+)?noch\s+|bislang\s+|bisher\s+)?ohne\s+(?:erfasstes\s+)?ergebnis|noch\s+offen\w*|offen\s+geblieben|"
    r"(?:fehlt|fehlen)\s+(?:noch\s+)?(?:das|ein)\s+ergebnis|(?:noch\s+)?kein\s+ergebnis|(?:noch\s+)?nicht\s+entschieden|"
    r"deren\s+ergebnis\s+(?:nicht\s+)?erfasst\s+ist|nicht\s+erfasst\w*)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:mit\s+Änderungen|(?<!nicht )geändert|in\s+geänderter\s+(?:Form|Fassung))\s+"
    r"(?:beschlossen|angenommen|verabschiedet)\w*\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?P<not>nicht\s+)?(?P<word>beschlossen\w*|angenommen\w*|abgelehnt\w*|zurückgezogen\w*|"
    r"durchgefallen\w*|gescheitert\w*|durchgekommen\w*|verabschiedet\w*|zugestimmt\w*|vertagt\w*|verwiesen\w*|abgesetzt\w*|(?:zur\s+)?kenntnis\s+genommen|kenntnis)\b",
    re.IGNORECASE,
)
_SAID_OTHERWISE = {
    "durchgefallen": Outcome.ABGELEHNT,
    "gescheitert": Outcome.ABGELEHNT,
    "durchgekommen": Outcome.BESCHLOSSEN,
}
_ACTIVE: tuple[tuple[str, str, Outcome], ...] = (
    (r"\blehnt(?:e|en)?\b", r"\bab\b", Outcome.ABGELEHNT),
    (r"\bnahm(?:en)?\b", r"\ban\b", Outcome.BESCHLOSSEN),
    (r"\bstimmten?\b", r"\bzu\b(?=\W*\Z)", Outcome.BESCHLOSSEN),
    (r"\b(?:beschloss|verabschiedeten?)\b", "", Outcome.BESCHLOSSEN),
    (r"\bvertagten?\b", "", Outcome.VERTAGT),
    (r"\bscheiterten?\b", "", Outcome.ABGELEHNT),
)
_TOPIC = re.compile(
    r"\b(?:zum\s+thema|zu\s+den\s+themen|mit\s+dem\s+thema|zum\s+stichwort|betreffend|"
    r"(?:befass\w+|beschäftig\w+)\s+sich\s+mit|sich\s+mit|hand(?:eln|elten)\s+von|betreffen|"
    r"behandel(?:te)?n(?:\s+das\s+thema)?|"
    r"(?:mit\s+)?bezug\s+(?:auf|zu[mr]?)|rund\s+um|über|zur|zum|zu|wegen)\b\s*"
    r"(?:(?:die|der|das|den|dem)\s+)?(?P<words>[^?!.\s][^?!.]*?)"
    r"(?=\s+(?:wurden?|worden|hat|haben|hatten?|sind|ist|war|waren|gibt|gab|liegen|liegt|stehen"
    r"|standen)\b|\s*,\s*(?:die|der|das|welche)\b|\s*[?!.]|\s*\Z)",
    re.IGNORECASE,
)
_TOPIC_VERBS = frozenset({"befassen", "befassten", "beschäftigen", "beschäftigten", "handeln"})
_WHO = re.compile(r"\b(?:fraktion|gruppe)(?:e?n)?\b", re.IGNORECASE)
_THEME = re.compile(r"\bthem(?:a|en)\b|\bstichwort\b|\bbetreffend\b", re.IGNORECASE)
MOST_BEFORE = 3
LONGEST_TOPIC = 5


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
        votes: how the vote has to have gone.
        not_understood: why no list is made, in German; the other fields hold what was understood.
        after: the list before that a follow-up changed, as a question.
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
    votes: VoteFilter = NO_VOTES
    not_understood: str = ""
    after: str = field(default="", compare=False)

    @property
    def needs_outcome(self) -> bool:
        """Whether results have to be looked up."""
        return self.outcome is not None or self.undecided

    @property
    def needs_result(self) -> bool:
        """Whether outcomes or votes have to be looked up."""
        return self.needs_outcome or bool(self.votes)


def read_list_request(
    text: str, bodies: Callable[[], Iterable[str]], today: date
) -> ListRequest | None:
    """The list that a question asks for; None where it asks for something else, or for more.

    `bodies` gives the names of all Gremien on record, `today` is what "dieses Jahr" refers to.
    """
    text = plainly(text)
    reader = WordsLeft(text)
    votes = take_votes(reader)
    opening = reader.take(OPENING)
    art = reader.take(ART)
    if art is None:
        return None
    before = WORD.findall(reader.left[opening.end() if opening else 0 : art.start()])
    if len(before) > MOST_BEFORE:
        return None  # the kind of paper is not what is asked for
    if _WHO.search(" ".join(before)):
        return None  # "Welche Fraktion lehnte die Resolution ab?"
    arten = read_arten(reader, art)
    together = bool(reader.take(TOGETHER))
    wahlperiode = read_term(reader)
    first, last = read_period(reader, today)
    gremium = read_body(reader, bodies())
    undecided = bool(reader.take(UNDECIDED))
    outcome, negated = take_outcome(reader)
    fraktionen = take_fraktionen(reader)
    if opening is None and WORD.search(reader.left[: art.start()]):
        return None  # nothing but filters may stand before: "abgelehnte Anträge", "SPD-Anträge"
    topic = read_topic(reader)
    if topic and opening is None and not _THEME.search(text):
        return None  # "Anträge auf …" in a heading
    request = ListRequest(
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
        topic_terms=topic_terms(topic),
        counting=bool(opening and opening["count"]),
        votes=votes,
    )
    if all(word.lower() in FILLERS for word in WORD.findall(reader.left)):
        return replace(request, not_understood=NO_BESCHLUESSE) if _of_decisions(arten) else request
    if opening is None or not asks_for_papers(
        reader.text,
        art[0],
        [word for word in before if word in WORD.findall(reader.left)],
        left=reader.left,
        restricted=bool(fraktionen or gremium or wahlperiode),
        decided=request.needs_outcome,
        counting=request.counting,
    ):
        return None
    return replace(request, not_understood=not_understood(reader.text, reader.left))


def read_arten(reader: WordsLeft, first: re.Match[str]) -> frozenset[str]:
    """The kinds of a first word and of those joined to it; empty where one means every kind."""
    found = [_arten_of(first)]
    while more := reader.take(_AND_ART):
        found.append(_arten_of(more))
    return frozenset() if frozenset() in found else frozenset().union(*found)


def _arten_of(match: re.Match[str]) -> frozenset[str]:
    return next(names for i, (_, names) in enumerate(_ARTEN) if match[f"a{i}"])


def _of_decisions(arten: frozenset[str]) -> bool:
    return BESCHLUESSE in arten


def read_term(reader: WordsLeft) -> int | None:
    """Takes the Wahlperiode that is named."""
    found = reader.take(_TERM)
    return int(found["a"] or found["b"]) if found else None


def take_outcome(reader: WordsLeft) -> tuple[Outcome | None, bool]:
    """Takes the outcome that is named, and whether it is denied ("nicht beschlossen")."""
    if ascribes_decision(reader.left):
        return None, False
    if reader.take(_CHANGED):
        return Outcome.GEAENDERT, False
    found = _OUTCOME.search(reader.left)
    if found is None:
        return _read_active(reader), False
    word = found["word"].lower()
    stem = "zur Kenntnis genommen" if "kenntnis" in word else re.sub(r"e[nrsm]?$", "", word)
    if stem.endswith(("beschloss", "zurückgezog", "angenomm", "verwies")):
        stem += "en"
    otherwise = (o for said, o in _SAID_OTHERWISE.items() if word.startswith(said))
    outcome = next(otherwise, None) or read_outcome(stem)
    if outcome is None:
        return None, False
    reader.blank(*found.span())
    return outcome, bool(found["not"])


def _read_active(reader: WordsLeft) -> Outcome | None:
    """The outcome of an active verb, both parts of it: "lehnte der Kulturausschuss ab"."""
    for verb, particle, outcome in _ACTIVE:
        found = re.search(f"{verb}.*?{particle}" if particle else verb, reader.left, re.IGNORECASE)
        if found is None or re.search(r"\bnicht\b", reader.left):
            continue
        reader.take(re.compile(verb, re.IGNORECASE))
        if particle:
            reader.take(re.compile(particle, re.IGNORECASE))
        return outcome
    return None


def read_topic(reader: WordsLeft) -> str:
    """Takes what the papers have to be about, as typed; "" where nothing is said."""
    found = _TOPIC.search(reader.left)
    if found is None or speaks_of_votes(found["words"]):
        return ""
    words: Sequence[str] = found["words"].split()
    while words and words[-1].lower().strip(",;") in FILLERS | _TOPIC_VERBS:
        words = words[:-1]
    if len(words) > LONGEST_TOPIC:
        return ""
    reader.blank(*found.span())
    return " ".join(words).strip(" ,;„“\"'")


def topic_terms(topic: str) -> tuple[str, ...]:
    """The term of each word that says something; parts of compounds are not asked for."""
    found = (query_terms(word)[:1] for word in topic.split() if word.lower() not in FILLERS)
    return tuple(dict.fromkeys(term for terms in found for term in terms))
