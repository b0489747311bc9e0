"""Why a paper is not found: where it stands, what names it, which numbers look alike."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.records.schutz import closed_because
from assistant.records.supplements import later_papers
from assistant.stock.form import by_register, counted, derived, when, with_claims
from assistant.stock.warum import Explanation, Holding, explain
from assistant.types import Claim, Label
from index.life import Zustand
from index.store import Store
from index.types import Access, Drucksachennummer, Schutzstufe

MOST_NAMING = 5
NOWHERE = (
    "Auch in der Quarantäne, unter den Dateien, die noch zu lesen sind, und in anderen Dokumenten "
    "kommt die Nummer nicht vor."
)
KENNUNG = 12
"""Figures of a document's id that commands are told here; they take six or more."""


def tell_missing(
    store: Store, access: Access, number: Drucksachennummer, label: str | None, mandant: str
) -> Finding:
    """Everything on record under a number, in the order in which it explains the most."""
    found = explain(store, access, str(number))
    wanted = f"{label.capitalize()} {number}" if label else f"Die Nummer {number}"
    held = [h for h in found.holdings if label is None or _is_called(h, label)]
    others = [h for h in found.holdings if h not in held]
    rule = by_register(store, access, "mit Quarantäne, Vormerkungen und Löschnachweisen")
    head = f"{wanted} ist {'erfasst' if held else 'nicht erfasst'}. {rule}"
    claims = [derived(head)]
    claims += [derived(text) for holding in held for text in _standing(holding, mandant)]
    claims += [derived(f"Später erfasst: {text}.") for text in _later(store, access, held)]
    if others:
        names = "; ".join(paper_name(h.document) for h in others)
        claims.append(derived(f"Unter dieser Nummer ist erfasst: {names}."))
    claims += [derived(text) for text in _on_the_way(found)]
    ledger = Ledger()
    if not held:
        claims += _naming(store, access, found, ledger)
        if not found.refused and not found.waiting and not found.mentioned_in and not others:
            claims.append(derived(NOWHERE))
        claims += [derived(text) for text in _alike(found)]
    return with_claims(claims, citations=ledger.citations)


def _is_called(holding: Holding, label: str) -> bool:
    kopf = holding.document.kopfdaten
    names = {kopf.benennung.lower(), kopf.art.value.lower() if kopf.art else ""}
    return label in {"drucksache", "drs", "dokument"} or any(n.endswith(label) for n in names)


def _standing(holding: Holding, mandant: str) -> Iterator[str]:
    document = holding.document
    name = f"{paper_name(document)} ({holding.sources[0]})"
    hidden = holding.depublication
    if hidden is not None:
        yield (
            f"{name} ist verborgen seit {when(hidden.at)}, durch: {hidden.who}, Grund: "
            f"{hidden.reason}. Wieder zeigen: »aktenkundig republish {document.id[:KENNUNG]} "
            f"--mandant {mandant}«."
        )
        return
    if holding.state is Zustand.ERSETZT:
        yield f"{name} ist eine frühere Fassung. Gesucht wird nur in der gültigen."
    count = sum(holding.passages.values())
    if not count:
        yield f"{name} hat keine Textstelle und wird deshalb von keiner Suche gefunden."
    elif holding.state is not Zustand.ERSETZT:
        yield f"{name} wird gefunden: {counted(count, 'Textstelle', 'Textstellen')}."
    if holding.state is Zustand.TEILWEISE:
        yield f"{name} ist nur zum Teil gelesen: {' '.join(document.warnings)}"
    if count and Schutzstufe.OEFFENTLICH not in holding.passages:
        why = closed_because(document) or "Alle Textstellen sind nichtöffentlich."
        yield f"Gefunden wird es nur von dem, der Nichtöffentliches sehen darf. {why}"


def _later(store: Store, access: Access, held: list[Holding]) -> list[str]:
    shown = [h.document for h in held if h.depublication is None]
    return list(dict.fromkeys(text for d in shown for text in later_papers(store, access, d)))


def _on_the_way(found: Explanation) -> Iterator[str]:
    for entry in found.refused:
        yield f"In Quarantäne seit {when(entry.at)}: {entry.path} – {entry.message}"
    for waiting in found.waiting:
        yield f"Gefunden und noch nicht gelesen: {waiting.path}."


def _naming(store: Store, access: Access, found: Explanation, ledger: Ledger) -> list[Claim]:
    """Where other papers name the number, in their own words."""
    places: dict[str, Claim] = {}
    for mention in store.mentions(access, found.number):
        document = store.document(access, mention.document_id)
        if document is None or document.id in places or len(places) == MOST_NAMING:
            continue
        text = f"Genannt wird die Nummer in: {paper_name(document)}."
        cited = (ledger.cite_line(document, mention.span),)
        places[document.id] = Claim(text, Label.BELEGT, cited)
    claims = list(places.values())
    rest = len(found.mentioned_in) - len(claims)
    if rest > 0:
        more = counted(rest, "weiteren Dokument", "weiteren Dokumenten")
        claims.append(derived(f"Genannt wird sie auch in {more}."))
    return claims


def _alike(found: Explanation) -> Iterator[str]:
    if found.near:
        yield f"Ähnliche erfasste Nummern: {', '.join(map(str, found.near))}."
    if found.erased:
        yield (
            f"Es gibt {counted(found.erased, 'Löschnachweis', 'Löschnachweise')}. Sie nennen "
            "keinen Inhalt; ob diese Drucksache darunter ist, zeigt erst ein neues Einlesen der "
            "Datei, das dann abgewiesen wird."
        )
