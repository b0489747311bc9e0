"""Questions for amounts out of tables: which years, Ansatz or Ergebnis, compared or developed.

What is asked for by name (row, table, paper) is told by the tables themselves, see
`assistant.amounts.series`. Every word has to belong to a filler, to one of the filters here or to
such a name: an amount that answers another question than the one asked is a wrong amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft
from index.german import analyse
from ingest.expressions import Kind
from ingest.units import stated_unit


class Stage(StrEnum):
    """What a column of a budget holds: what came out, what was granted, what is foreseen."""

    ERGEBNIS = "Ergebnis"
    ANSATZ = "Ansatz"
    PLANUNG = "Planung"


Wish = tuple[Stage | None, str]
"""What is asked for, of one cell: its stage and its period, None and "" where any will do."""


@dataclass(frozen=True, slots=True)
class AmountRequest:
    """What a question asks of tables.

    Attributes:
        words: the stems of all its words, by which it may name rows.
        named: the words that name rows, tables, papers or Mandanten, in order, as typed.
        periods: "2024" or "2015/2016", in order, each once.
        through: whether the periods are the ends of a stretch of time.
        stages: the stages that are named.
        pairs: stages with the period that each is named with; empty unless all are.
        planned: whether the question speaks of what was planned, without naming a stage.
        change: whether a difference is asked for; `rising` is the direction it takes for granted.
        develops: whether it asks how something developed.
        compares: whether it asks to compare.
        counts, money, percent: what the amount has to be; a difference may be asked in percent.
        unit: the unit that it shall be given in, as in `Cell.unit`.
        budget: the year of the budget whose columns are asked for, where it is named apart.
    """

    text: str
    words: frozenset[str]
    named: tuple[str, ...]
    periods: tuple[str, ...] = ()
    through: bool = False
    stages: tuple[Stage, ...] = ()
    pairs: tuple[Wish, ...] = ()
    planned: bool = False
    change: bool = False
    rising: bool | None = None
    develops: bool = False
    compares: bool = False
    counts: bool = False
    money: bool = False
    percent: bool = False
    unit: str = ""
    budget: str = ""

    @property
    def is_single(self) -> bool:
        """Whether nothing says which of several columns is meant."""
        return not (self.periods or self.stages or self.develops)


PERIOD = re.compile(
    r"(?<![\d./,-])(?:19|20)\d{2}(?:/(?:(?:19|20)\d{2}|\d{2}))?(?![\d%]|[./,-]\d|\.\d)"
)
_YEAR = r"(?:19|20)\d{2}"
_STRETCH = re.compile(
    rf"\b(?:(?:von|in\s+den\s+jahren|für\s+die\s+jahre)\s+)?{_YEAR}\s*(?:bis|[–-])\s*{_YEAR}\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\bzwischen\s+{_YEAR}\s+und\s+{_YEAR}\b", re.IGNORECASE)
_STAGE_WORDS: tuple[tuple[Stage, str], ...] = (
    (Stage.ANSATZ, r"(?i:(?:haushalts|plan)?(?:ansatz(?:es)?|ansätzen?))|Soll"),
    (Stage.PLANUNG, r"(?i:(?:finanz)?planung(?:en)?)"),
    (
        Stage.ERGEBNIS,
        r"(?i:(?:rechnungs)?ergebnis(?:se[ns]?)?|tatsächlich(?:e[nrs]?)?|ausgegeben|verausgabt|aufgewendet)|Ist",
    ),
)
_STAGE = re.compile(
    r"\b(?:(?i:vorläufige[rsn]?)\s+)?(?:"
    + "|".join(f"(?P<{stage.name}>{words})" for stage, words in _STAGE_WORDS)
    + r")\b"
)
_PLANNED = re.compile(
    r"\b(?:veranschlagt|geplant|vorgesehen|eingeplant|angesetzt)(?:e[nrsm]?)?\b", re.IGNORECASE
)
_UP = (
    r"stieg(?:en)?|steigen|gestiegen|steigt|erhöh(?:t|te|ten|en)|wuchs(?:en)?|gewachsen|zugenommen|"
    r"höher|größer|mehr|anstiegs?|steigerung|zuwachs|zunahme|erhöhung"
)
_DOWN = (
    r"sank(?:en)?|sinken|gesunken|sinkt|fiel(?:en)?|gefallen|verringert(?:e|en)?|abgenommen|"
    r"zurückgegangen|zurückging(?:en)?|niedriger|geringer|kleiner|weniger|rückgang|senkung|abnahme"
)
_EITHER = (
    r"(?:ver)?änder(?:t|te|ten|n)|unterscheide(?:t|n)|unterschieden|abweich(?:t|en)|abgewichen|"
    r"weichen|weicht|veränderung(?:en)?|unterschieds?|differenz|abweichung(?:en)?"
)
_MOVES = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|{_EITHER})\b", re.IGNORECASE)
_BY_HOW_MUCH = re.compile(
    r"\bum\s+wie\s*viele?\b(?:\s+(?P<percent>prozent|%)|\s+(?:euro|€|T€))?|"
    r"\bwie\s*viel\b(?=\s+(?:mehr|weniger|höher|niedriger|geringer|größer|kleiner)\b)|"
    r"\b(?P<noun>veränderung|unterschied|differenz|abweichung|steigerung|anstieg|rückgang|zuwachs|"
    r"zunahme|abnahme)\b(?P<in>\s+in\s+prozent)?",
    re.IGNORECASE,
)
_DEVELOPS = re.compile(
    r"\bwie\s+(?:hat|haben|hatten?)\s+sich\b|\bwie\s+(?:entwickel|veränder)ten?\s+sich\b|"
    r"\b(?:die\s+)?(?:entwicklung|zeitreihe)(?=\s+(?:der|des|von)\b)",
    re.IGNORECASE,
)
_DEVELOPED = re.compile(r"\b(?:entwickelt|verändert)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\bvergleich(?:e|en)?(?:\s+sie)?\b|\bverglichen\b|\bgegenüberstellung\b|\bim\s+vergleich\b|"
    r"\bstell(?:e|en)?(?=.*\bgegenüber\b)|\bgegenüber(?:stellen)?\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\b(?P<count>(?:wie\s*viele)(?!\s+(?:euro|prozent|mittel)))\b|"
    r"\bwie\s*viel\s+(?P<unit>prozent|euro|geld)\b|\bwie\s+(?P<dear>teuer)\b|"
    r"\bwie\s+(?:hoch|groß)\b|\bwie\s*viel\b|\bin\s+welcher\s+höhe\b|\bauf\s+welchen\s+betrag\b|"
    r"\bwas\s+(?P<cost>koste(?:t|ten?|n))\b|"
    r"\b(?P<granted>was(?=\s+(?:ist|sind|war|waren|wurden?)\b)|welche[rnms]?)"
    r"(?=.*\b(?:veranschlagt|geplant|vorgesehen|eingeplant|angesetzt)\b)|"
    r"\b(?:welche[rnms]?|was\s+(?:ist|sind|war|waren))\s+"
    r"(?:der\s+|die\s+)?(?=(?:beträge?|ans[aä]tze?|ergebniss?e?|werte?|höhe|planung)\b)",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"^\W*(?:bitte\s+)?(?:nenne?n?|zeige?n?|gib|geben)\b(?:\s+sie)?(?:\s+(?:mir|uns))?", re.I
)
_NO_PHRASE = re.compile(
    r"^\W*(?:ist|sind|war|waren|wurden?|hat|haben|hatten?|gab|gibt|lag|lagen|liegt|liegen|steht|"
    r"stehen|betrug|betrugen|beträgt|betragen|stieg|stiegen|sank|sanken)\b",
    re.IGNORECASE,
)
_UNIT_WISHED = re.compile(
    r"\bin\s+(?:T€|TEUR\b|Tsd\.?\s?(?:€|Euro)|(?:Tausend|Mio\.?|Millionen|Mrd\.?|Milliarden)\s"
    r"(?:€|Euro)|Euro\b|EUR\b|€|Prozent\b)",
    re.IGNORECASE,
)
_BUDGET_OF = re.compile(
    rf"\b(?P<paper>Haushalt(?:e?s|splan(?:e?s)?)?)\s+(?P<year>{_YEAR})\b", re.IGNORECASE
)
_FILLERS = frozenset(
    """
    der die das den dem des von vom aus in im ins für zu zum zur bei beim an am auf und sowie oder
    als je pro bis ab mit jeweils jahr jahre jahren jahres haushaltsjahr haushaltsjahre
    haushaltsjahren haushaltsjahres war waren ist sind betrug betrugen beträgt betragen lag lagen
    liegt liegen belief beliefen sich wurde wurden hat haben hatte hatten gab gibt es sie bitte mir
    uns betrag beträge betrages höhe wert werte laut nach gemäß ausgewiesen sowohl auch zwischen
    fiel fielen
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w[\w-]*")
_NOT_ASKED = frozenset({Kind.DATE, Kind.MONTH, Kind.NORM, Kind.REFERENCE, Kind.MONEY, Kind.PERCENT})
LONGEST = 24
"""Words; a longer question has conditions of its own."""


