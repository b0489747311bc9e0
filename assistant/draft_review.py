"""Where the web lets the Entwurfsprüfer look at a kept draft; each finding with its paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.audit import OPERATOR
from assistant.begruendung.types import DraftSection, Entwurf
from assistant.draft_shelf import visible
from assistant.draft_view import anchor
from assistant.hausregeln import Hausregeln, read_hausregeln
from assistant.review.types import BefundArt
from assistant.review_desk import review_file
from assistant.wire.review import FindingWire, review_wire
from assistant.wiring import Parts
from index.types import Access, Schutzstufe

OPEN = BefundArt.PLATZHALTER.value
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class Pruefbild:
    """What was found in a draft.

    Attributes:
        befunde: each with the id of its paragraph on the page, "" for none. Placeholders are not
            among them, for the page lists them anyway.
        zahlen: how many of these there are, by severity.
        platzhalter: how many findings say that something is open.
    """

    befunde: tuple[tuple[FindingWire, str], ...]
    zahlen: Mapping[str, int]
    platzhalter: int


def review_version(
    parts: Parts, access: Access, name: str, number: int | None = None, *, who: str = OPERATOR
) -> Pruefbild:
    """Reviews a version as it would go out, without the Mandant's template around it.

    Raises:
        NotFound: there is no such version that `access` may see.
        IngestError, AuditUnwritable: see `review_desk`.
    """
    from assistant.begruendung.docx_export import docx_bytes

    entwurf = visible(parts, access, name, number).entwurf
    rules = read_hausregeln(parts.home, parts.mandant)
    public = entwurf.schutz is Schutzstufe.OEFFENTLICH
    data = docx_bytes(entwurf, rules)
    review = review_wire(review_file(parts, f"{name}.docx", data, access, public=public, who=who))
    told = [one for one in review.findings if one.art != OPEN]
    return Pruefbild(
        befunde=tuple((one, _anchor(entwurf, rules, one)) for one in told),
        zahlen=Counter(one.severity for one in told),
        platzhalter=len(review.findings) - len(told),
    )


def _anchor(entwurf: Entwurf, rules: Hausregeln, finding: FindingWire) -> str:
    """The paragraph that holds the words of a finding, first of all in the section it names."""
    words = _plain(finding.quote)
    if not words:
        return ""
    named = rules.abschnitt(finding.section)
    key = named.schluessel if named else ""
    own = [one for one in entwurf.abschnitte if one.abschnitt.schluessel == key]
    return _holding(own, words) or _holding(entwurf.abschnitte, words)


def _holding(sections: Sequence[DraftSection], words: str) -> str:
    for section in sections:
        for at, absatz in enumerate(section.absaetze, start=1):
            if words in _plain(absatz.text):
                return anchor(section.abschnitt.schluessel, at)
    return ""


def _plain(text: str) -> str:
    return " ".join(_RAISED.sub("", text).split())
