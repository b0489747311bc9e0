"""Papers that are not on file and are known from minutes alone: what those record of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.fundstelle import Ledger
from assistant.records.fields import Written
from assistant.records.following import followed
from assistant.records.recorded import VOTE_BY_WHOM, VOTE_DETAIL, asks_who, same_outcome
from assistant.records.vorgang import applicants_claimed, art_fits, recommends
from assistant.types import Claim, Label
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.store import Store
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Ergebnis,
    Reading,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import Kind, Reference, find_references
from ingest.papers.fraktionen import is_known_fraktion, normalise_fraktion, split_fraktionen

MOST_WORDS_OF_BESCHLUSS = 500
_FORMS = (
    (re.compile(r"(?i)antr[aä]ge?[sn]{0,2}\Z"), "antrag"),
    (re.compile(r"(?i)(vorlage|anfrage|drucksache)n\Z"), r"\1"),
)
_SHORT_FOR_PAPER = re.compile(r"(?i)\A(?:drs|ds|drucks)\b")


@dataclass(frozen=True, slots=True)
class MinuteEntry:
    """What one item of minutes records of a paper.

    Attributes:
        art: the word before the number, in its basic form ("Antrag"); "" where none stands.
        named: where the minutes name the paper, inside the item.
        item: the item's section.
        movers: who moved it, where the line with the number says so.
    """

    number: Drucksachennummer
    art: str
    minutes: Document
    beschluss: TopBeschluss
    ergebnis: Ergebnis
    named: Span
    item: Section
    movers: tuple[Reading[str], ...]

    @property
    def name(self) -> str:
        """The paper's name: "Antrag Nr. 15/127"."""
        return f"{self.art or 'Drucksache'} Nr. {self.number}"

    @property
    def sitting(self) -> str:
        """The sitting: "Kulturausschuss am 08.02.2012"."""
        kopf = self.minutes.kopfdaten
        body = kopf.gremium.value if kopf.gremium else "Gremium"
        return f"{body} am {kopf.datum.value:%d.%m.%Y}" if kopf.datum else body

    @property
    def day(self) -> str:
        """The day of the sitting in ISO form; "" where it is not on record."""
        datum = self.minutes.kopfdaten.datum
        return datum.value.isoformat() if datum else ""

    @property
    def recommends(self) -> bool:
        """Whether the body only recommended, by the words of its Beschluss."""
        return recommends(self.minutes, self.beschluss)

    @property
    def result(self) -> str:
        """The recorded vote in one line."""
        return " ".join(self.ergebnis.text.split())


def entries_of(
    store: Store, access: Access, number: Drucksachennummer, label: str | None
) -> list[MinuteEntry]:
    """What minutes record of a number, the latest sitting first; `label` narrows to one art."""
    ids = dict.fromkeys(mention.document_id for mention in store.mentions(access, number))
    minutes = (document for id_ in ids if (document := store.document(access, id_)) is not None)
    found = [
        entry
        for document in minutes
        for beschluss in document.kopfdaten.beschluesse
        if (entry := entry_of(document, beschluss, number)) is not None
        and art_fits((entry.art,) if entry.art else (), label)
    ]
    return sorted(found, key=lambda entry: entry.day, reverse=True)


def entry_of(
    minutes: Document, beschluss: TopBeschluss, number: Drucksachennummer
) -> MinuteEntry | None:
    """What an item of minutes records of a number; None where it records nothing of it."""
    if beschluss.ergebnis is None or number not in beschluss.drucksachen:
        return None
    around = [
        section
        for section in minutes.sections
        if section.kind is SectionKind.TOP and section.span.contains(beschluss.span)
    ]
    for item in sorted(around, key=lambda section: len(section.span)):
        for reference in find_references(item.span.cut(minutes.text)):
            if reference.number == number:
                named = reference.span.shifted(item.span.start)
                return MinuteEntry(
                    number=number,
                    art=_art(reference),
                    minutes=minutes,
                    beschluss=beschluss,
                    ergebnis=beschluss.ergebnis,
                    named=named,
                    item=item,
                    movers=_movers(minutes, named),
                )
    return None