def read_amount_request(question: Question) -> AmountRequest | None:
    """What of tables is asked for; None where something else is, or more than is understood."""
    text = " ".join(question.text.split())
    if question.kind is not QuestionKind.OFFEN or question.numbers or len(text.split()) > LONGEST:
        return None
    if any(expression.kind in _NOT_ASKED for expression in question.expressions):
        return None
    reader = WordsLeft(text)
    unit = reader.take(_UNIT_WISHED)
    by = reader.take(_BY_HOW_MUCH)
    develops = reader.take(_DEVELOPS) if by is None else None
    if develops:
        reader.take(_DEVELOPED)
    compares = reader.take(_COMPARES)
    while reader.take(_COMPARES):
        pass
    how = reader.take(_HOW_MUCH)
    asked = bool(by or develops or compares or how or reader.take(_COMMANDS))
    if not asked and _NO_PHRASE.match(text):
        return None
    rising = _take_moves(reader) if by else None
    paper = _take_budget(reader)
    periods, through = _take_periods(reader, develops=bool(develops))
    stages, pairs = _take_stages(reader, text)
    planned = bool(reader.take(_PLANNED))
    named = _names(reader.left, paper)
    if not named or (not asked and not (periods or stages)):
        return None
    wished = stated_unit(unit[0], 0) if unit else None
    return AmountRequest(
        text=text,
        words=stems(text),
        named=named,
        periods=periods,
        through=through,
        stages=stages,
        pairs=pairs,
        planned=planned,
        change=by is not None,
        rising=rising,
        develops=bool(develops),
        compares=bool(compares),
        counts=bool(how and how["count"]),
        money=bool(how and _is_money(how)),
        percent=bool((how and (how["unit"] or "").lower() == "prozent") or _in_percent(by)),
        unit=wished.value if wished and not (by and wished.value == "%") else "",
        budget=paper.split()[-1] if paper else "",
    )


