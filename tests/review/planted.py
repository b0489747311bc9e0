"""Drafts with planted faults and their clean twins, and what a review finds in them.

A file in `drafts/` is both: `{{art: right | wrong}}` is "right" in the clean twin and "wrong" in the
planted one. Where a section is taken out, `{{art(Name): right | }}`: the finding has to name it. Run
as a program it prints recall and false findings for a home with the samples:
`python -m tests.review.planted HOME`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.hausregeln import read_hausregeln
from assistant.review.reviewing import run
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from index.store import Store, open_store
from index.types import Access, Document, Span
from ingest.document import read_document
from ingest.formats.text import parse_text
from ingest.intake import Intake

Reader = Callable[[str, str], Document]
"""The text of a draft and its name in, the draft out."""
DRAFTS = Path(__file__).parent / "drafts"
RULES = Path(__file__).resolve().parents[2] / "beispiele" / "mandanten"
PAGE = 2500
"""Characters of a printed page of a Vorlage."""
_MARK = re.compile(
    r"\{\{(?P<art>\w+)(?:\((?P<named>[^()]+)\))?:\s*(?P<right>[^|{}]+?)\s*"
    r"\|\s*(?P<wrong>[^|{}]*?)\s*\}\}"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault; `span` are its words in the draft's canonical text.

    Attributes:
        named: what a finding has to name instead, where words are only missing.
    """

    draft: str
    art: str
    words: str
    span: Span
    named: str


@dataclass(slots=True)
class Tally:
    """What was planted, found and wrongly found, by class."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    gathered: int = 0
    missed: list[Fault] = field(default_factory=list)
    alarms: list[tuple[str, Befund, str]] = field(default_factory=list)
    pages: float = 0.0

    @property
    def recall(self) -> float:
        """Share of the planted faults that were found under their own class."""
        return self.found.total() / self.planted.total()

    @property
    def false_a_page(self) -> float:
        """Wrong findings on a page of the clean twins."""
        return self.false.total() / self.pages

    @property
    def findings_a_page(self) -> float:
        """All findings on a page of the clean twins, lists of own figures too."""
        return (self.false.total() + self.gathered) / self.pages


def drafts() -> list[Path]:
    """The files, in order."""
    return sorted(DRAFTS.glob("*.md"))


def clean(text: str) -> str:
    """The clean twin."""
    return _MARK.sub(lambda match: match["right"], text)


def with_faults(text: str) -> str:
    """The planted twin."""
    return _MARK.sub(lambda match: match["wrong"], text)


def read_draft(text: str, name: str) -> Document:
    """Reads a draft as the command does, without storing it."""
    data = text.encode()
    intake = Intake(name, data, hashlib.sha256(data).hexdigest(), "text/markdown")
    return read_document(intake, parse_text(data), "lvs")


def faults_of(source: str, draft: Document, name: str) -> Iterator[Fault]:
    """The planted faults with their places in the draft as read."""
    at = 0
    for match in _MARK.finditer(source):
        if not match["wrong"]:
            yield Fault(name, match["art"], f"({match['named']})", Span(at, at), match["named"])
            continue
        words = r"\s+".join(re.escape(word) for word in match["wrong"].split())
        lead = with_faults(source[: match.start()])[-12:].split("\n")[-1]
        pattern = r"\s+".join(re.escape(word) for word in re.split(r"\s+", lead))
        pattern += f"(?P<words>{words})"
        found = re.compile(pattern).search(draft.text, max(0, at - len(lead)))
        if found is None:
            raise AssertionError(f"{name}: »{match['wrong']}« is not in the draft as read")
        at = found.end()
        yield Fault(
            name, match["art"], match["wrong"], Span(*found.span("words")), match["named"] or ""
        )


def findings(store: Store, draft: Document) -> list[Befund]:
    """All that the checks say of a draft, as a user sees it."""
    rules = read_hausregeln(RULES, "lvs")
    reviewed = Reviewed(draft, store, Access.operator("lvs"), rules)
    return run(reviewed)


def measure(store: Store, files: Sequence[Path], read: Reader | None = None) -> Tally:
    """Reviews both twins of each file, read as Markdown unless `read` says otherwise."""
    tally = Tally()
    read = read or read_draft
    for path in files:
        source = path.read_text(encoding="utf-8")
        fine = read(clean(source), path.name)
        tally.pages += len(fine.text) / PAGE
        for befund in findings(store, fine):
            if is_gathered(befund):
                tally.gathered += 1
                continue
            tally.false[befund.art.value] += 1
            tally.alarms.append((path.name, befund, befund.span.cut(fine.text)))
        planted = read(with_faults(source), path.name)
        found = findings(store, planted)
        for fault in faults_of(source, planted, path.name):
            tally.planted[fault.art] += 1
            if any(is_found(fault, befund) for befund in found):
                tally.found[fault.art] += 1
            else:
                tally.missed.append(fault)
    return tally


def is_found(fault: Fault, befund: Befund) -> bool:
    """Whether a finding is of the fault's class and says what is wrong, or points at it."""
    if befund.art.value != fault.art:
        return False
    if fault.named:
        return fault.named in befund.reason
    return _meets(befund.span, fault.span) or (is_gathered(befund) and _lists(befund, fault))


def is_gathered(befund: Befund) -> bool:
    """Whether a finding lists the draft's own figures: true of a clean draft too."""
    return befund.art is BefundArt.ANGABE and befund.severity is Severity.HINWEIS


def _lists(befund: Befund, fault: Fault) -> bool:
    return any(f"„{word}" in befund.reason for word in fault.words.split() if word[0].isdigit())


def _meets(found: Span, planted: Span) -> bool:
    """Whether a finding points at the words of a fault, or to words right beside them."""
    return found.start <= planted.end + 40 and planted.start <= found.end + 40


def report(tally: Tally) -> Iterator[str]:
    """The figures, one line a class."""
    for art in sorted(tally.planted):
        share = tally.found[art] / tally.planted[art]
        yield (
            f"{art:12} planted {tally.planted[art]:3}  found {tally.found[art]:3}  "
            f"recall {share:.2f}  false {tally.false[art]}"
        )
    yield (
        f"all          planted {tally.planted.total():3}  found {tally.found.total():3}  "
        f"recall {tally.recall:.3f}  false a page {tally.false_a_page:.2f} ({tally.pages:.1f} pages, "
        f"{tally.gathered} lists of own figures)"
    )


def main(home: str, *names: str) -> None:
    """Prints the figures, each miss and each false finding."""
    store = open_store(Path(home))
    files = [p for p in drafts() if not names or any(p.name.startswith(n) for n in names)]
    tally = measure(store, files)
    for line in report(tally):
        print(line)
    for fault in tally.missed:
        print(f"missed  {fault.draft} {fault.art}: {fault.words}")
    for name, befund, words in tally.alarms:
        print(f"false   {name} {befund.art.value} [{words}] {befund.reason}")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
