"""The papers a draft may rest on, and how well what it takes from them is protected."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.begruendung.types import Auftrag, Quelle
from assistant.errors import InputInvalid, NotFound
from assistant.fundstelle import paper_name
from assistant.records.vorgang import Papers, look_up
from assistant.types import Citation
from index.store import Store
from index.types import Access, Document, Schutzstufe


def draft_access(access: Access, auftrag: Auftrag) -> Access:
    """What a draft may rest on: its own Mandant's papers, only open ones for a public draft."""
    stufen = access.stufen & {Schutzstufe.OEFFENTLICH} if auftrag.oeffentlich else access.stufen
    return Access(access.mandanten & {auftrag.mandant}, stufen)


def chosen_papers(store: Store, access: Access, auftrag: Auftrag) -> tuple[Document, ...]:
    """The papers under `quellen`, each once, in their order.

    Raises:
        NotFound: one of them is none that `access` may see; the sentence is the same where there
            is none at all.
        InputInvalid: a number fits several papers, or a public draft names a closed one.
    """
    usable = draft_access(access, auftrag)
    seen = Access(usable.mandanten, access.stufen)
    papers: dict[str, Document] = {}
    for quelle in auftrag.quellen:
        paper = _only(_found(store, usable, quelle), quelle)
        if paper is None:
            closed = _found(store, seen, quelle).found
            if closed:
                raise InputInvalid(_closed(closed[0]))
            raise NotFound(
                f"Die Quelle »{quelle}« kann hier nicht verwendet werden. Bitte prüfen Sie Art und "
                "Nummer; was vorliegt, zeigen die Suche und »aktenkundig show«."
            )
        papers[paper.id] = paper
    return tuple(papers.values())


def _found(store: Store, access: Access, quelle: Quelle) -> Papers:
    return look_up(store, access, quelle.nummer, quelle.art.lower() or None)


def _only(papers: Papers, quelle: Quelle) -> Document | None:
    if len(papers.found) > 1:
        names = "; ".join(paper_name(paper) for paper in papers.found)
        raise InputInvalid(
            f"Die Quelle »{quelle}« ist nicht eindeutig: {names}. Bitte nennen Sie im Feld "
            "»quellen« auch die Art, etwa »Antrag 15/211«."
        )
    return papers.found[0] if papers.found else None


def _closed(paper: Document) -> str:
    return (
        f"{paper_name(paper)} ist nichtöffentlich und darf nicht in einen öffentlichen Entwurf. "
        "Bitte lassen Sie die Quelle weg oder setzen Sie »oeffentlich = false«."
    )


def strictest(
    store: Store, mandant: str, papers: Sequence[Document], citations: Sequence[Citation]
) -> Schutzstufe:
    """The level of the strictest source: a paper that was chosen, or a section that is quoted."""
    everybody = Access(frozenset({mandant}))
    shown: dict[str, Document | None] = {}
    for citation in citations:
        if citation.document_id not in shown:
            shown[citation.document_id] = store.document(everybody, citation.document_id)
        document = shown[citation.document_id]
        if document is None or citation.span.cut(document.text) != citation.quote:
            return Schutzstufe.NICHTOEFFENTLICH
    if any(paper.visibility is Schutzstufe.NICHTOEFFENTLICH for paper in papers):
        return Schutzstufe.NICHTOEFFENTLICH
    return Schutzstufe.OEFFENTLICH
