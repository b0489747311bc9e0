"""Cuts German administrative prose into sentences.

Written by hand because no maintained splitter survives the references of this prose: pysbd
breaks "Abs. 2" and "gem. § 38" (and reads 40 kB/s), syntok "19. - 20.3.2025" and "Drs. 15/2".
A missed boundary makes a quote too long; a wrong one tears a number from its unit. So wherever
the stop is ambiguous, nothing is cut.
"""

from __future__ import annotations

import re

from index.types import Span
from ingest.expressions import MONTHS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a sentence goes on, whatever follows.
_NEVER_LAST = _words(
    """abs absch abschn art aufl bd bearb beil med phil jur rer nat ing habil h.c bspw bzgl ca dipl
    dr drs ds einschl entspr evtl fa
    frl fr gem geb ggf ggfs gez hg hr hrn hrsg inkl insb insbes jew kap lfd lt lit max min
    mind nr nrn pos prof red rd rn rz sog st std tel tz vgl vorl ziff zzgl
    z.b zb i.d.r d.h u.a i.v.m i.s.d i.s.v i.h.v m.w.v o.g s.o s.u z.t z.zt zzt z.hd u.u v.a
    v.h i.e.s bzw resp einschließl gegr kgl landesr ministerialbl ber"""
)
# After these a sentence may end; it does before a word that only opens sentences.
_MAYBE_LAST = _words(
    """usw etc mio mrd tsd jh ff f abb anl ausg co bgm geschoss gr hbf jg mrz jan feb apr jun jul
    aug sept sep okt nov dez mo di mi do fr sa so nachm vorm str pl verw verf vers
    zust öff nichtöff stv stellv vors beisp bsp ehem urspr zul o.ä u.ä n.f a.f
    e.v a.d i.v d.j i.a p.a m.e i.l allg bes erg"""
)
# Single letters that stand together and may close a sentence ("u. a.", "e. V.").
_LETTERS_MAYBE_LAST = frozenset(
    {"ua", "uä", "oä", "ad", "dj", "dm", "ev", "nf", "af", "iv", "ia", "pa", "na", "aa", "uv"}
)
# Words that, capitalised, open a sentence and are never the noun behind an ordinal.
_OPENERS = _words(
    """der die das dem den des ein eine einen einem einer eines es er sie wir ihr ich diese dieser
    dieses diesem diesen dies jede jeder jedes jene jener alle alles allen beide einige viele
    mehrere solche keine kein keiner man wer was wie wo wann warum weshalb welche welcher welches
    in im ins an am ans auf aus bei beim bis durch für gegen gemäß hinter mit nach neben ohne seit
    trotz über um unter vom von vor während wegen zu zum zur zwischen aufgrund angesichts anhand
    als wenn weil da dass ob obwohl sofern soweit sobald falls nachdem bevor damit dazu dabei
    dadurch dafür dagegen daher dahinter danach daneben daran darauf daraus darin darüber darum
    davon davor hier hierbei hierdurch hierfür hiermit hierzu hiervon hierüber deshalb deswegen
    demnach dennoch denn aber auch außerdem ansonsten allerdings also anschließend bereits
    bislang bisher derzeit ebenso ebenfalls erst ferner gleichzeitig insbesondere insgesamt
    jedoch nun nur nunmehr oder schließlich sodann somit so sowohl sowie und weiter weitere
    weiteren weiterhin zudem zunächst zusätzlich zuletzt ist sind war waren wird werden wurde
    wurden hat haben hatte kann können soll sollen sollte sollten muss müssen darf ihre ihren
    ihrem ihrer sein seine seinen seiner unsere unser dort dann doch einerseits andererseits
    entsprechend entgegen laut mithin nachfolgend folglich folgende folgender herr frau"""
)
_AFTER_ORDINAL = frozenset(MONTHS) | {"quartal", "halbjahr", "jahrhundert"}
# A number behind one of these is a cardinal, so a stop behind it ends the sentence.
_CARDINAL_BEFORE = _words(
    """abs absatz nr nrn nummer nummern § §§ satz ziff ziffer s seite art artikel top punkt punkten
    drs drucksache anlage kapitel kap jahr jahre jahren tz rn buchst fußnote version platz haus
    blatt zeile spalte produkt produktgruppe konto stelle anzahl höhe von auf rund etwa mindestens
    höchstens knapp über circa"""
)
_ROMAN = re.compile(r"[IVXLC]+\Z")
_BOUNDARY = re.compile(r"\n|[.!?…]+[\"“”»«’‘')\]]*(?=[ \t\u00a0\u2002-\u200a\u202f])")
_NEXT = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f]*([^\s\w]*)(\w*)")
_TOKEN_START = re.compile(r"[^\s\u00a0\u202f(\[„“\"»«‚/-]+\Z")
_VOWEL = re.compile(r"[aeiouäöüyAEIOUÄÖÜY]")
_BULLET = re.compile(r"[\s\-–—•▪●○*·>]*\Z")
_LETTER_CHAIN = re.compile(r"(?:(?<=\s)|(?<=[(„\"/])|\A)(?:\w\.[ \u00a0\u202f]?)*\w\Z")
_WINDOW = 48
_BEFORE = re.compile(r"([^\s(„\"]+)[\s\u00a0\u202f]+\Z")


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences, in order, without the white space around them.

    Together they cover everything but white space. A line break always ends a sentence (it
    parts paragraphs, list items and table rows in canonical text).
    """
    spans: list[Span] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if text[match.start()] != "\n" and not _ends_here(text, start, match):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append(Span(start + lead, start + lead + len(stripped)))


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop that `match` found ends the sentence that begins at `start`."""
    following = _NEXT.match(text, match.end())
    assert following is not None  # every part of the pattern may be empty
    marks, word = following.group(1), following.group(2)
    if word[:1].islower() or marks.startswith((",", ";", ":", ".", ")")):
        return False
    if not word and not marks:
        return True  # only white space is left on this line
    opener = word.lower() in _OPENERS and not word.isupper()
    stop = match.group()
    if stop[0] != "." or stop.startswith(".."):
        return True
    token_match = _TOKEN_START.search(text, max(start, match.start() - _WINDOW), match.start())
    token = token_match.group() if token_match else ""
    if not token or stop[-1] in '“”»«"':
        return True
    token_start = match.start() - len(token)
    return _token_ends(text, start, token, token_start, marks, word, opener)


