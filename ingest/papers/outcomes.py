"""What became of a paper: the outcome that the words of a record state.

The order of the rules is the order of `index.types.Outcome`, first hit wins: "vertagt, Ja: 14" is a
vote about the Vertagung, "ungeändert beschlossen" is no change, "ablehnend zur Kenntnis" is no
rejection. Where the words fit no rule, nothing is guessed.
"""

from __future__ import annotations

import re

from index.types import Outcome
from ingest.papers.votes import is_table_line, read_votes

_MOTION = (
    r"(?:ausschuss\w*|kommission\w*|gremi\w+|rat(?:es)?\b|beirat\w*|versammlung\w*|verwaltung)"
)
# "beschließt einstimmig, die Vorlage zu vertagen"
_AGREED_TO = r"\b(?:beschl\w+|einig\w+|empf[aio]\w+|überein|einstimmig|mehrheitlich)\b[^.;]{0,140}"
_RULES: tuple[tuple[Outcome, str], ...] = (
    (
        Outcome.ZURUECKGEZOGEN,
        r"zurückgezogen|zurück\s?genommen|\bzieh(?:t|en)\b[^.;]{0,80}\bzurück\b|\bzurückzieh\w+"
        r"|\brücknahme des (?:antrag|beschluss)",
    ),
    (
        Outcome.ABGESETZT,
        r"\babgesetzt|\bvon der tagesordnung (?:genommen|gestrichen)|\babsetzung\b|\bentfällt\b"
        r"|\bsetzt\b[^.;]{0,60}\bvon der tagesordnung ab\b"
        r"|\bvon der tagesordnung (?:abzusetzen|zu (?:nehmen|streichen))\b",
    ),
    (
        Outcome.VERTAGT,
        r"\bvertagt|\bvertagung\b|\bzurückgestellt|\bverschoben\b|\bstellt\b[^.;]{0,60}\bzurück\b"
        rf"|{_AGREED_TO}\bzu vertagen\b"
        rf"|{_AGREED_TO}(?:antrag|vorlage|punkt|entscheidung|angelegenheit|beratung)\b[^.;]{{0,80}}"
        r"\b(?:zurückzustellen|zu verschieben)\b",
    ),
    (
        Outcome.VERWIESEN,
        r"(?:zurück|weiter)?verwiesen\b|\b(?:zurück)?verweisung\b|\bverweist\b[^.;]{0,80}"
        + _MOTION
        + r"|\büberwiesen\b[^.;]{0,60}"
        + _MOTION
        + r"|"
        + _MOTION
        + r"[^.;]{0,30}\büberwiesen\b"
        + rf"|{_AGREED_TO}{_MOTION}[^.;]{{0,60}}\b(?:zurück)?(?:zu ?verweisen|zu überweisen)\b",
    ),
    (
        Outcome.ABGELEHNT,
        r"\babgelehnt|\bablehnung\b(?!\s*:|en)|\blehn(?:t|en|te|ten)\b[^.;]{0,120}\bab\b"
        r"|\bkeine (?:mehrheit|zustimmung)\b|\b(?:einstimmig|mehrheitlich) dagegen\b"
        rf"|{_AGREED_TO}"
        r"(?:antr[aä]g|anregung|vorlage|vorschlag|petition|resolution)\w*\b[^.;]{0,80}"
        r"\b(?:abzulehnen|nicht (?:zu (?:folgen|entsprechen)|(?:zu|statt)zu\w+))\b"
        r"|\bzustimmung\b[^.;:]{0,40}\b(?:versagt|verweigert|verwehrt|nicht erteilt)\b"
        r"|\babschlägig\b|\bnicht (?:an|auf)genommen\b|\bzurückgewiesen\b|\bverworfen\b",
    ),
    (
        Outcome.GEAENDERT,
        r"(?<!un)(?<!ver)geändert\w{0,2}\s+(?:beschl|angenommen|zugestimmt|fassung|form|genehmigt)"
        r"|\b(?:ab)?geändert\w{0,2} beschlussvorschlag\w*\s+(?:\w+\s+){0,3}"
        r"(?:beschl|angenommen|zuge)"
        r"|\bbeschlussvorschlag (?:\w+ ){0,2}(?:ab)?geändert"
        r"|\bmit (?:(?:den|der|folgende[rnms]?|einer|redaktionellen|obigen?) )*"
        r"(?:änderung|ergänzung|maßgabe)(?:en)?\b|\bergänzt\w{0,2} beschlossen|\bergänzt um\b"
        r"|\bmit folgendem wortlaut\b"
        r"|\babweichend\w{0,2}\s+(?:vo[mn] (?:beschluss|antrag|vorschlag|der vorlage)|beschl)"
        r"|\bin (?:der )?(?:ab)?geänderte[rn] (?:fassung|form)\b|\bunter der maßgabe\b"
        r"|\bin der fassung de[sr] (?:änderungs|ergänzungs)|\bmodifiziert\w{0,2}\b"
        r"|\A\W*(?:ab)?geändert\W*\Z",
    ),
    (
        Outcome.KENNTNIS,
        r"\bzur kenntnis\b|\bkenntnisnahme\b|\bkenntnis (?:ge|zu )?n[eo]mmen",
    ),
    (
        Outcome.BESCHLOSSEN,
        r"\b(?:mit|vor)?beschlossen|\bbeschließ(?:t|en)\b|\bangenommen\b|\bzugestimmt|\bgenehmigt\b"
        r"|\bzustimmung\b(?!\s*(?::|durch|vo[nm]\b|de[rs] (?!\w*(?:ausschuss|rat|versammlung))))"
        r"|\bstimm(?:t|en|te|ten)\b[^.;]{0,120}\bzu\b(?! \w+en\b)|\bbewilligt\b|\bverabschiedet"
        r"|\b(?:laut|lt\.?|gemäß|entsprechend|nach|wie) (?:dem )?(?:beschluss)?vorschlag\b"
        r"|\bwie vorgeschlagen\b|\bbeschluss gefasst|\beinstimmig\b|\bmehrheitlich\b|\bgewählt\b"
        r"|\beinvernehmlich\b|\bschlie(?:ß|ss)(?:t|en) sich\b[^.;]{0,120}\ban\b",
    ),
)
_COMPILED = tuple((outcome, re.compile(pattern, re.IGNORECASE)) for outcome, pattern in _RULES)
# "Ohne weitere Beratung beschließt", "ohne Gegenstimme beschlossen" negate nothing.
_NEGATED = re.compile(
    r"\b(?P<not>nicht|kein\w*(?!\s+(?:gegenstimm|enthaltung))|weder"
    r"|ohne(?!\s+(?:weiter|beratung|aussprache|diskussion|debatte|wortmeldung|gegenstimm|einw"
    r"|enthaltung|änderung|gegenrede)))\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\bnoch (?:nicht|kein\w*)\b|\bohne (?:beschluss|votum|abstimmung|empfehlung)"
    r"|\bkeine abstimmung\b|\berledigt durch\b|\bdurch [^.;]{0,60}\berledigt\b"
    r"|\bkein(?:en)? beschluss\b|\bbeschluss (?:wurde|wird|ist) nicht\b|\bnicht abgestimmt\b",
    re.IGNORECASE,
)
# A vote on procedure that failed says nothing about the paper itself.
_FAILED_PROCEDURE = re.compile(
    r"\bantrag,? [^.;]{0,80}\b(?:zu vertagen|zurückzustellen|abzusetzen|zu verweisen)\b[^.;]{0,80}"
    r"\b(?:abgelehnt|keine mehrheit)"
    r"|\b(?:antr[aä]g\w* auf |wunsch nach )(?:vertagung|absetzung|verweisung|überweisung)\b"
    r"[^.;]{0,80}\b(?:abgelehnt|keine mehrheit)|\b(?:vertagungs|absetzungs|verweisungs)antrag\w*\b"
    r"[^.;]{0,80}\babgelehnt",
    re.IGNORECASE,
)
_VOTE_LINE = re.compile(
    r"[\s•–-]*(?:(?:ja|nein|enthaltung(?:en)?|dafür|dagegen|zustimmung(?:en)?|ablehnung(?:en)?)"
    r"(?:-?\s?stimmen?)?\s*[:=]?\s*(?:\d|keine\b)"
    r"|wie (?:vorlage|(?:änderungs)?antrag|vorgeschlagen)\b"
    r"|(?:zustimmung|ablehnung|enthaltung(?:en)?|dafür|dagegen|(?:ja|nein)-?stimmen)\s*:\s*\S"
    r"|\d+\s*(?:x\s*)?(?:ja|nein|enthaltung|gegenstimm|stimme)"
    r"|(?:bei|mit|gegen|ohne)\b[^.:]{0,160}(?:stimme|enthaltung)|(?:einstimmig|mehrheitlich)\b)",
    re.IGNORECASE,
)
_MAX_VOTE_LINE = 250


def is_vote_line(line: str) -> bool:
    """Whether a line goes on counting the vote that the line before it records."""
    counts = _VOTE_LINE.match(line) is not None or is_table_line(line)
    return len(line) <= _MAX_VOTE_LINE and counts


def read_outcome(text: str) -> Outcome | None:
    """The outcome that `text` states, or None where it states none that is known.

    `text` is one record: an Ergebnisvermerk, a vote, a sentence of minutes.
    """
    normal = " ".join(text.split())
    if _NOT_YET.search(normal):
        return None
    normal = _FAILED_PROCEDURE.sub(" ", normal)
    for outcome, pattern in _COMPILED:
        for match in pattern.finditer(normal):
            if not _NEGATED.search(normal[: match.start()]):
                return outcome
            if outcome is Outcome.BESCHLOSSEN:
                return Outcome.ABGELEHNT
    return _by_count(normal)


def _by_count(text: str) -> Outcome | None:
    """The outcome of a bare count of votes; a tie or half a count decides nothing."""
    vote = read_votes(text)
    if vote is None or vote.ja is None or vote.nein is None or vote.ja == vote.nein:
        return None
    return Outcome.BESCHLOSSEN if vote.ja > vote.nein else Outcome.ABGELEHNT
