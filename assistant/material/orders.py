"""Orders that need a draft or an answer to work on: what there is to begin with, what not."""

from __future__ import annotations

import re
from datetime import date

from assistant.fundstelle import Ledger
from assistant.material.drafter_question import Order
from assistant.material.precedent_question import topic_request
from assistant.material.precedents import (
    answer_precedents,
    precedents_among,
    table_of,
    write_precedents,
)
from assistant.material.which_paper import papers_asked
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, Claim, Label, Reference
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access

_DRAFTING = re.compile(
    r"\b(?:entw[ie]rf\w*|schreib\w*|formulier\w*|verfass\w*|erstell\w*|mach\w*|bereite\w*|"
    r"fertig\w*|"
    r"skizzier\w*|brauch\w*|benötig\w*|hätte\w*|gern\w*|\w*begründung\w*|\w*vorlagen?|"
    r"beschlussvorschl\w*|\w*entwurf\w*|textbaustein\w*|kurze\w*|erste\w*|belegte\w*|kannst|können|"
    r"könnte\w*|entwerfen|sie|einrichtung|sinne|sachliche\w*)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"[,;]?\s*\b(?:gestützt|aufbauend|basierend|anhand|auf\s+(?:der\s+)?(?:basis|grundlage)|"
    r"unter\s+(?:verwendung|bezug\w*)|mit\s+(?:bezug|präzedenz\w*|belegen|quellen|"
    r"fundstellen))\b.*$",
    re.IGNORECASE,
)
_NO_DRAFT = (
    "Eine Frage schreibt keinen Entwurf: Er entsteht aus einem Auftrag mit Stichpunkten und "
    "ausgewählten Quellen (»aktenkundig draft AUFTRAG.toml«)."
)
_GO_ON = (
    "So geht es weiter: „Fasse die Beratungsfolge zu … als Sachverhalt zusammen“, „Nenne "
    "Argumente dafür "
    "und dagegen aus den Beratungen zu …“ und „Formuliere die finanziellen Auswirkungen zu …“ "
    "geben je "
    "Drucksache belegte Sätze zum Übernehmen."
)
_FIRST = Claim(f"{_NO_DRAFT} Als Quellen kommen in Betracht:", Label.ABGELEITET, ())
_ASK_TOPIC = (
    "Zu welchem Thema? Bitte nennen Sie es in ein bis fünf Worten, etwa: „Entwirf eine "
    "Begründung zum "
    "Thema Leihräder“; dann werden die Drucksachen gezeigt, die als Quelle in Betracht kommen."
)
_TEXTS = {
    Order.REWRITE: (
        "In einer Frage steht kein Entwurf, und das Umschreiben von Texten gibt es noch nicht. "
        "Antworten "
        "können Sie wörtlich übernehmen; jeder belegte Satz trägt seine Fundstelle."
    ),
    Order.REVIEW: (
        "In einer Frage steht kein Entwurf. Eine Datei prüft »aktenkundig review DATEI«. Fragen "
        "können Sie einzeln, etwa: „Welche früheren Beschlüsse gibt es zu …?“, „Stimmt es, dass "
        "…?“, „Was regelt § … der Geschäftsordnung?“ oder eine Drucksachennummer für den ganzen "
        "Vorgang."
    ),
}
_PLAIN_AFTER = (
    "Die Antwort davor gibt es in Einfacher Sprache: im Browser über die Schaltfläche „In "
    "Einfacher Sprache“ "
    "unter der Antwort, in der Befehlszeile mit »aktenkundig ask --einfach«. Sie ist maschinell "
    "und ungeprüft; "
    "Zahlen, Daten und Ergebnisse bleiben, wie sie belegt sind."
)
_PLAIN_ALONE = (
    "Welcher Text ist gemeint? In Einfache Sprache übertragen wird die Antwort auf eine Frage, "
    "nicht ein eigener "
    "Text. Stellen Sie zuerst die Frage; die Antwort gibt es dann im Browser über die "
    "Schaltfläche „In Einfacher "
    "Sprache“, in der Befehlszeile mit »aktenkundig ask --einfach«."
)


def answer_order(
    store: Store, access: Access, order: Order, question: Question, before: Reference | None
) -> Finding:
    """What can be given in place of a draft: sources to choose from, or an honest "noch nicht"."""
    if order is Order.DRAFT:
        if question.numbers:
            return _of_papers(store, access, question)
        return _sources(store, access, question.text)
    if order is Order.PLAIN:
        return _say(AnswerStatus.CLARIFY, _PLAIN_AFTER if before else _PLAIN_ALONE)
    return _say(AnswerStatus.ABSTAINED, _TEXTS[order])


def draft_topic(text: str) -> str:
    """The words of an order to draft that stand before and behind its topic taken out."""
    return _DRAFTING.sub(" ", _SUPPORT.sub("", text))


def _sources(store: Store, access: Access, text: str) -> Finding:
    request = topic_request(draft_topic(text), date.today())
    if not request.topic_terms:
        return _say(AnswerStatus.CLARIFY, f"{_NO_DRAFT} {_ASK_TOPIC}")
    found = answer_precedents(store, access, request)
    if found.status is not AnswerStatus.ANSWERED:
        said = f"{_NO_DRAFT} {found.text}"
        return Finding(AnswerStatus.ABSTAINED, text=said, objection=said, nearest=found.nearest)
    claims = (_FIRST, *found.claims)
    shown = "\n".join(claim.text for claim in claims)
    notes = (*found.notes, _GO_ON)
    cited = found.citations
    return Finding(AnswerStatus.ANSWERED, claims, cited, shown, notes=notes, table=found.table)


def _of_papers(store: Store, access: Access, question: Question) -> Finding:
    """The papers that the order names, each with what became of it."""
    _, papers = papers_asked(store, access, question, None, "Vorlage 15/148")
    if isinstance(papers, Finding):
        return papers
    found = precedents_among(store, access, papers)
    ledger = Ledger()
    claims = (_FIRST, *write_precedents(found, ledger))
    shown = "\n".join(claim.text for claim in claims)
    table, cited = table_of(found, ledger), tuple(ledger.citations)
    return Finding(AnswerStatus.ANSWERED, claims, cited, shown, notes=(_GO_ON,), table=table)


def _say(status: AnswerStatus, text: str) -> Finding:
    return Finding(status, text=text, objection=text)
