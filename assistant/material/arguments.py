"""Arguments for and against from the record: verbatim, each with who says it, sorted by a rule.

The Begründung of a motion speaks for it. In minutes the verb decides: who "begrüßt" or "wirbt für"
speaks for, who "lehnt ab" or "kritisiert" against; whatever has both, or neither, or speaks of
another motion, is not sorted. Nothing is weighed and nothing put into other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.fundstelle import Ledger, paper_name
from assistant.material.treated import items_of
from assistant.records.course import gap_of, is_of
from assistant.records.exact import Finding
from assistant.records.fields import cite_number
from assistant.records.held import sessions_on_record
from assistant.records.vorgang import results
from assistant.types import AnswerStatus, Claim, Label
from index.store import Store
from index.types import Access, Document, Section, SectionKind, Span
from ingest.sentences import split_sentences

MOST_UNSORTED = 10
_MIN_WORDS = 4
_FOR = re.compile(
    r"\bbegrüß(?:t|en|te|ten|e)\b|\bbefürwort\w+|\bunterstütz(?:t|en|te|ten|e)\b|\bwirbt\s+für\b|"
    r"\bwarb\w*\s+für\b|\bspr[aei]ch\w*\s+sich\b[^.]{0,60}\bfür\b|\bbegründe(?:t|te|n|"
    r"ten)\b[^.]{0,40}"
    r"\b(?:antrag|vorlage|vorschlag)|\bstimm(?:t|en|te|ten)\b[^.]{0,60}\bzu\b(?=[.,;]|\s*$)|"
    r"\b(?:hält|halten|hielt\w*|halte)\b[^.]{0,80}\bfür\s+(?:\w+\s+)?(?:sinnvoll|notwendig|nötig|"
    r"geboten|"
    r"richtig|wichtig|überfällig|angemessen)\b|\blob(?:t|en|te|ten|e)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\blehn\w+\b[^.]{0,120}\bab\b|\babzulehnen\b|\bkritisier\w+|\bgib\w*\s+zu\s+bedenken\b|"
    r"\bgab\w*\s+zu\s+bedenken\b|\bhält\s+(?:dem\s+)?entgegen\b|\bhält\s+dem\b|\bwarn(?:t|en|te|"
    r"ten)\b|"
    r"\bspr[aei]ch\w*\s+sich\b[^.]{0,40}\b(?:da)?gegen\b|\bnicht\s+mit(?:zu)?tragen\b|"
    r"\b(?:hält|halten|hielt\w*|halte)\b[^.]{0,80}\bfür\s+(?:\w+\s+)?(?:zu\s+\w+|überflüssig|"
    r"unnötig|falsch|"
    r"verfrüht|entbehrlich|ungeeignet|unwirtschaftlich)\b|\bbezweifel\w+|\bbedenken\s+(?:gegen|"
    r"äußer\w*)|\bwendet?\w*\s+(?:sich\s+gegen|ein\b)|\bweis\w+\b[^.]{0,60}\bzurück\b|"
    r"\bbemängel\w+|\bablehnung\s+empf\w+",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:unterstütz\w+|begrüß\w+|befürwort\w+|kritisier\w+|bezweifel\w+|lehn\w+|"
    r"lob\w*)\s+(?:dies\w*|"
    r"das|ihn|sie|es)\b(?!\s+[A-ZÄÖÜ])|\bspr[aei]ch\w*\s+sich\s+da(?:für|gegen)\b|"
    r"\bstimmt\w*\s+dem\s+zu\b",
    re.IGNORECASE,
)
"""What stands for something said before, which need not be the paper."""
_BUT = re.compile(r"\b(?:aber|jedoch|allerdings|hingegen)\b", re.IGNORECASE)
_OTHER_MOTION = re.compile(r"\b(?:änderungs|ergänzungs|gegen)antr[aä]g\w*", re.IGNORECASE)
_TITLE = r"(?:(?:Dr|Prof)\.\s+|(?:von|van|vom|de|den|der|ter|zu|zum|zur)\s+)*"
_SPEAKER = re.compile(
    r"\A(?:Auf\s+(?:Frage|Nachfrage)\s+von\s+(?:Frau|Herrn)\s+\S+\s+\w+\s+)?"
    rf"(?P<who>(?:Frau|Herrn?)\s+{_TITLE}[A-ZÄÖÜ][\w-]+|"
    r"(?:Die|Der)\s+(?:\w+-Fraktion|Vorsitzende|Verwaltung)(?=\s+(?:sagt|erklärt|teilt|weist|"
    r"berichtet|"
    r"führt|stellt|erläutert|hält|lehnt|begrüßt|verneint|bestätigt|antwortet|kritisiert|"
    r"beantragt)\b))\b"
)
_NAMES = re.compile(rf"(?:Frau|Herrn?)\s+{_TITLE}")
_ROUTINE = re.compile(
    r"\b(?:erkundig\w+|fragt|fragte|bittet|bat|möchte\s+wissen|stimmt\s+zunächst|zur\s+abstimmung|"
    r"sodann|verlässt\s+die\s+sitzung|nimmt\b.*\bzur\s+kenntnis|wird\s+zur\s+kenntnis|abgestimmt|"
    r"stellt\b.*\banhand|sagt\b.{0,60}\bzu)\b",
    re.IGNORECASE,
)
_RULE = (
    "Zugeordnet nach fester Regel: die Begründung eines Antrags dafür; in Niederschriften nach dem "
    "Verb des Satzes („begrüßt“, „wirbt für“: dafür; „lehnt ab“, „kritisiert“, „gibt zu bedenken“: "
    "dagegen). Was beides, keines, einen anderen Antrag oder nur „dies“ nennt, bleibt nicht "
    "zugeordnet. Sätze ohne Namen gelten als Worte der zuletzt genannten Person im selben Absatz. "
    "Bitte am Wortlaut prüfen."
)


class Side(StrEnum):
    """Where a statement stands; printed, so German."""

    FOR = "Dafür"
    AGAINST = "Dagegen"
    UNSORTED = "Nicht zugeordnet"


@dataclass(frozen=True, slots=True)
class Argument:
    """One sentence of the record with who says it.

    `who` is "" where the record names nobody; `named` are the places that say who it is.
    """

    side: Side
    document: Document
    span: Span
    who: str
    named: tuple[Span, ...] = ()


def find_arguments(store: Store, access: Access, document: Document) -> list[Argument]:
    """Every argument on record: from the paper's own Begründung and from minutes that treat it."""
    found = list(_own(document))
    for minutes, item in items_of(store, access, document):
        found += _said(document, minutes, item)
    return found


