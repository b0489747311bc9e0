"""Clearer: frames that say who does what, sentences of one statement, verbs instead of nouns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.begruendung.rewording.phrases import as_sentence, phrases, verbal
from assistant.begruendung.rewording.prose import is_labelled, own_statements
from assistant.begruendung.rewording.quoting import outer_quotes, outside

_DAY = r"\d{2}\.\d{2}\.\d{4}"
_NUMBERED = rf"[A-ZÄÖÜ][\w-]+ Nr\. \S+(?: vom {_DAY})?"
_PAPER = rf"(?P<paper>{_NUMBERED})"
_MARK = r"(?P<mark> \(überholt, [^()]+\))?"
_QUOTE = r"(?P<quote>„.+“)"
_MASCULINE = ("ausschuss", "beirat", "rat", "kreis")
_FEMININE = ("versammlung", "kommission", "fraktion", "gruppe")
_FEMININE_PAPERS = ("vorlage", "anfrage", "resolution", "drucksache", "niederschrift")
# Masculine nouns whose accusative is their nominative; others are left alone.
_PLAIN_MASCULINE = re.compile(
    r"Der (?P<noun>[A-ZÄÖÜ][\w-]*(?:antrag|bericht|plan|entwurf|vertrag|beschluss|haushalt|bau|"
    r"betrieb|umzug|bedarf|zustand|stand|nachweis|auftrag|zuschuss|Antrag|Bericht|Plan|Entwurf|"
    r"Vertrag|Bau|Betrieb|Umzug|Bedarf|Auftrag|Zuschuss))",
)
_ACTORS = {
    "die Verwaltung": "Die Verwaltung",
    "der Verwaltung": "Die Verwaltung",
    "den Landschaftsausschuss": "Der Landschaftsausschuss",
    "dem Landschaftsausschuss": "Der Landschaftsausschuss",
    "die Landschaftsversammlung": "Die Landschaftsversammlung",
    "der Landschaftsversammlung": "Die Landschaftsversammlung",
    "die Kämmerei": "Die Kämmerei",
    "der Kämmerei": "Die Kämmerei",
    "das Land": "Das Land",
    "dem Land": "Das Land",
    "den Bund": "Der Bund",
    "dem Bund": "Der Bund",
}
"""Who is named behind "durch" or "von", and as the subject."""
# What may follow the actor and is no part of its name ("von der Verwaltung der Klinik").
_ADVERBIAL = (
    r"(?:bis|ab|seit|nicht|nicht mehr|jährlich|monatlich|wöchentlich|derzeit|laufend|fristgerecht|"
    r"gemeinsam mit|im Jahr|in den Jahren)\b"
)
_PASSIVE = re.compile(
    r"(?P<what>(?:Die|Das|Der) [^,;:„“]+?) (?:wird|werden) (?:durch|von) "
    rf"(?P<actor>{'|'.join(_ACTORS)})(?P<rest>(?: {_ADVERBIAL}[^,;:„“]*?)?) "
    r"(?P<participle>[a-zäöüß]+)\."
)
_SEVERAL = re.compile(r"\b(?:und|oder|sowie|als|bzw)\b")
Reading = Callable[[re.Match[str]], str | None]
Parted = Callable[[str], Sequence[str]]


def clearer(text: str) -> str | None:
    """A sentence of the house's own said more clearly; None where no rule fits."""
    for pattern, reading in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return reading(match)
    return None


def clearer_prose(text: str, parted: Parted) -> str:
    """Somebody's own sentences said more clearly; their quotes stay.

    `parted` cuts a long statement into sentences that say the same.
    """
    said = outside(text, verbal)
    if outer_quotes(said) == []:
        parts = [
            part
            for statement in own_statements(said)
            for part in ([statement] if is_labelled(statement) else parted(statement))
        ]
        said = " ".join(_active(as_sentence(part)) for part in parts)
    return said


def _filled(form: str) -> Reading:
    def read(match: re.Match[str]) -> str:
        groups = {name: value or "" for name, value in match.groupdict().items()}
        if "paper" in groups:
            groups["in_paper"] = behind(groups["paper"], "Im", "In der")
            groups["the_paper"] = behind(groups["paper"], "der", "die")
        return form.format_map(groups)

    return read


def behind(paper: str, masculine: str, feminine: str) -> str:
    """A paper with the article, or preposition and article, of its gender."""
    named = paper.split()[0].casefold()
    return f"{feminine if named.endswith(_FEMININE_PAPERS) else masculine} {paper}"


def _station(match: re.Match[str]) -> str | None:
    body = _to_body(match["body"], "im", "in der")
    role = match["role"] or ""
    return body and f"Die Beratung {body} {match['verb']} für den {match['day']} vorgesehen{role}."


def _gap(match: re.Match[str]) -> str | None:
    body = _to_body(match["body"], "zum", "zur")
    what = match["what"] if match["what"].startswith("Eine ") else f"Eine {match['what']}"
    here = match["here"] or ""
    return body and f"{what} {body} am {match['day']} liegt {here}nicht vor."


