"""Mit Präzedenzfall: what was decided of earlier papers on the words of the title.

For and against and of all Fraktionen alike; a motion or a Vorlage is named with its recorded result
only, and never as Beschlusslage of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.begruendung.auftrag import papers_on_title, title_words
from assistant.begruendung.occasion import write_moved, write_recorded
from assistant.begruendung.paragraphs import Material, borne, derived
from assistant.begruendung.rewording.joining import Joint, joined, joint_of
from assistant.begruendung.types import Absatz, Herkunft
from assistant.hausregeln import Abschnitt
from assistant.records.supplements import effect_claim
from assistant.records.vorgang import Result, is_recommendation, results
from index.german import analyse, terms
from index.types import Document, Outcome

MOST_OF_AN_OUTCOME = 3
LEAST = 0.6
"""Share of the title's words that the subject of a precedent has to hold."""
HEAD = (
    "Präzedenzfälle sind nach den Wörtern des Titels gesucht; Entscheidungen jedes Ausgangs und "
    "aller Urheber sind gleichermaßen aufgeführt."
)
NONE = (
    "Zu den Wörtern des Titels ist außer den Papieren dieses Entwurfs kein entschiedener "
    "Präzedenzfall erfasst; das heißt nicht, dass es keinen gibt."
)
_LACKING = (
    "Außer den Papieren dieses Entwurfs ist dazu kein Präzedenzfall mit {} Ergebnis erfasst; das "
    "heißt nicht, dass es keinen gibt."
)
_SIDES = (
    (frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT}), _LACKING.format("zustimmendem")),
    (frozenset({Outcome.ABGELEHNT}), _LACKING.format("ablehnendem")),
)
_MORE = "Weitere Präzedenzfälle sind erfasst; aufgeführt sind je Ausgang die jüngsten."


def write_precedent(
    material: Material, section: Abschnitt, known: frozenset[str]
) -> Iterator[Absatz]:
    """A paragraph for each decided paper on the words of the title, newest first by outcome.

    Args:
        material: its access says what the draft may rest on.
        section: where the paragraphs come to stand.
        known: ids of the papers that the draft rests on already.
    """
    found = papers_on_title(material.store, material.access, material.auftrag.titel, LEAST)
    decided = [
        (paper, result)
        for paper in found
        if paper.id not in known
        and _is_about(paper, material.auftrag.titel)
        and (result := _decision(material, paper)) is not None
    ]
    by_side = [[d for d in decided if d[1].ergebnis.outcome in side] for side, _ in _SIDES]
    if not any(by_side):
        yield derived(NONE)
        return
    yield derived(HEAD)
    for of_side, (_, nothing) in zip(by_side, _SIDES, strict=True):
        newest = sorted(of_side, key=lambda found: _day(found[0]), reverse=True)
        for paper, result in newest[:MOST_OF_AN_OUTCOME]:
            yield from _precedent(material, section, paper, result)
        if not newest:
            yield derived(nothing)
    if any(len(of_side) > MOST_OF_AN_OUTCOME for of_side in by_side):
        yield derived(_MORE)


def _is_about(paper: Document, title: str) -> bool:
    """Whether title and Tagesordnungspunkt of a paper hold enough of the words.

    A word in its Beschlussvorschlag alone ("an zwei Standorten") makes no like case of it.
    """
    subject = paper.kopfdaten.tagesordnungspunkt
    held = set(terms(f"{paper.title} {subject.value if subject else ''}"))
    words = [analyse(word) for word in title_words(title)]
    found = [w for w in words if set(w.words) <= held or (w.parts and set(w.parts) <= held)]
    return bool(words) and len(found) >= LEAST * len(words)


def _decision(material: Material, paper: Document) -> Result | None:
    """The result that counts: of the latest sitting that decided, else the note on the paper."""
    recorded = results(material.store, material.access, paper)
    return next((result for result in recorded if not is_recommendation(result)), None)


def _day(paper: Document) -> int:
    datum = paper.kopfdaten.datum
    return datum.value.toordinal() if datum else 0


def _precedent(
    material: Material, section: Abschnitt, paper: Document, result: Result
) -> Iterator[Absatz]:
    """One paper with who moved it and what is recorded of it, and what later changed it."""
    moved = write_moved(material, paper)
    recorded = list(write_recorded(material, paper, result, section))
    told = [absatz for absatz in recorded if absatz.herkunft is Herkunft.BELEGT]
    sentences = [f"Präzedenzfall: {moved.text}", *_in_one(told)]
    numbers = [*moved.citations, *(n for absatz in told for n in absatz.citations)]
    for later in material.supplements.later(paper):
        claim = effect_claim(paper, later, material.ledger)
        sentences.append(claim.text)
        numbers += claim.citations
    yield borne(" ".join(sentences), numbers)
    yield from (absatz for absatz in recorded if absatz.herkunft is not Herkunft.BELEGT)


def _in_one(told: Sequence[Absatz]) -> list[str]:
    """The Beschluss and the vote under one lead, where both are told."""
    joints: list[Joint] = [j for absatz in told if (j := joint_of(absatz.text)) is not None]
    if len(joints) == len(told) > 1 and len({joint.key for joint in joints}) == 1:
        return [joined(joints)]
    return [absatz.text for absatz in told]
