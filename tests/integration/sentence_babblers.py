"""Generators that are given one sentence to say in an easier way, and do something else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from models.errors import GeneratorCrashed
from tests.integration.babblers import LIES, lied

MARKUP = (
    "<b>{}</b>",
    "{} ![x](http://beispiel.example)",
    "**{}**",
    "{} \u202e",
    "{}\x1b[31m",
    "{} 😀",
)
Draft = Callable[[str], Iterator[str]]


def asked(prompt: str) -> str:
    return prompt.rsplit("Satz: ", 1)[1]


def liar(kind: str, others: list[str], told: list[str], seed: str) -> Draft:
    dice = random.Random(seed)

    def draft(prompt: str) -> Iterator[str]:
        if lie := lied(asked(prompt), others, kind, dice):
            told.append(lie)
            yield f"{lie.rstrip('.')}."

    return draft


def parted_liar(others: list[str], told: list[str], seed: str) -> Draft:
    """Cuts the sentence at its commas and lies in one of the parts."""
    dice = random.Random(seed)

    def draft(prompt: str) -> Iterator[str]:
        parts = asked(prompt).rstrip(".").split(", ")
        place = dice.randrange(len(parts))
        for kind in ("negation", "other figure", "modality", "opposite"):
            if lie := lied(f"{parts[place]}.", others, kind, dice):
                parts[place] = lie.rstrip(".")
                break
        told.append(parts[place])
        yield "\n".join(f"{part[0].upper()}{part[1:]}." for part in parts)

    return draft


def babble(seed: str) -> Draft:
    dice = random.Random(seed)

    def draft(prompt: str) -> Iterator[str]:
        words = [*asked(prompt).split(), "nicht", "kein", "soll", "2024", "CDU", "abgelehnt"]
        for _ in range(3):
            yield " ".join(dice.choices(words, k=dice.randint(3, 14))).capitalize() + ".\n"

    return draft


def marked_up(seed: str) -> Draft:
    dice = random.Random(seed)
    return lambda prompt: iter([dice.choice(MARKUP).format(asked(prompt))])


def endless(prompt: str) -> Iterator[str]:
    while True:
        yield asked(prompt)


def crash(prompt: str) -> Iterator[str]:
    yield asked(prompt)[:30]
    raise GeneratorCrashed("Das Sprachmodell ist ausgefallen.")


def repeated(prompt: str) -> Iterator[str]:
    yield f"{asked(prompt)}\n{asked(prompt)}"


def beginning(prompt: str) -> Iterator[str]:
    yield f"{asked(prompt).split(', ')[0]}."


def silent(prompt: str) -> Iterator[str]:
    return iter(())


def drafts(sentence: str, others: list[str], told: list[str]) -> dict[str, Draft]:
    return {
        **{kind: liar(kind, others, told, f"{sentence}{kind}") for kind in LIES},
        "parted": parted_liar(others, told, sentence),
        "babble": babble(sentence),
        "markup": marked_up(sentence),
        "endless": endless,
        "crash": crash,
        "repeated": repeated,
        "beginning": beginning,
        "silent": silent,
    }
