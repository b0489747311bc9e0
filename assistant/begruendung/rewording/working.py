"""One kind of rewriting over the paragraphs of a section, each held against what it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.begruendung.checked import problems
from assistant.begruendung.paragraphs import PLACEHOLDER
from assistant.begruendung.rewording.clearer import clearer, clearer_prose
from assistant.begruendung.rewording.easier import EASY_WORDS, easier, easier_run
from assistant.begruendung.rewording.phrases import easy_words, phrase_words
from assistant.begruendung.rewording.points import pointed
from assistant.begruendung.rewording.proposing import Proposer
from assistant.begruendung.rewording.shorter import MOST_CHARACTERS, runs, shorter
from assistant.begruendung.rewording.survival import losses
from assistant.begruendung.rewording.types import Umarbeitung
from assistant.begruendung.types import Absatz, Herkunft
from assistant.types import Citation

_JOINING = frozenset({Umarbeitung.KUERZER, Umarbeitung.EINFACH, Umarbeitung.STICHPUNKTE})
_NOTHING = {
    Umarbeitung.KUERZER: "Hier lässt sich nichts kürzen, ohne etwas zu verlieren.",
    Umarbeitung.KLARER: "Die Regeln kennen hierfür keine klarere Fassung.",
    Umarbeitung.EINFACH: "Dieser Absatz ließ sich nicht vereinfachen.",
    Umarbeitung.STICHPUNKTE: "Der Absatz lässt sich nicht in mehrere Punkte teilen.",
}
_IN_LINES = "Der Absatz ist schon in Zeilen geteilt."
_OPEN = "Offene Angaben bleiben, wie sie sind."


@dataclass(frozen=True, slots=True)
class Done:
    """A section's paragraphs, how many of those before were changed, and why others were not."""

    absaetze: tuple[Absatz, ...]
    changed: int
    refused: dict[int, str]


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of rewriting of one draft."""

    art: Umarbeitung
    citations: Sequence[Citation]
    proposer: Proposer

    def section(self, absaetze: Sequence[Absatz], only: int | None) -> Done:
        """A section's paragraphs rewritten; `only` is the place of the one that is meant."""
        new: dict[int, Absatz] = {}
        gone: set[int] = set()
        refused: dict[int, str] = {}
        if only is None and self.art in _JOINING:
            for places, absatz in self._joined(absaetze):
                new[places[0]] = absatz
                gone |= set(places[1:])
        for place, absatz in enumerate(absaetze):
            if place in new or place in gone or (only is not None and place != only):
                continue
            found = self.single(absatz)
            if isinstance(found, Absatz):
                new[place] = found
            else:
                refused[place] = found
        kept = [new.get(p, a) for p, a in enumerate(absaetze) if p not in gone]
        return Done(tuple(kept), len(new) + len(gone), refused)

    def _joined(self, absaetze: Sequence[Absatz]) -> Iterator[tuple[tuple[int, ...], Absatz]]:
        shorten = self.art is Umarbeitung.KUERZER
        for run in runs(absaetze, MOST_CHARACTERS if shorten else None):
            old = [absaetze[place] for place in run.places]
            numbers = tuple(dict.fromkeys(n for absatz in old for n in absatz.citations))
            if self.art is Umarbeitung.EINFACH:
                text = easier_run(run, self.proposer.parted)
            else:
                text = run.text(points=self.art is Umarbeitung.STICHPUNKTE)
            new = Absatz(text, old[0].herkunft, numbers)
            is_shorter = len(text) < sum(len(absatz.text) for absatz in old)
            if (is_shorter or not shorten) and self.refusal(old, new) is None:
                yield run.places, new

    def single(self, absatz: Absatz) -> Absatz | str:
        """The paragraph rewritten, or why it stays."""
        if absatz.herkunft is Herkunft.PLATZHALTER:
            return _OPEN
        if self.art is not Umarbeitung.KUERZER and "\n" in absatz.text:
            return _IN_LINES
        if self.art is not Umarbeitung.KUERZER and PLACEHOLDER.search(absatz.text):
            return _OPEN
        own = absatz.herkunft is Herkunft.EIGEN
        text = self._own(absatz.text) if own else self._ours(absatz.text)
        if text is None or text.rstrip(".") == absatz.text.rstrip("."):
            return _NOTHING[self.art]
        new = replace(absatz, text=text)
        return self.refusal([absatz], new) or new

    def _own(self, text: str) -> str | None:
        """Somebody's own words, which are prose."""
        match self.art:
            case Umarbeitung.KUERZER:
                return shorter(text)
            case Umarbeitung.KLARER:
                return clearer_prose(text, self.proposer.parted)
            case Umarbeitung.EINFACH:
                return easier(text, self.proposer.parted, own=True)
            case _:
                return pointed(text, own=True)

    def _ours(self, text: str) -> str | None:
        """A sentence of a fixed form around words of a source, of which none may be exchanged."""
        match self.art:
            case Umarbeitung.KUERZER:
                return None
            case Umarbeitung.KLARER:
                return clearer(text)
            case Umarbeitung.EINFACH:
                return easier(text, self.proposer.parted, own=False)
            case _:
                return pointed(text, own=False)

    def refusal(self, old: Sequence[Absatz], new: Absatz) -> str | None:
        """Why a new paragraph may not stand for the old ones; None where it may."""
        before = [absatz.text for absatz in old]
        if PLACEHOLDER.findall(new.text) != PLACEHOLDER.findall("\n".join(before)):
            return "Eine offene Angabe blieb nicht erhalten."
        # In the house's own sentences no phrase is exchanged.
        is_own = new.herkunft is Herkunft.EIGEN
        said, words = new.text, phrase_words() if is_own else frozenset[str]()
        if self.art is Umarbeitung.EINFACH:  # the words of a quote count, its marks need not
            before, said = [_bare(text) for text in before], _bare(said)
            words |= easy_words() | EASY_WORDS
        found = losses(before, said, exchanged=words)
        if not found:
            held = {citation.number: citation.quote for citation in self.citations}
            found = tuple(problems(new, [held[n] for n in new.citations]))
        return found[0] if found else None


def _bare(text: str) -> str:
    return text.replace("„", "").replace("“", "")