def _art(reference: Reference) -> str:
    word = (reference.label or "").strip().rstrip(".")
    if not word or _SHORT_FOR_PAPER.match(word):
        return ""
    for ending, basic in _FORMS:
        word = ending.sub(basic, word)
    return word[:1].upper() + word[1:]


def _movers(minutes: Document, named: Span) -> tuple[Reading[str], ...]:
    """The Fraktionen behind the number, where the rest of its line names nothing else."""
    end = minutes.text.find("\n", named.end)
    rest = minutes.text[named.end : end if end >= 0 else len(minutes.text)]
    found = split_fraktionen(rest, named.end)
    return found if all(_is_fraktion(mover.value) for mover in found) else ()


def _is_fraktion(name: str) -> bool:
    reader = WordsLeft(name)
    return is_known_fraktion(name) or (bool(take_fraktionen(reader)) and not reader.left.strip())


def arten_of(entries: Sequence[MinuteEntry]) -> list[MinuteEntry]:
    """One entry for each paper that a number stands for: each art of each Mandant."""
    return list({(e.minutes.mandant, e.art.casefold()): e for e in entries if e.art}.values())


def write_absent(
    store: Store,
    access: Access,
    question: Question,
    entries: Sequence[MinuteEntry],
    ledger: Ledger,
) -> Written:
    """What the minutes say to the question, and that the paper itself is not on file."""
    if denied := _denied(question, entries, ledger):
        return [], f"{denied} {_not_on_file(entries)}"
    write = _WRITERS.get(question.kind, _write_nothing)
    claims, lacking = write(question, entries, ledger)
    if question.kind is QuestionKind.VORGANG:
        known = {entry.minutes.id for entry in entries}
        claims += followed(store, access, entries[0].number, known, ledger)
    said = " ".join(filter(None, (lacking, _not_on_file(entries))))
    if not claims:
        for entry in entries:
            entry_claim(entry, ledger)
    return claims, said


def _not_on_file(entries: Sequence[MinuteEntry]) -> str:
    known = (
        "die Niederschriften verzeichnen" if len(entries) > 1 else "die Niederschrift verzeichnet"
    )
    return f"{entries[0].name} liegt nicht vor; bekannt ist nur, was {known}."


def entry_claim(entry: MinuteEntry, ledger: Ledger) -> Claim:
    """One recorded vote as a sentence that names sitting, item and paper."""
    role = " (empfehlend)" if entry.recommends else ""
    text = f"Niederschrift {entry.sitting}{role}, TOP {entry.beschluss.top}: „{entry.result}“"
    numbers = [ledger.cite(entry.minutes, entry.ergebnis.span), *_cited(entry, ledger)]
    if role and entry.beschluss.span != entry.ergebnis.span:
        numbers.append(ledger.cite(entry.minutes, entry.beschluss.span))
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _cited(entry: MinuteEntry, ledger: Ledger) -> list[int]:
    """The lines that name paper, item and sitting."""
    kopf = entry.minutes.kopfdaten
    heads = [entry.named, entry.item.heading]
    heads += [reading.span for reading in (kopf.gremium, kopf.datum) if reading]
    return [ledger.cite_line(entry.minutes, span) for span in heads if len(span)]


def _decision(entry: MinuteEntry, ledger: Ledger) -> Iterator[Claim]:
    """The words of the Beschluss, where they stand apart from the vote."""
    span = entry.beschluss.span
    if span.overlaps(entry.ergebnis.span) or len(span) > MOST_WORDS_OF_BESCHLUSS:
        return
    words = " ".join(span.cut(entry.minutes.text).split())
    said = "Empfehlung" if entry.recommends else "Beschluss"
    text = f"{said} laut Niederschrift: „{words}“"
    yield Claim(text, Label.BELEGT, (ledger.cite(entry.minutes, span),))