def answer_arguments(store: Store, access: Access, papers: Sequence[Document]) -> Finding:
    """The arguments on record of each paper, for and against side by side."""
    ledger = Ledger()
    claims: list[Claim] = []
    notes: list[str] = [_RULE]
    for paper in papers:
        told, gaps = write_arguments(store, access, paper, ledger)
        claims += told
        notes += gaps
    claims = [ledger.state(claim) for claim in claims]
    if not any(claim.label is Label.BELEGT for claim in claims):
        text = " ".join(claim.text for claim in claims)
        cited = tuple(ledger.citations)
        return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=cited)
    text = "\n".join(claim.text for claim in claims)
    cited = tuple(ledger.citations)
    kept = tuple(dict.fromkeys(notes))
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=kept)


def write_arguments(
    store: Store, access: Access, document: Document, ledger: Ledger
) -> tuple[list[Claim], list[str]]:
    """How many there are on each side, each with its source; and which minutes are missing."""
    found = find_arguments(store, access, document)
    by_side = {side: [a for a in found if a.side is side] for side in Side}
    counted = ", ".join(f"{side.value.lower()} {len(by_side[side])}" for side in Side)
    head = f"{paper_name(document)}, erfasste Aussagen: {counted}."
    head += "".join(_missing(side) for side in (Side.FOR, Side.AGAINST) if not by_side[side])
    claims = [Claim(head, Label.ABGELEITET, cite_number(document, ledger))]
    for side, arguments in by_side.items():
        most = MOST_UNSORTED if side is Side.UNSORTED else len(arguments)
        claims += [_claim(argument, ledger) for argument in arguments[:most]]
        if len(arguments) > most:
            more = len(arguments) - most
            text = f"{side.value}: {more} weitere Aussagen in denselben Niederschriften."
            claims.append(Claim(text, Label.ABGELEITET, ()))
    held = sessions_on_record(store, access)
    recorded = results(store, access, document)
    gaps = [
        gap
        for station in document.kopfdaten.beratungsfolge
        if not any(r.from_minutes and is_of(r, station) for r in recorded)
        and (gap := gap_of(station, held))
    ]
    return claims, gaps