def _token_ends(
    text: str, start: int, token: str, token_start: int, marks: str, word: str, opener: bool
) -> bool:
    """Whether a stop behind `token`, before `word`, ends a sentence."""
    lead = text[start:token_start]
    if token.isdigit() or _ROMAN.match(token):
        return _number_ends(lead, token, marks, word, opener)
    if len(token) == 1:
        return _letter_ends(lead, token, marks, word, opener)
    lower = token.lower()
    if lower in _NEVER_LAST:
        return False
    if lower in _MAYBE_LAST:
        return opener
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", token):
        return opener  # "31.12." is a date without its year
    if token[0].isalpha() and not token.isupper() and not _VOWEL.search(token):
        return opener  # no vowel in it: an abbreviation we do not know
    return True


def _number_ends(lead: str, token: str, marks: str, word: str, opener: bool) -> bool:
    """Whether the stop behind a bare number closes a sentence or makes an ordinal."""
    if word.lower() in _AFTER_ORDINAL or marks.strip().startswith(("-", "–", "—", "/")):
        return False
    if _BULLET.match(lead) or lead.rstrip().endswith(":"):
        return False  # the number of a list item
    before = _BEFORE.search(lead[-_WINDOW:])
    previous = before.group(1).rstrip(".").lower() if before else ""
    if len(token) > 3 and token.isdigit():
        return True  # a year or an amount
    return opener or (previous in _CARDINAL_BEFORE and not word[:1].isdigit())


def _letter_ends(lead: str, token: str, marks: str, word: str, opener: bool) -> bool:
    """Whether the stop behind a single letter closes a sentence ("u. a.", "Herrn S.")."""
    if _BULLET.match(lead):
        return False
    if not opener or (marks and marks[0] in "-–—"):
        return False
    chain = _LETTER_CHAIN.search((lead + token)[-_WINDOW:])
    letters = re.sub(r"[^\w]", "", chain.group()) if chain else token
    if token.islower() or len(letters) > 1:
        return letters.lower() in _LETTERS_MAYBE_LAST
    return True