def _denied(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> str:
    """What the question takes for granted and the minutes do not bear out."""
    movers = frozenset[str]().union(*map(movers_of, entries))
    claimed = applicants_claimed(question.text)
    if movers and claimed and not claimed & movers:
        right = _write_movers(question, entries, ledger)[0][0].text
        return f"Als Antragsteller ist jemand anderes erfasst, als die Frage annimmt. {right}"
    asserted = question.asserted
    if asserted is None or any(same_outcome(asserted, e.ergebnis.outcome) for e in entries):
        return ""
    said = [entry_claim(entry, ledger).text for entry in entries]
    return " ".join(["Ein anderes Ergebnis ist erfasst, als die Frage annimmt.", *said])


_Writer = Callable[[Question, Sequence[MinuteEntry], Ledger], Written]


def _write_results(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    claims: list[Claim] = []
    for entry in entries:
        claims += [entry_claim(entry, ledger), *_decision(entry, ledger)]
    return claims, None


def _write_vote(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    needed = VOTE_BY_WHOM if asks_who(question) else VOTE_DETAIL
    days = {e.value for e in question.expressions if e.kind is Kind.DATE}
    found = [e for e in entries if needed.search(e.result) and (not days or e.day in days)]
    if not found:
        return [], f"Zu {entries[0].name} ist kein Stimmverhalten erfasst."
    return [entry_claim(entry, ledger) for entry in found], None


def _write_subject(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    claims = [
        Claim(
            f"{entry.name} stand laut Niederschrift {entry.sitting} unter TOP "
            f"{entry.beschluss.top}: „{entry.beschluss.titel}“",
            Label.BELEGT,
            tuple(dict.fromkeys(_cited(entry, ledger))),
        )
        for entry in entries
        if entry.beschluss.titel
    ]
    return claims, None if claims else f"Zu {entries[0].name} ist kein Betreff erfasst."


def _write_movers(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    named = next((entry for entry in entries if entry.movers), None)
    if named is None:
        return [], f"Zu {entries[0].name} ist kein Antragsteller erfasst."
    who = ", ".join(" ".join(mover.value.split()) for mover in named.movers)
    text = f"Antragsteller von {named.name} laut Niederschrift {named.sitting}: {who.rstrip('.')}."
    return [Claim(text, Label.BELEGT, tuple(dict.fromkeys(_cited(named, ledger))))], None


def _write_case(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    writers = (_write_subject, _write_movers, _write_results)
    return [c for write in writers for c in write(question, entries, ledger)[0]], None


def _write_nothing(question: Question, entries: Sequence[MinuteEntry], ledger: Ledger) -> Written:
    said = " ".join(entry_claim(entry, ledger).text for entry in entries)
    wanted = _LACKING.get(question.kind)
    lacking = f"Zu {entries[0].name} ist {wanted} erfasst." if wanted else ""
    return [], " ".join(filter(None, (lacking, f"Verzeichnet ist: {said}")))


_LACKING = {
    QuestionKind.DATUM: "kein Datum",
    QuestionKind.DIENSTSTELLE: "keine Dienststelle",
    QuestionKind.BESCHLUSSVORSCHLAG: "kein Beschlussvorschlag",
    QuestionKind.ABWEICHUNG: "kein Beschlussvorschlag",
    QuestionKind.OEFFENTLICHKEIT: "kein Vermerk zur Öffentlichkeit",
}
_WRITERS: dict[QuestionKind, _Writer] = {
    QuestionKind.STATUS: _write_results,
    QuestionKind.ABSTIMMUNG: _write_vote,
    QuestionKind.BERATUNGSFOLGE: _write_results,
    QuestionKind.BETREFF: _write_subject,
    QuestionKind.ANTRAGSTELLER: _write_movers,
    QuestionKind.VORGANG: _write_case,
}


def movers_of(entry: MinuteEntry) -> frozenset[str]:
    """The normalised names of those who moved the paper; empty where nobody is named."""
    return frozenset(normalise_fraktion(mover.value) for mover in entry.movers)
