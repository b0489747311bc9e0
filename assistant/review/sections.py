"""The sections that a draft must have, and whether its Beschlussvorschlag can be carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.hausregeln import Abschnitt
from assistant.review.placeholders import without_placeholders
from assistant.review.prose import Part, body_words, parts_of
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from index.types import Document, SectionKind, Span
from ingest.sentences import split_sentences

_MOTIONS = frozenset(
    {
        "Antrag",
        "Änderungsantrag",
        "Ergänzungsantrag",
        "Dringlichkeitsantrag",
        "Haushaltsantrag",
        "Resolution",
        "Ergänzungsvorlage",
    }
)
_ENOUGH_HEADINGS = 3
"""So many known headings make a text that does not name its kind a Vorlage."""
_IN_HEAD = frozenset({"beratungsfolge", "anlagen"})
_DECIDES = re.compile(
    r"\bbeauftrag(?:t|en)\b|\b(?:be)?schließ(?:t|en)\b|\bbeschlossen\b|\bstimm(?:t|en)\b.*\bzu\b"
    r"|\bzugestimmt\b|\bempf(?:iehlt|ehlen)\b|\bzur Kenntnis\b"
    r"|\bbe(?:willigt|reitgestellt|stellt)\b"
    r"|\bstell(?:t|en)\b.*\b(?:bereit|ein|fest)\b|\bstellt\b.*\bbereit\b|\berl(?:ässt|assen)\b"
    r"|\b(?:ge)?wähl(?:t|en)\b|\bbestimmt\b|\bentsende(?:t|n)\b|\bgenehmig(?:t|en)\b"
    r"|\b(?:wird|werden)\b.*\b(?:gebeten|aufgefordert|ersucht|ermächtigt|freigegeben|festgesetzt"
    r"|verlängert|eingerichtet|aufgehoben|geändert|fortgeführt|abgelehnt|verabschiedet|gewährt"
    r"|übertragen|neu gefasst|veranschlagt|aufgestockt|eingestellt|gefördert)\b"
    r"|\bbleib(?:t|en)\b.*\b(?:unverändert|bestehen|erhalten)\b"
    r"|\bbittet\b|\bfordert\b.*\bauf\b|\bsetzt\b.*\bein\b|\brichtet\b.*\bein\b|\blegt\b.*\bvor\b",
    re.DOTALL,
)
_ACTS = re.compile(
    r"(?:Die (?:Verwaltung|(?:Landes)?[Dd]irektorin|Landschaftsversammlung|\w*[Kk]ommission)"
    r"|D(?:er|as) (?:(?:Landes)?[Dd]irektor|Dezernat|Landschaftsverband|LV\w|\w*[Aa]usschuss"
    r"|\w*[Bb]eirat|Rat|Kreistag))\b.*?\b[a-zäöüß]{2,}t\b"
    r"|\b(?:wird|werden)\b.*?\s(?:(?:be|ver|er|ent|zer|über|unter)\w+|\w*ge\w+|\w+ier)(?:t|en)\b",
    re.DOTALL,
)
_WISHES = re.compile(
    r"\b(?:soll(?:te)?n?|könnten?|möge|mögen|müss(?:en|te|ten)|muss|wünscht|begrüßt|wären?)\b"
)
_ORDER = re.compile(r"\b(?:beauftragt|beauftragen|gebeten|aufgefordert|ersucht)\b")
_NOBODY = re.compile(r"\A\W*(?:Es|Hiermit)\s+(?:wird|werden|soll(?:en)?)\b")
_BY_WHEN = re.compile(
    r"\bbis\b(?!\s+zu\s+[\d.,]+)|\bspätestens\b|\bzu[mr]\s+(?:\d|nächsten|Sitzung|Haushalt)"
    r"|\bab\s+(?:dem|sofort|\d|Januar|Februar|März|April|Mai|Ju[nl]i|August|September|Oktober"
    r"|November|Dezember)|\bunverzüglich\b|\bumgehend\b|\bsofort\b|\bnächsten?\s+Sitzung"
    r"|\b(?:19|20)\d{2}\b|\bQuartal|\bHalbjahr|\binnerhalb\b|\bbinnen\b|\bjährlich|\bregelmäßig"
    r"|\bhalbjährlich|\bvierteljährlich|\blaufend\b|\bfortlaufend\b|\bin\s+jeder\s+Sitzung"
)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """What the rules demand of a Vorlage; of a motion Beschlussvorschlag and Begründung."""
    document = reviewed.document
    parts = parts_of(document, reviewed.rules)
    art = document.kopfdaten.art.value if document.kopfdaten.art else ""
    known = {part.abschnitt.schluessel for part in parts}
    if art == "Vorlage" or (not art and len(known) >= _ENOUGH_HEADINGS):
        yield from _of_vorlage(reviewed, parts)
    elif art in _MOTIONS or (not art and "beschlussvorschlag" in known):
        yield from _of_motion(document, parts, art)
    else:
        return
    for part in parts:
        if part.abschnitt.schluessel == "beschlussvorschlag":
            yield from _executable(document, part)
            break


def _of_vorlage(reviewed: Reviewed, parts: Sequence[Part]) -> Iterator[Befund]:
    document = reviewed.document
    for abschnitt in reviewed.rules.abschnitte:
        held = [part for part in parts if part.abschnitt == abschnitt]
        if not held:
            if abschnitt.pflicht and not _in_head(document, abschnitt):
                yield _missing(document, abschnitt)
        elif not (abschnitt.schluessel == "beratungsfolge" and document.kopfdaten.beratungsfolge):
            words = [body_words(document, part, parts) for part in held]
            yield from _empty(abschnitt, held[0].heading, words)
    yield from _order(reviewed, parts)


def _in_head(document: Document, abschnitt: Abschnitt) -> bool:
    return abschnitt.schluessel == "beratungsfolge" and bool(document.kopfdaten.beratungsfolge)


def _missing(document: Document, abschnitt: Abschnitt) -> Befund:
    end = len(document.text)
    return Befund(
        BefundArt.ABSCHNITT,
        Severity.FEHLER,
        Span(end, end),
        f"Der Pflichtabschnitt „{abschnitt.titel}“ fehlt.{_responsible(abschnitt)}",
        _placeholder(abschnitt),
    )


def _empty(abschnitt: Abschnitt, heading: Span, words: Sequence[str]) -> Iterator[Befund]:
    if any(_says_something(without_placeholders(one)) for one in words):
        return
    if any(_says_something(one) for one in words):
        yield Befund(
            BefundArt.ABSCHNITT,
            Severity.WARNUNG,
            heading,
            f"Im Abschnitt „{abschnitt.titel}“ stehen nur Platzhalter.{_responsible(abschnitt)}",
        )
    elif abschnitt.pflicht:
        yield Befund(
            BefundArt.ABSCHNITT,
            Severity.FEHLER,
            heading,
            f"Der Pflichtabschnitt „{abschnitt.titel}“ ist leer.{_responsible(abschnitt)}",
        )


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)


def _responsible(abschnitt: Abschnitt) -> str:
    return f" Zuständig: {abschnitt.zustaendig}." if abschnitt.zustaendig else ""


def _placeholder(abschnitt: Abschnitt) -> str:
    who = f" – zuständig: {abschnitt.zustaendig}" if abschnitt.zustaendig else ""
    return f"{abschnitt.titel}: [Angabe fehlt: {abschnitt.titel}{who}]"


def _order(reviewed: Reviewed, parts: Sequence[Part]) -> Iterator[Befund]:
    """The fewest sections that would have to move, each with the one it belongs behind."""
    wanted = [abschnitt.schluessel for abschnitt in reviewed.rules.abschnitte]
    seen: dict[str, Part] = {}
    for part in parts:
        heading = part.heading.cut(reviewed.document.text).strip(" :.").casefold()
        if part.abschnitt.schluessel not in _IN_HEAD and not heading.endswith("begründung"):
            seen.setdefault(part.abschnitt.schluessel, part)
    ranks = [wanted.index(key) for key in seen]
    kept = _longest_rise(ranks)
    for key, part in seen.items():
        rank = wanted.index(key)
        if rank in kept:
            continue
        before = max((other for other in kept if other < rank), default=None)
        titles = {a.schluessel: a.titel for a in reviewed.rules.abschnitte}
        where = (
            f"hinter „{titles[wanted[before]]}“"
            if before is not None
            else f"vor „{titles[wanted[min(kept)]]}“"
        )
        yield Befund(
            BefundArt.ABSCHNITT,
            Severity.HINWEIS,
            part.heading,
            f"Der Abschnitt „{part.abschnitt.titel}“ steht nach den Hausregeln {where}.",
        )


def _longest_rise(ranks: Sequence[int]) -> frozenset[int]:
    """The most ranks that already stand in order; they stay where they are."""
    rises: list[tuple[int, ...]] = [()]
    for rank in ranks:
        before = [rise for rise in rises if not rise or rise[-1] < rank]
        rises.append((*max(before, key=len), rank))
    longest = max(rises, key=len)
    return frozenset(longest)


def _of_motion(document: Document, parts: Sequence[Part], art: str) -> Iterator[Befund]:
    kinds = {section.kind for section in document.sections}
    held = {part.abschnitt.schluessel for part in parts}
    end = Span(len(document.text), len(document.text))
    of = f"Dem Papier ({art})" if art else "Dem Entwurf"
    if SectionKind.BESCHLUSSVORSCHLAG not in kinds and "beschlussvorschlag" not in held:
        reason = f"{of} fehlt der Beschlussvorschlag."
        yield Befund(BefundArt.ABSCHNITT, Severity.FEHLER, end, reason)
    if SectionKind.BEGRUENDUNG not in kinds and "sachverhalt" not in held:
        yield Befund(BefundArt.ABSCHNITT, Severity.FEHLER, end, f"{of} fehlt die Begründung.")
    for part in parts:
        if part.abschnitt.schluessel in ("beschlussvorschlag", "sachverhalt"):
            named = part.heading.cut(document.text).strip(" :.")
            same = [other for other in parts if other.abschnitt == part.abschnitt]
            if part is same[0] and not any(
                _says_something(body_words(document, other, parts)) for other in same
            ):
                reason = f"Der Abschnitt „{named}“ ist leer."
                yield Befund(BefundArt.ABSCHNITT, Severity.FEHLER, part.heading, reason)


def _executable(document: Document, part: Part) -> Iterator[Befund]:
    """Whether some sentence says who does what, and orders say by when."""
    base = part.body.start
    words = part.body.cut(document.text)
    sentences = [span.shifted(base) for span in split_sentences(words)]
    if not _says_something(without_placeholders(words)):
        return
    acting = [span for span in sentences if _is_executable(span.cut(document.text))]
    if not acting:
        yield Befund(
            BefundArt.ABSCHNITT,
            Severity.WARNUNG,
            Span(sentences[0].start, sentences[-1].end),
            "Der Beschlussvorschlag hat keinen ausführbaren Satz: Er sagt nicht, wer was tun soll.",
            "Die Verwaltung wird beauftragt, [Angabe fehlt: was] bis zum [Angabe fehlt: Datum] …",
        )
        return
    orders = [span for span in acting if _ORDER.search(span.cut(document.text))]
    if orders and not _BY_WHEN.search(words):
        yield Befund(
            BefundArt.ABSCHNITT,
            Severity.HINWEIS,
            orders[0],
            "Der Beschlussvorschlag erteilt einen Auftrag, sagt aber nicht, bis wann.",
        )


def _is_executable(sentence: str) -> bool:
    if _NOBODY.match(sentence) and not re.search(r"\bbeschlossen\b", sentence):
        return False
    if _DECIDES.search(sentence):
        return True
    return bool(_ACTS.search(sentence)) and not _WISHES.search(sentence)
