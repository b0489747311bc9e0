"""Whether what was decided departs from what was proposed: both word for word, and by what rule.

Nothing is compared by meaning. The recorded result says that the proposal was changed or was not,
or the two wordings are the same; else it cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from assistant.fundstelle import Ledger, paper_name
from assistant.records.fields import MAX_PROPOSAL, Written, cite_number, write_proposal
from assistant.records.recorded import result_claim
from assistant.records.vorgang import Result, is_recommendation, results
from assistant.types import Claim, Label
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access, Document, Outcome

_CHANGED = re.compile(
    r"\bin\s+der\s+(?:geänderten\s+)?fassung\b|\bmit\s+(?:der|folgender)\s+(?:ergänzung|maßgabe|"
    r"änderung)\b|\bergänzt\s+um\b|(?<!un)geändert|\bmit\s+folgendem\s+wortlaut\b",
    re.IGNORECASE,
)
_AS_PROPOSED = re.compile(
    r"\b(?:entsprechend|gemäß|laut)\s+(?:dem\s+|der\s+)?(?:\w*antrag|beschlussvorschlag|\w*vorlage|"
    r"vorschlag)|\bun(?:ge|ver)ändert|\bantragsgemäß\b|"
    r"\bwie\s+(?:vorgeschlagen|beantragt|vorgelegt)\b",
    re.IGNORECASE,
)
_NOTED = re.compile(r"\bzur\s+kenntnis\b", re.IGNORECASE)
_NOT_DECIDED = {
    Outcome.ABGELEHNT: "abgelehnt",
    Outcome.ZURUECKGEZOGEN: "zurückgezogen",
    Outcome.ABGESETZT: "abgesetzt",
    Outcome.VERTAGT: "vertagt",
    Outcome.VERWIESEN: "verwiesen",
}


class Departs(Enum):
    """Whether a decision departs from the proposal; the value is what is said."""

    YES = "ja"
    NO = "nein"
    NOT_DECIDED = "kein Beschluss, der abweichen könnte"
    UNKNOWN = "nicht feststellbar"


def departs(result: Result, proposal: str) -> tuple[Departs, str]:
    """What one record says of a departure, with the rule by which it does.

    `proposal` has the words of the Beschlussvorschlag in one line; "" where none is on record.
    """
    said = " ".join(result.ergebnis.text.split())
    decided = _decision(result)
    outcome = result.ergebnis.outcome
    if outcome in _NOT_DECIDED:
        assert outcome is not None
        return Departs.NOT_DECIDED, f"als Ergebnis ist „{_NOT_DECIDED[outcome]}“ erfasst"
    if outcome is Outcome.GEAENDERT or _CHANGED.search(decided):
        return Departs.YES, "das Ergebnis nennt eine Änderung"
    if outcome is Outcome.KENNTNIS:
        plain = said.casefold().find("ablehnend") < 0
        if plain and _NOTED.search(proposal):
            return Departs.NO, "vorgeschlagen und erfasst ist die Kenntnisnahme"
        return Departs.UNKNOWN, "erfasst ist nur eine Kenntnisnahme"
    if not proposal:
        return Departs.UNKNOWN, "ein Beschlussvorschlag ist nicht erfasst"
    if outcome is Outcome.BESCHLOSSEN and _AS_PROPOSED.search(f"{said} {decided}"):
        return (
            Departs.NO,
            "das Ergebnis verweist auf den Vorschlag und nennt keine Änderung",
        )
    if outcome is Outcome.BESCHLOSSEN and decided.strip(" .") == proposal.strip(" ."):
        return Departs.NO, "beide Wortlaute stimmen überein"
    return Departs.UNKNOWN, "das Ergebnis sagt nicht, ob der Vorschlag geändert wurde"


def _decision(result: Result) -> str:
    """The words of the Beschluss in minutes, in one line; "" for a note on the paper."""
    if result.beschluss is None or result.beschluss.span.overlaps(result.ergebnis.span):
        return ""
    return " ".join(result.beschluss.span.cut(result.document.text).split())


def write_departure(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """Whether a decision departs from the paper's proposal; both wordings, every record.

    Minutes of the deciding body go before the note on the paper. Where records differ, all are
    shown and none is preferred.
    """
    recorded = results(store, access, document)
    if not recorded:
        cite_number(document, ledger)
        return [], (
            f"{paper_name(document)}: Ergebnis nicht erfasst; ob der Beschluss vom Vorschlag "
            "abweicht, ist nicht feststellbar."
        )
    proposed = Ledger()
    proposal, lacking = write_proposal(store, access, question, document, proposed)
    words = " ".join(proposed.citations[0].quote.split()) if proposal else ""
    deciding = [result for result in recorded if not is_recommendation(result)]
    claims = list(_verdict(document, deciding, recorded, words, ledger))
    claims += write_proposal(store, access, question, document, ledger)[0]
    bare = replace(question, text="")
    for result in (*deciding, *(r for r in recorded if r not in deciding)):
        claims.append(result_claim(bare, document, result, ledger))
        decided = _decision(result)
        if decided and result.beschluss is not None and len(decided) <= MAX_PROPOSAL:
            kind = "Empfehlung" if is_recommendation(result) else "Beschluss"
            text = f"{kind} laut Niederschrift: „{decided}“"
            cited = ledger.cite(result.document, result.beschluss.span)
            claims.append(Claim(text, Label.BELEGT, (cited,)))
    return claims, lacking


def _verdict(
    document: Document,
    deciding: Sequence[Result],
    recorded: Sequence[Result],
    proposal: str,
    ledger: Ledger,
) -> Iterator[Claim]:
    """The answer in one sentence, derived; one for each record where they differ."""
    about = f"Abweichung vom Beschlussvorschlag ({paper_name(document)})"
    if not deciding:
        cited = [ledger.cite(r.document, r.ergebnis.span) for r in recorded]
        text = f"{about}: nicht feststellbar. Regel: Erfasst sind nur Empfehlungen."
        yield Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(cited)))
        return
    told = [(result, *departs(result, proposal)) for result in deciding]
    clear = [entry for entry in told if entry[1] is not Departs.UNKNOWN] or told
    if len({said for _, said, _ in clear}) == 1:
        clear = clear[:1]
    else:
        about = f"Die Quellen widersprechen sich. {about}"
    for result, said, rule in clear:
        source = paper_name(result.document) if result.from_minutes else "Ergebnisvermerk"
        cited = [ledger.cite(result.document, result.ergebnis.span)]
        text = f"{about}: {said.value}. Regel: {rule[:1].upper()}{rule[1:]} ({source})."
        yield Claim(text, Label.ABGELEITET, (*cited, *cite_number(document, ledger)))