def _to_body(body: str, masculine: str, feminine: str) -> str | None:
    """A body behind a preposition; None where its gender is not known."""
    head = body.split()[0].casefold()
    if head.endswith(_MASCULINE):
        return f"{masculine} {body}"
    return f"{feminine} {body}" if head.endswith(_FEMININE) else None


def _moved(match: re.Match[str]) -> str:
    who = match["who"]
    verb = "haben" if " und " in who else "hat"
    article = "den" if match["article"] == "Der" else "die"
    return f"{who} {verb} {article} {match['about']} gestellt."


def _argument(match: re.Match[str]) -> str:
    """Who says it where they are named, else who wrote it down."""
    who, paper = match["who"] or "", match["paper"]
    if who.startswith("nach Angabe"):
        return f"{match['side'].capitalize()} spricht {who}, {paper}: {match['quote']}"
    speaker = f" ({who})" if who else ""
    holding = f"hält {behind(paper, 'der', 'die')} fest"
    return f"Als Argument {match['side']} {holding}{speaker}: {match['quote']}"


_FORMS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (
        re.compile(
            r"Als Argument (?P<side>dafür|dagegen) ist erfasst "
            rf"– (?:(?P<who>[^„]+?), )?(?P<paper>{_NUMBERED}|Niederschrift [^„]+?): {_QUOTE}"
        ),
        _argument,
    ),
    (
        re.compile(
            rf"Für den (?P<day>{_DAY}) (?P<verb>war|ist) die Beratung vorgesehen: "
            r"(?P<body>[^:;]+?)(?P<role> \([^()]+\))?\."
        ),
        _station,
    ),
    (
        re.compile(
            r"(?P<what>(?:Eine öffentlich verwendbare )?Niederschrift) liegt (?P<here>hier )?"
            rf"nicht vor: (?P<body>[^:;]+) am (?P<day>{_DAY})\."
        ),
        _gap,
    ),
    (
        re.compile(
            rf"(?P<article>Der|Die) (?P<about>{_PAPER} „.+“) wurde gestellt von: (?P<who>[^:„“]+)\."
        ),
        _moved,
    ),
    (
        re.compile(
            rf"{_PAPER}, Beschlussvorschlag (?P<whose>der Antragsteller|der Vorlage), für sich "
            rf"keine Beschlusslage{_MARK}: {_QUOTE}"
        ),
        _filled(
            "Der Beschlussvorschlag {whose} ist für sich keine Beschlusslage. {in_paper}{mark} "
            "lautet er: {quote}"
        ),
    ),
    (
        re.compile(
            rf"(?P<lead>Niederschrift [^„]+), TOP (?P<top>[\d.]+)"
            rf"(?:(?P<vote>, Abstimmung)|) \((?P<role>[^()]+)\): {_QUOTE}"
        ),
        lambda match: (
            f"Die {match['lead']} vermerkt unter TOP {match['top']} als "
            f"{'Abstimmung (' + match['role'] + ')' if match['vote'] else match['role']}: "
            f"{match['quote']}"
        ),
    ),
    (
        re.compile(rf"Als Ergebnis ist auf der (?P<paper>Drucksache Nr\. \S+) vermerkt: {_QUOTE}"),
        _filled("Auf der {paper} steht als Ergebnis: {quote}"),
    ),
    (
        re.compile(
            rf"{_PAPER}, nach Angabe (?P<who>(?:von|der) [^„:]+?)"
            rf"(?P<place>, Beschlussvorschlag)?{_MARK}: {_QUOTE}"
        ),
        _filled("Nach Angabe {who} ({paper}{place}){mark}: {quote}"),
    ),
    (
        re.compile(r"(?P<first>Zu [^„;]+ ist [^„;]+ erfasst); (?P<then>das Papier [^„;]+)\."),
        lambda match: f"{match['first']}. {as_sentence(match['then'])}",
    ),
    (
        re.compile(rf"{_PAPER}{_MARK}: {_QUOTE}"),
        _filled("{in_paper}{mark} heißt es: {quote}"),
    ),
    (
        re.compile(
            rf"(?P<minutes>Niederschrift [^„:]+), (?P<what>Wortbeitrag|Beschluss): {_QUOTE}"
        ),
        _filled("In der {minutes} heißt es ({what}): {quote}"),
    ),
    (
        re.compile(rf"Zu (?P<title>„.+“) liegt vor: {_PAPER}, (?P<office>Dienststelle: [^„“]+)\."),
        _filled("Zu {title} liegt {the_paper} vor. {office}."),
    ),
)


def _active(sentence: str) -> str:
    """A sentence in the passive with its actor named, said in the active; else as it is."""
    match = _PASSIVE.fullmatch(sentence)
    if match is None or match["participle"] not in phrases().taetig:
        return sentence
    what = match["what"]
    if _SEVERAL.search(what):
        return sentence
    if what.startswith("Der "):
        plain = _PLAIN_MASCULINE.fullmatch(what)
        if plain is None:
            return sentence
        what = f"den {plain['noun']}"
    else:
        what = what[0].lower() + what[1:]
    verb, *prefix = phrases().taetig[match["participle"]]
    end = f" {prefix[0]}" if prefix else ""
    return f"{_ACTORS[match['actor']]} {verb} {what}{match['rest']}{end}."
