"""Questions for the last or the first sitting on a matter. Rules only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.sittings.reading import BodyNamed, take_body, topic_left
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft
from ingest.expressions import Kind, find_expressions

LONGEST = 28
LONGEST_TOPIC = 7
_NOUN = r"(?:beratung|sitzung|behandlung|befassung|diskussion|aussprache)"
_LAST = re.compile(
    r"\b(?:zuletz?t|zulezt|letztmal(?:s|ig)|(?:zum|das|beim)\s+letzte[ns]?\s*mal|"
    rf"letzte[nrs]?(?=\s+{_NOUN}\b))(?!\w)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:erstmal(?:s|ig)|zuerst|(?:zum|das|beim)\s+erste[ns]?\s*mal|"
    rf"erste[nrs]?(?=\s+{_NOUN}\b))(?!\w)",
    re.IGNORECASE,
)
_CONSULTED = re.compile(
    r"\b(?:beratt?en|beriet(?:en)?|beratung|behandel(?:t|te|ten|n)|behandlung|besprochen|gesprochen|"
    r"sprach(?:en)?|diskutiert(?:en)?|diskussion|erörtert(?:en)?|debattiert(?:en)?|aussprache|"
    r"befass(?:t|te|ten)|befassung|beschäftigt(?:e|en)?|tagesordnung|tagesordnungspunkt|thema|"
    r"ging(?:en)?|gegangen|aufgerufen|sitzung|(?-i:TOP))\b",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"(?:^|,)\W*(?:und\s+|bitte\s+|sag\w*\s+(?:mir\s+)?)*(?:wann|an\s+welchem\s+(?:tag|datum)|"
    r"(?:in|bei|auf)\s+welche[rm]\s+(?:sitzung|ausschuss|gremium|tagesordnung)|"
    rf"welche\s+sitzung|welches\s+gremium|welcher\s+ausschuss|(?:die\s+)?(?:letzte|erste)\s+{_NOUN})\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:warum|weshalb|wieso|wer|wie\s*viele?|wie\s+oft|nächste[nrsm]?|künftig|soll(?:te)?|wird|"
    r"alle|sämtliche|liste|seit|bis|zwischen|wahlperiode|vergangene[nrs]?|"
    r"(?:dieses|letztes|vorige[sn]|letzten)\s+jahr(?:e?s)?|"
    r"(?:vor|nach|ab)\s+(?:dem\s+)?(?:\d+|januar|februar|märz|april|mai|juni|juli|august|september|"
    r"oktober|november|dezember)|"
    r"beschlossen|entschieden|abgestimmt|abgelehnt|angenommen|geändert|vertagt|zurückgezogen|"
    r"\w*antr[aä]ge?[sn]?|\w*vorlagen?|\w*anfragen?|resolution(?:en)?|drucksachen?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:im\s+jahre?|in|jahr|wurden?|war|hat|haben|stand)\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FRAME = frozenset(
    """
    wann tag datum sitzung sitzungen ausschuss ausschüsse gremium gremien beraten beratten beriet
    berieten beratung behandelt behandelte behandelten behandeln behandlung besprochen gesprochen
    sprach sprachen diskutiert diskutierte diskutierten diskussion erörtert erörterte debattiert
    debattierte aussprache befasst befasste befassten befassung beschäftigt beschäftigte
    beschäftigten tagesordnung tagesordnungspunkt thema themen punkt top ging gingen gegangen
    aufgerufen stand standen gestanden kam kamen gekommen tauchte tauchten aufgetaucht gewesen
    worden fand fanden statt stattgefunden eigentlich denn überhaupt bitte können könnten kannst
    könntest sagen mitteilen nennen wissen wüsste wüssten gern gerne möchte möchten hallo danke
    schön guten morgen frage vielen dank mal letzte letzten letztes letzter erste ersten erstes
    erster niederschrift protokoll laut öffentlich herausfinden nachsehen interessiert interessieren
    haus politik verbands sache sachen angelegenheit betreffend bezüglich drum darüber jahr jahre
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class ConsultationRequest:
    """The sitting that is asked for.

    Attributes:
        words: the topic, word by word as typed.
        first: whether the first sitting is meant, not the last.
        years: each a year that the sitting may be of; empty for any.
    """

    words: tuple[str, ...]
    body: BodyNamed
    first: bool
    years: tuple[int, ...]

    @property
    def topic(self) -> str:
        """The topic as typed."""
        return " ".join(self.words)


def read_consultation(
    question: Question, bodies: Callable[[], Iterable[str]]
) -> ConsultationRequest | None:
    """The last or first sitting that a question asks for; None for every other question.

    `bodies` gives the names of all Gremien on record.
    """
    text = " ".join(question.text.split())
    if question.numbers or question.kind is not QuestionKind.OFFEN or len(text.split()) > LONGEST:
        return None
    if not _ASKS_WHEN.search(text) or not _CONSULTED.search(text):
        return None
    reader = WordsLeft(text)
    last, first = reader.take(_LAST), reader.take(_FIRST)
    if (last is None) is (first is None) or _OTHER.search(reader.left):
        return None
    years: list[int] = []
    while found := reader.take(_YEAR):
        years.append(int(found["year"]))
    if any(e.kind is not Kind.YEAR for e in find_expressions(reader.left)):
        return None
    body = take_body(reader, bodies())
    words = topic_left(reader, _FRAME)
    if not words or len(words) > LONGEST_TOPIC:
        return None
    return ConsultationRequest(words, body, first is not None, tuple(years))