def _missing(side: Side) -> str:
    return (
        f" {side.value} ist nichts erfasst; das heißt nicht, dass in der Beratung nichts "
        f"{side.value.lower()} gesagt wurde."
    )


def _claim(argument: Argument, ledger: Ledger) -> Claim:
    quoted = " ".join(argument.span.cut(argument.document.text).split())
    numbers = [ledger.cite(argument.document, argument.span)]
    numbers += [ledger.cite_line(argument.document, span) for span in argument.named]
    numbers += ledger.cite_name(argument.document)
    who = f"{argument.who}, " if argument.who else ""
    text = f"{argument.side.value}: {who}{paper_name(argument.document)}: „{quoted}“"
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _own(document: Document) -> Iterator[Argument]:
    """The sentences of a motion's Begründung, as its movers' words."""
    movers = document.kopfdaten.antragsteller
    if not movers:
        return
    who = f"Antragsteller {', '.join(' '.join(m.value.split()).rstrip('.') for m in movers)}"
    named = tuple(mover.span for mover in movers)
    sections = [s for s in document.sections if s.kind is SectionKind.BEGRUENDUNG]
    for section in sections:
        for span in _sentences(document, section):
            yield Argument(Side.FOR, document, span, who, named)


def _sentences(document: Document, section: Section) -> Iterator[Span]:
    start = max(section.heading.end, section.span.start)
    body = Span(start, section.span.end).cut(document.text)
    for sentence in split_sentences(body):
        span = sentence.shifted(start)
        words = span.cut(document.text)
        if len(words.split()) >= _MIN_WORDS and words.rstrip().endswith((".", "!", "?", "“", ")")):
            yield span


def _said(document: Document, minutes: Document, item: Section) -> Iterator[Argument]:
    """What was said under an item, each sentence with its speaker."""
    inner = [
        section.span
        for section in minutes.sections
        if section is not item
        and section.level >= item.level
        and item.span.contains(section.span)
        and section.span != item.span
        and section.kind in (SectionKind.TOP, SectionKind.BESCHLUSS, SectionKind.ERGEBNIS)
    ]
    who, named, line = "", Span(0, 0), -1
    for span in _sentences(minutes, item):
        if any(section.overlaps(span) for section in inner):
            continue
        text = span.cut(minutes.text)
        here = minutes.text.rfind("\n", 0, span.start)
        speaker = _SPEAKER.match(text)
        if speaker:
            who = " ".join(speaker["who"].split())
            named = Span(*speaker.span("who")).shifted(span.start)
        elif here != line or _is_other_speaker(text):
            who = ""
        line = here
        if _ROUTINE.search(text) or not who:
            continue
        fraktion, place = _fraktion(minutes, who)
        said = f"{who} ({fraktion})" if fraktion else who
        places = () if span.contains(named) else (named,)
        yield Argument(_side(document, text), minutes, span, said, (*places, *place))


def _is_other_speaker(text: str) -> bool:
    return re.search(rf"\b(?:Frau|Herrn?)\s+{_TITLE}[A-ZÄÖÜ]", text) is not None


def _fraktion(minutes: Document, who: str) -> tuple[str, tuple[Span, ...]]:
    """The group that the list of those present names for a speaker, where one alone fits."""
    name = _NAMES.sub("", who)
    fitting = [t for t in minutes.kopfdaten.teilnahme if t.name.split()[-1:] == name.split()[-1:]]
    if len(fitting) != 1 or not fitting[0].gruppe or name == who:
        return "", ()
    return fitting[0].gruppe.rstrip(":"), (fitting[0].span,)


def _side(document: Document, text: str) -> Side:
    speaks_for, speaks_against = bool(_FOR.search(text)), bool(_AGAINST.search(text))
    own = "änderung" in document.kopfdaten.benennung.lower() or any(
        "Änderungsantrag" in title for title in (document.title,)
    )
    if (_OTHER_MOTION.search(text) and not own) or _BUT.search(text) or (_POINTING.search(text)):
        return Side.UNSORTED
    if speaks_for is speaks_against:
        return Side.UNSORTED
    return Side.FOR if speaks_for else Side.AGAINST
