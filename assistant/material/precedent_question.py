"""Questions for precedents: "Welche Präzedenzfälle gibt es für …?", "Gab es schon Anträge zu …?".

Rules only. A question for one paper, for a count or for a plain list is none of them.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.lists.opening import plainly
from assistant.lists.request import ANTRAEGE, VORLAGEN, ListRequest, read_term, topic_terms
from assistant.understanding.period import read_period
from assistant.understanding.question import Question
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.german import STOP_WORDS

ARTEN = ANTRAEGE | VORLAGEN | {"Resolution"}
"""Kinds of papers that a decision may have been taken on."""
LONGEST_TOPIC = 5
_NAMED = re.compile(
    r"\bpräzendenz\w*|\bpräze[dt]en[zs]\w*|\bvergleichsf[aä]ll\w*|\bvorgängerbeschl[uü]ss\w*|"
    r"\bvorbeschl[uü]ss\w*|\bbezugsf[aä]ll\w*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:gibt|gab|gibts|welche\w*|nenn\w*|zeig\w*|such\w*|find\w*|haben|hatten|kennt|kennen|"
    r"brauch\w*|liste\w*|stell\w*|bitte)\b",
    re.IGNORECASE,
)
_PAPER = (
    r"(?:(?:haushalts|änderungs|dringlichkeits)?antr[aä]ge?n?|(?:beschluss)?vorlagen?|"
    r"beschl[uü]ss(?:e|en)?|entscheidung(?:en)?|vorstöße?n?|initiativen?|vorgänge|fälle|"
    r"beratung(?:en)?|resolution(?:en)?)"
)
_BEFORE = (
    r"(?:schon\s+(?:ein)?mal|schonmal|früher\w*|bereits(?:\s+(?:ein)?mal)?|jemals|schon|"
    r"in\s+der\s+vergangenheit|vergangene[nr]?|ähnliche[nrs]?|vergleichbare[nrs]?)"
)
_LIKE = (
    r"(?:so\s+(?:et)?was|sowas|(?:et)?was\s+(?:ähnliches|vergleichbares|derartiges)|ähnliches|"
    r"vergleichbares|derartiges|dergleichen|solche[srn]?)"
)
_DECIDED = (
    r"(?:beschlossen|abgelehnt|entschieden|beantragt|beraten|behandelt|angenommen|verworfen|"
    r"gefordert|diskutiert)"
)
_OF = r"(?:zu[mr]?|für|über|in\s+sachen|bezüglich|hinsichtlich|betreffend)"
_START = r"^\W*(?:und\s+|bitte\s+|hallo\W+)?"
_FRAMES = tuple(
    re.compile(_START + pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:gab|gibt|gabs|gibts|hatten|haben|lagen|liegen|existier\w+|"
        rf"kennen)\b(?=.*\b{_BEFORE}\b)"
        rf"(?=.*\b{_PAPER}\b).*\b{_OF}\b",
        rf"(?:welche|was\s+für|nenn\w*|zeig\w*|such\w*|find\w*|liste)\b.{{0,30}}?"
        rf"\b(?:früheren?|vergangenen?|ähnlichen?|vergleichbaren?)\s+{_PAPER}\b",
        rf"(?:wurde|wurden|ist|hat|haben|gab|gibt)\b(?=.*\b{_LIKE}\b)"
        rf"(?=.*\b(?:{_BEFORE}|je)\b)(?=.*\b{_DECIDED}\b)",
        rf"(?:wurde|wurden|ist|hat|haben)\b.{{0,40}}?\b{_OF}\b"
        rf"(?=.*\b(?:früher|schon\s+(?:ein)?mal|schonmal|bereits\s+(?:ein)?mal|jemals)\b)"
        rf"(?=.*\b{_DECIDED}\b)",
        rf"wie\s+(?:wurde|haben|hat|ist)\b(?=.*\bfrüher\b)(?=.*\b{_DECIDED}\b).*\b{_OF}\b",
    )
)
_ASKS_OTHERWISE = re.compile(
    r"\b(?:warum|weshalb|wieso|wie\s*viele?|wieviele?|wie\s+hoch|anzahl|wer|von\s+wem|wann|"
    r"zuletzt|dagegen|dafür|was\s+ist\s+ein\w*|was\s+bedeutet\w*|was\s+heißt|definition)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)")
_OUTCOME = re.compile(
    rf"\b(?:{_DECIDED}|zurückgezogen|vertagt)(?:\s+(?:oder|und|bzw\.?)\s+(?:{_DECIDED}|nicht))*\b",
    re.IGNORECASE,
)
_FRAME_WORDS = frozenset(
    """
    welche welcher welches gibt gab es gibts gabs für zu zum zur über in sachen thema themen
    stichwort schon einmal mal schonmal früher frühere früheren früherer bereits jemals je
    vergangenheit vergangene vergangenen ähnliche ähnlichen ähnliches vergleichbare
    vergleichbaren vergleichbares derartiges dergleichen solche solchen solches so etwas was
    sowas wie wurde wurden worden ist sind hat haben hatten wir man uns hier dort bei im hause
    haus lvr lwl lvs lvn verband landschaftsverband landschaftsverbandes landschaftsverbände
    gremien politik ausschuss ausschüsse ausschüssen landschaftsversammlung
    landschaftsausschuss verwaltung nenne nennen zeige zeigen zeig nenn suche suchen such
    finde finden find liste stelle stell zusammen bitte mir mal brauche brauchen benötige ich
    kennen kennt lagen liegen vor existieren existiert beispiele beispielsweise etwa gestellt
    eingebracht gefasst getroffen gegeben irgendwelche irgendwann bezug auf bezüglich
    hinsichtlich betreffend rund um eigentlich überhaupt denn da dazu hierzu davon hallo danke
    guten tag morgen moin entsprechende passende relevante alle sämtliche letzten vorherige
    vorherigen wahlperioden nicht oder und bzw abgelehnte abgelehnten beschlossene
    beschlossenen positive negative weitere
    """.split()  # noqa: SIM905
) | frozenset(STOP_WORDS)
_WORD = re.compile(r"\w[\w/&-]*")


def read_precedent_question(question: Question, today: date) -> ListRequest | None:
    """The papers whose outcome is asked for as a precedent; None for every other question.

    A request without a topic says that the question is one and names no topic, or one of too many
    words to be looked for.
    """
    text = plainly(" ".join(question.text.split()))
    if question.numbers and not question.text.rstrip(" ?").endswith(")"):
        return None
    if _ASKS_OTHERWISE.search(_NAMED.sub(" ", text)):
        return None
    named = _NAMED.search(text)
    short = named is not None and len(text.split()) <= LONGEST_TOPIC + 2
    if not ((named and (short or _ASKS.search(text))) or any(f.search(text) for f in _FRAMES)):
        return None
    return topic_request(_ASIDE.sub(" ", text), today)


def topic_request(text: str, today: date) -> ListRequest:
    """The words of a text that say what papers have to be about, with the filters in it."""
    reader = WordsLeft(text)
    while reader.take(_NAMED):
        pass
    wahlperiode = read_term(reader)
    first, last = read_period(reader, today)
    fraktionen = take_fraktionen(reader)
    reader.take(re.compile(rf"\b{_PAPER}\b", re.IGNORECASE))
    reader.take(re.compile(rf"\b{_PAPER}\b", re.IGNORECASE))
    reader.take(_OUTCOME)
    words = [w for w in _WORD.findall(reader.left) if w.lower() not in _FRAME_WORDS]
    topic = " ".join(words) if len(words) <= LONGEST_TOPIC else ""
    return ListRequest(
        art_words="Anträge, Vorlagen und Resolutionen",
        arten=frozenset(ARTEN),
        fraktionen=fraktionen,
        wahlperiode=wahlperiode,
        first=first,
        last=last,
        topic=topic,
        topic_terms=topic_terms(topic),
    )
