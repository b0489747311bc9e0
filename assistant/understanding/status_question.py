"""Questions for what became of a paper that is named by its subject, not by its number.

"Was wurde aus dem Umzug der Verwaltung?" is one; "Warum wurde er abgelehnt?" is not. Rules only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.departure_question import asks_for_departure
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.german import STOP_WORDS
from ingest.expressions import Kind, find_expressions

LONGEST = 24
"""Words; a longer question has conditions of its own."""
_OUTCOME = (
    r"(?:nicht\s+)?(?:beschlossen|angenommen|abgelehnt|verabschiedet|zugestimmt|vertagt|verwiesen|"
    r"zurückgezogen|abgesetzt|bewilligt|befürwortet|genehmigt|gescheitert|durchgekommen|"
    r"entschieden|(?:ab)?gestimmt|(?:zur\s+)?kenntnis\s+genommen)"
)
_END = (
    rf"\s+(?:eigentlich\s+|schon\s+|bereits\s+|jemals\s+|am\s+ende\s+|letztlich\s+)*{_OUTCOME}"
    rf"(?:\s+worden)?(?:\s*,?\s+oder\s+(?:doch\s+)?(?:nicht|{_OUTCOME}))?\W*$"
)
_OF = r"(?:zu[mr]?|über|bei[m]?|de[rs]|vom|von|für|in\s+sachen)"
_FRAMES = tuple(
    re.compile(rf"^\W*(?:und\s+|bitte\s+)?{pattern}", re.IGNORECASE)
    for pattern in (
        r"was\s+(?:wurde|ist|wird)\s+(?:eigentlich\s+|denn\s+)?aus\s+.+$",
        rf"(?:wurden?|ist|sind|war|hat|haben)\s+.+?{_END}",
        rf"(?:wann|wo|von\s+wem|(?:von|in)\s+welche[mr]\s+\w+|mit\s+welche[mr]\s+\w+)\s+"
        rf"(?:wurden?|ist|sind|hat|haben)\s+.+?{_END}",
        r"wie\s+(?:ist|sind)\s+.+?\s+ausgegangen\W*$",
        r"wie\s+ging(?:en)?\s+.+?\s+aus\W*$",
        rf"wie\s+(?:wurde|hat|haben)\s+.+?{_END}",
        r"welches\s+ergebnis\s+hatten?\s+.+$",
        rf"was\s+(?:wurde|hat|haben)\s+.+?\b{_OF}\b.+?{_END}",
        r"(?:kam|kamen)\s+.+?\s+durch\W*$",
        rf"wie\s+(?:endeten?|verlief(?:en)?|lief(?:en)?)\s+die\s+abstimmung(?:en)?\s+{_OF}\s+.+$",
        rf"was\s+kam\s+bei\s+der\s+abstimmung\s+{_OF}\s+.+?\s+(?:he)?raus\W*$",
        rf"(?:(?:wie|was)\s+(?:war|lautete|ist)\s+)?(?:das\s+ergebnis|der\s+ausgang|ergebnis|ausgang)\s+"
        rf"der\s+abstimmung\s+{_OF}\s+.+$",
    )
)
# A heading begins so too, "Ergebnis der Freibadsaison", unless a kind of paper is named.
_OF_A_PAPER = re.compile(
    rf"^\W*(?:und\s+)?(?:(?:wie\s+(?:lautete?|war|ist)|was\s+(?:ist|war))\s+"
    rf"(?:das\s+ergebnis|der\s+ausgang|der\s+stand|der\s+status|die\s+entscheidung|"
    rf"der\s+beschluss)|stand|status|ergebnis|ausgang)\s+{_OF}\s+"
    r"(?=.*(?:antr[aä]g|vorlage|resolution|drucksache)).+$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"^\W*(?:und\s+)?(?P<lead>(?:wer|welche\s+fraktion(?:en)?)\s+(?:hat|haben|stimmten?)\s+"
    r"(?:sich\s+)?(?:gegen|für|beim?|zu[mr]?))\s+.+?(?:\s+(?:gestimmt|enthalten))?\W*$",
    re.IGNORECASE,
)
_MOVED = (
    r"(?:gestellt|eingebracht|eingereicht|beantragt|vorgelegt|behandelt|beraten|unterschrieben)"
)
# Who moved it, when, where it went: only of what is called a paper, for others move things too.
_ABOUT_IT = re.compile(
    rf"^\W*(?:und\s+)?(?:(?:wer|wann|von\s+wem|von\s+welche[rn]\s+fraktion(?:en)?|"
    rf"welche\s+fraktion(?:en)?|in\s+welche[mn]\s+(?:gremi\w+|ausschuss|ausschüssen))\s+"
    rf"(?:hat|haben|wurden?|ist)\s+.*?(?:antr[aä]g|vorlage|resolution).*?\s(?:worden\s+)?{_MOVED}|"
    rf"(?:von\s+wem|von\s+welche[rn]\s+fraktion(?:en)?|woher)\s+(?:stammt|kommt|kam|ist|war)\s+"
    rf"(?:de[rn]|die)\s+\S*(?:antrag|vorlage|resolution)\s.+)\W*$",
    re.IGNORECASE,
)
# "beantragt" alone says so much: it is an Antrag that is meant, and its title has to hold the rest.
_MOVED_BY = re.compile(
    r"^\W*(?:und\s+)?(?:wer|wann|von\s+wem|(?:von\s+)?welche[rn]?\s+fraktion(?:en)?)\s+"
    r"(?:hat|haben|wurden?)\s+.+?\sbeantragt(?:\s+worden)?\W*$",
    re.IGNORECASE,
)
_VOTED = re.compile(
    r"^\W*(?:und\s+)?wie\s+(?:hat|haben)\s+(?P<who>.+?)\s+(?=(?:zu[mr]?|über|beim?)\b)", re.I
)
_ASKS_MORE = re.compile(
    r"\b(?:warum|weshalb|wieso|wie\s*viele?|wie\s+hoch|gegen|ohne|statt|anstelle|dass|ob|falls|"
    r"wenn|außer|kein\w*|welche\s+(?:kosten|mittel|gründe))\b",
    re.IGNORECASE,
)
_ARTEN = re.compile(
    r"(?P<pre>(?<=\w)-)?\b(?P<word>(?:haushalts|änderungs|ergänzungs|dringlichkeits|eil)?"
    r"antr[aä]ge?(?:e?s|n)?|(?:ergänzungs|mitteilungs)?vorlagen?|resolution(?:en)?|drucksachen?)\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:(?:in|aus)\s+)?(?:der\s+)?(?P<wp>\d{1,2})\.\s*(?:Wahlperiode|WP)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w[\w-]*")
_FRAME_WORDS = frozenset(
    """
    wurde wurden ist sind war hat haben wie was wann wo wem welchem welcher welches gremium
    ausschuss sitzung mehrheit ergebnis stimmenverhältnis ausgang stand status entscheidung
    beschluss lautet lautete ging gingen aus ausgegangen geworden kam kamen durch hatte hatten
    worden eigentlich schon bereits jemals ende letztlich denn bitte doch sachen genommen zur
    kenntnis fraktion fraktionen gruppe beschlossen angenommen abgelehnt verabschiedet
    zugestimmt vertagt verwiesen zurückgezogen abgesetzt bewilligt befürwortet genehmigt
    gescheitert durchgekommen entschieden abgestimmt gestimmt jahr jahre jahres thema frage
    betreffend gestellte gestellten eingebrachte eingebrachten damals gestern neulich kürzlich
    damalige damaligen stimmte stimmten enthalten
    gestellt eingebracht eingereicht beantragt vorgelegt behandelt beraten unterschrieben stammt
    kommt woher welchen gremien ausschüssen abstimmung abstimmungen endete endeten verlief verliefen
    lief liefen heraus raus weicht weichen ab abgewichen abweicht abweichend so gefasst unverändert
    ungeändert wortgleich antragsgemäß identisch gegenüber vorgeschlagen gefordert eingereicht
    ursprünglich ursprünglichen vorschlag beschlussvorschlag beschlussvorschlags beschlusses
    entwurf fassung entspricht entsprach mit ja nein
    """.split()  # noqa: SIM905
)
_NO_NAME = frozenset(
    """
    haushalt verwaltung verband landschaftsverband klinik kliniken museum museen schule schulen
    umbau neubau bau konzept bericht projekt maßnahme maßnahmen angelegenheit sache mittel geld
    kosten personal politik plan planung programm förderung änderung antragsteller papier dokument
    sitzungen beschlüsse punkt punkte tagesordnungspunkt vorschlag idee vorhaben
    """.split()  # noqa: SIM905
)
"""Words that stand in many titles: none of them alone names a paper."""


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper as a question names it without its number.

    Attributes:
        words: the words that have to stand in its title or subject, as typed.
        art: the kind it is called by, lower case; None where only "Drucksache" or nothing stands.
        fraktionen: normalised names of those who have to have moved it.
        wahlperiode: of its number.
        years: each has to be one of its date or of its Beratungsfolge.
    """

    words: tuple[str, ...]
    art: str | None
    fraktionen: tuple[str, ...]
    wahlperiode: int | None
    years: tuple[int, ...]