def _is_money(how: re.Match[str]) -> bool:
    wanted = (how["unit"] or "").lower() in ("euro", "geld")
    return wanted or bool(how["dear"] or how["cost"] or how["granted"])


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text; words with a hyphen are several."""
    return frozenset(analyse(re.sub(r"(?<=\w)[-‐‑](?=\w)", " ", text)).words)


def _in_percent(by: re.Match[str] | None) -> bool:
    return by is not None and bool(by["percent"] or by["in"])


def _take_moves(reader: WordsLeft) -> bool | None:
    """Takes the words of rising and falling; which of them the question takes for granted."""
    rising = None
    while found := reader.take(_MOVES):
        if found["up"] or found["down"]:
            rising = bool(found["up"])
    return rising


def _take_budget(reader: WordsLeft) -> str:
    """The words of a budget named by its year, where other years are asked for: its paper."""
    found = _BUDGET_OF.search(reader.left)
    if found is None or len(PERIOD.findall(reader.left)) < 2:
        return ""
    reader.blank(*found.span())
    return found[0]


def _take_periods(reader: WordsLeft, *, develops: bool) -> tuple[tuple[str, ...], bool]:
    stretch = _STRETCH.search(reader.left) or (develops and _BETWEEN.search(reader.left))
    periods = [period_key(found[0]) for found in PERIOD.finditer(reader.left)]
    if _STRETCH.search(reader.left):
        periods = re.findall(_YEAR, reader.left)
    while reader.take(PERIOD) or reader.take(re.compile(rf"\b{_YEAR}\b")):
        pass
    kept = tuple(dict.fromkeys(periods))
    return kept, bool(stretch) and len(kept) == 2


def period_key(words: str) -> str:
    """The one way to write a period: "2015/2016" for "2015/16"."""
    first, _, second = words.partition("/")
    return f"{first}/{first[:2]}{second}" if len(second) == 2 else words


def _take_stages(reader: WordsLeft, text: str) -> tuple[tuple[Stage, ...], tuple[Wish, ...]]:
    """The named stages, and each with its year where every one of them has one beside it."""
    stages: list[Stage] = []
    pairs: list[Wish] = []
    while found := reader.take(_STAGE):
        stage = Stage[found.lastgroup or ""]
        stages.append(stage)
        beside = re.match(rf"\s+(?:des\s+jahres\s+)?({_YEAR})\b", text[found.end() :], re.I)
        if beside:
            pairs.append((stage, beside[1]))
    explicit = len(pairs) == len(stages) > 1 and len(set(pairs)) == len(pairs)
    stated = tuple(dict.fromkeys(stages))
    order = sorted(pairs, key=lambda pair: pair[1])
    return stated, tuple(order) if explicit else ()


def _names(left: str, paper: str) -> tuple[str, ...]:
    """The words that have to name something; none where one can name nothing ("warum")."""
    words = [w for w in _WORD.findall(left) if w.lower() not in _FILLERS]
    if any(not stems(word) for word in words):
        return ()
    return (*words, *paper.split()[:1])
