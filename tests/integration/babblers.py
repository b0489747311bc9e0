"""Generators that do not do what they are told. None knows more than its prompt.

Asked for yes or no all of them say yes and claim to be sure, which is the worst case: whatever then
keeps a sentence from being shown is a check and not the generator's doubt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from models.errors import GeneratorCrashed
from models.generator import Refusal, never

EVIDENCE = re.compile(r"^\[(\d)\] (.*)$", re.MULTILINE)
Lie = tuple[str, str]
"""A sentence and what it was made of."""


class YesMan:
    """A generator of which a test gives the draft; it judges every quote to be an answer."""

    generator_id = "worst-case"

    def __init__(self, draft: Callable[[str], Iterator[str]]) -> None:
        self.draft = draft
        self.open_calls = 0
        self.pieces = 0

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        self.open_calls += 1
        try:
            if refusal is not None:
                refusal.heard(0.0)
            judging = grammar is not None and '"Ja"' in grammar
            for piece in iter(["Ja"]) if judging else self.draft(prompt):
                if cancelled():
                    return
                self.pieces += 1
                yield piece
        finally:
            self.open_calls -= 1

    def close(self) -> None:
        pass


def sources(prompt: str) -> list[tuple[str, str]]:
    """Number and words of each piece of evidence in a prompt."""
    return EVIDENCE.findall(prompt)


BODIES = (
    "Landschaftsausschuss",
    "Kulturausschuss",
    "Sozialausschuss",
    "Schulausschuss",
    "Umweltausschuss",
    "Landschaftsversammlung",
    "Verwaltung",
    "Finanzausschuss",
)
FRAKTIONEN = ("CDU", "SPD", "FDP", "GRÜNE", "GRÜNEN", "AfD", "Linke", "Volt", "Freien Wähler")
PLACES = ("Hohenbruck", "Mersbach", "Grevenau", "Wiesenhagen", "Birkenrode", "Auenfeld", "Talwiese")
PEOPLE = ("Sandvoort", "Amsel", "Petersen", "Kollwitz", "Brahms")
OUTCOMES = (
    "beschlossen",
    "abgelehnt",
    "vertagt",
    "zurückgezogen",
    "angenommen",
    "einstimmig",
    "mehrheitlich",
    "zugestimmt",
    "empfohlen",
    "verwiesen",
)
OPPOSITES = (
    ("erhöht", "gesenkt"),
    ("erhöhen", "senken"),
    ("steigt", "sinkt"),
    ("stieg", "sank"),
    ("gestiegen", "gesunken"),
    ("mehr", "weniger"),
    ("mindestens", "höchstens"),
    ("größer", "kleiner"),
    ("höher", "niedriger"),
    ("vor", "nach"),
    ("mit", "ohne"),
    ("über", "unter"),
    ("ab", "bis"),
    ("alle", "einige"),
    ("öffentlich", "nichtöffentlich"),
    ("zulässig", "unzulässig"),
    ("möglich", "unmöglich"),
    ("länger", "kürzer"),
    ("teurer", "billiger"),
    ("intern", "extern"),
    ("jährlich", "monatlich"),
    ("immer", "selten"),
    ("zusätzlich", "einmalig"),
    ("ausgeschlossen", "zugelassen"),
    ("dafür", "dagegen"),
    ("früher", "später"),
    ("erste", "letzte"),
    ("ersten", "letzten"),
    ("neue", "alte"),
    ("neuen", "alten"),
    ("geöffnet", "geschlossen"),
)
MODALS = (
    ("soll", "muss"),
    ("sollen", "müssen"),
    ("kann", "muss"),
    ("können", "müssen"),
    ("wird", "wurde"),
    ("werden", "wurden"),
    ("darf", "muss"),
    ("soll", "wird"),
    ("muss", "darf"),
    ("ist", "war"),
    ("hat", "soll"),
)
UNITS = (
    ("Euro", "Prozent"),
    ("€", "Prozent"),
    ("Prozent", "Euro"),
    ("Mio.", "Tsd."),
    ("Jahre", "Monate"),
    ("Monate", "Wochen"),
    ("Wochen", "Tage"),
    ("Minuten", "Stunden"),
    ("Stunden", "Minuten"),
    ("Stellen", "Personen"),
)
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
_WORD = re.compile(r"\w+")


def _put(text: str, old: str, new: str) -> str | None:
    """The text with the whole word `old` replaced once; None where it lacks it."""
    pattern = rf"(?<!\w){re.escape(old)}(?!\w)"
    return re.sub(pattern, lambda _: new, text, count=1) if re.search(pattern, text) else None


def _among(text: str, names: Sequence[str], dice: random.Random) -> str | None:
    """One of the names in `text` replaced by another one."""
    held = [name for name in names if re.search(rf"(?<!\w){name}(?!\w)", text)]
    if not held:
        return None
    old = dice.choice(held)
    return _put(text, old, dice.choice([name for name in names if name != old]))


def _pair(text: str, pairs: Sequence[tuple[str, str]], dice: random.Random) -> str | None:
    either = [*pairs, *((b, a) for a, b in pairs)]
    found = [new for old, other in either if (new := _put(text, old, other))]
    return dice.choice(found) if found else None


def _exchanged(text: str, found: Sequence[re.Match[str]], dice: random.Random) -> str | None:
    """Two of the found places exchanged."""
    if len({match[0] for match in found}) < 2:
        return None
    first = dice.choice(found)
    second = dice.choice([match for match in found if match[0] != first[0]])
    a, b = sorted((first, second), key=lambda match: match.start())
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def other_figure(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """One digit of one figure changed."""
    found = list(_FIGURE.finditer(text))
    if not found:
        return None
    match = dice.choice(found)
    place = dice.choice([i for i in range(match.start(), match.end()) if text[i].isdigit()])
    digit = dice.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def foreign_figure(text: str, others: Sequence[str], dice: random.Random) -> str | None:
    """A figure of another source in place of one's own."""
    pool = {m[0] for other in others if other != text for m in _FIGURE.finditer(other)}
    own = list(_FIGURE.finditer(text))
    pool -= {m[0] for m in own}
    if not own or not pool:
        return None
    match = dice.choice(own)
    return text[: match.start()] + dice.choice(sorted(pool)) + text[match.end() :]