def read_named_paper(question: Question) -> NamedPaper | None:
    """The paper whose fate a question asks for by its subject; None for every other question."""
    text = " ".join(question.text.split())
    if question.numbers or question.kind is not QuestionKind.OFFEN or len(text.split()) > LONGEST:
        return None
    against = _AGAINST.search(text)
    if _ASKS_MORE.search(text, against.end("lead") if against else 0) or not _asks_for_fate(text):
        return None
    reader = WordsLeft(text)
    term = reader.take(_TERM)
    if any(e.kind is not Kind.YEAR for e in find_expressions(reader.left)):
        return None
    if voted := _VOTED.search(reader.left):
        _blank_voters(reader, *voted.span("who"))
    arten = [_art(found) for found in iter(lambda: reader.take(_ARTEN), None)]
    fraktionen = take_fraktionen(reader)
    years = tuple(int(e.value) for e in question.expressions if e.kind is Kind.YEAR)
    words = tuple(
        word
        for word in _WORD.findall(reader.left)
        if word.lower() not in _FRAME_WORDS | STOP_WORDS and word not in map(str, years)
    )
    if not words or all(word.lower() in _NO_NAME for word in words) or len(set(arten)) > 1:
        return None
    return NamedPaper(
        words=words,
        art=next(iter(arten), "antrag" if _MOVED_BY.search(text) else None),
        fraktionen=fraktionen,
        wahlperiode=int(term["wp"]) if term else None,
        years=years,
    )


def _asks_for_fate(text: str) -> bool:
    frames = (*_FRAMES, _OF_A_PAPER, _AGAINST, _ABOUT_IT, _MOVED_BY)
    return any(frame.search(text) for frame in frames) or asks_for_departure(text)


def _blank_voters(reader: WordsLeft, start: int, end: int) -> None:
    """Takes out the Fraktionen whose vote is asked for: they need not have moved the paper."""
    voters = WordsLeft(reader.text[start:end])
    if take_fraktionen(voters):
        reader.blank(start, end)


def _art(found: re.Match[str]) -> str | None:
    word = found["word"].lower().replace("ä", "a") if "antr" in found["word"].lower() else ""
    if word:
        word = re.sub(r"antrage?(?:e?s|n)?\Z", "antrag", word).replace("anderungs", "änderungs")
        return word.replace("erganzungs", "ergänzungs").replace("eilantrag", "dringlichkeitsantrag")
    word = found["word"].lower()
    if word.startswith("drucksache"):
        return None
    return re.sub(r"(?<=vorlage)n\Z|(?<=resolution)en\Z", "", word)