def exchanged_figures(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """Two figures of one sentence change places."""
    return _exchanged(text, list(_FIGURE.finditer(text)), dice)


def exchanged_names(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """Two bodies, Fraktionen, or places of one sentence change places."""
    for names in (BODIES, FRAKTIONEN, PLACES):
        found = list(re.finditer(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", text))
        if swapped := _exchanged(text, found, dice):
            return swapped
    return None


def other_name(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """Another body, Fraktion, place or person."""
    names = [BODIES, FRAKTIONEN, PLACES, PEOPLE]
    dice.shuffle(names)
    return next((new for group in names if (new := _among(text, group, dice))), None)


def other_outcome(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """Another outcome."""
    return _among(text, OUTCOMES, dice)


def turned_negation(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """A "nicht" or "kein" put in or taken out."""
    for old, new in (("nicht ", ""), ("keine ", "eine "), ("kein ", "ein "), ("keinen ", "einen ")):
        if old in text:
            return text.replace(old, new, 1)
    verbs = ("wird", "werden", "wurde", "wurden", "ist", "sind", "hat", "haben", "soll", "kann")
    found = [m for m in _WORD.finditer(text) if m[0] in verbs]
    if not found:
        return None
    place = dice.choice(found).end()
    return f"{text[:place]} nicht{text[place:]}"


def other_modality(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """A plan as a fact, a permission as a duty."""
    return _pair(text, MODALS, dice)


def opposite(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """A small word turned round: "mindestens" and "höchstens"."""
    return _pair(text, OPPOSITES, dice)


def other_unit(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """Another unit behind the same figure."""
    return _pair(text, UNITS, dice)


def two_in_one(text: str, others: Sequence[str], dice: random.Random) -> str | None:
    """The beginning of one source with the end of another."""
    rest = [other for other in others if other != text and len(other.split()) > 5]
    words = text.split()
    if not rest or len(words) < 6:
        return None
    tail = dice.choice(rest).split()
    return " ".join([*words[: len(words) // 2], *tail[len(tail) // 2 :]])


def added_clause(text: str, _all: Sequence[str], dice: random.Random) -> str | None:
    """The whole sentence and one more thing that nobody said."""
    more = (
        "und das ist endgültig",
        "und gilt seit gestern auch anderswo",
        "was rechtswidrig war",
        "siehe http://beispiel.example/akte",
        "und zwar geheim",
        "weil niemand widersprach",
        "und wurde später abgelehnt",
        "jedoch nur auf Antrag der AfD",
    )
    return f"{text.rstrip(' .')}, {dice.choice(more)}."


LIES: dict[str, Callable[[str, Sequence[str], random.Random], str | None]] = {
    "other figure": other_figure,
    "foreign figure": foreign_figure,
    "figures exchanged": exchanged_figures,
    "names exchanged": exchanged_names,
    "other name": other_name,
    "other outcome": other_outcome,
    "negation": turned_negation,
    "modality": other_modality,
    "opposite": opposite,
    "unit": other_unit,
    "two in one": two_in_one,
    "added clause": added_clause,
}


def lied(text: str, others: Sequence[str], kind: str, dice: random.Random) -> str | None:
    """A sentence that says something else than its source, fit for the format of a draft."""
    new = LIES[kind](text, others, dice)
    if new is None:
        return None
    flat = " ".join(re.sub(r"[\[\]]", "", new).split())
    return None if any(flat.rstrip(".") in " ".join(o.split()) for o in others) else flat


@dataclass
class Liar:
    """Draws up lies of one kind about all its sources and remembers them."""

    kind: str
    dice: random.Random
    told: list[Lie] = field(default_factory=list)

    def __call__(self, prompt: str) -> Iterator[str]:
        found = sources(prompt)
        texts = [text for _, text in found]
        for number, text in found:
            if lie := lied(text, texts, self.kind, self.dice):
                self.told.append((lie, text))
                cited = f"[{number}]"
                if self.kind in ("two in one", "foreign figure"):
                    other = self.dice.choice([n for n, _ in found if n != number])
                    cited += f"[{other}]"
                yield f"{lie.rstrip('.')} {cited}. "


def crash(prompt: str) -> Iterator[str]:
    """Breaks off in the middle of a true sentence."""
    _, text = sources(prompt)[0]
    yield text[: len(text) // 2]
    raise GeneratorCrashed("Das Sprachmodell ist ausgefallen.")
