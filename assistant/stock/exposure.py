"""Whether anything closed lies in the public index: counted anew when it is asked."""

from __future__ import annotations

from assistant.records.exact import Finding
from assistant.records.schutz import is_undeclared
from assistant.stock.form import by_register, counted, told
from assistant.types import AnswerTable
from index.store import Store
from index.types import Access, Schutzstufe

RULE = (
    "Eine Textstelle gilt als nichtöffentlich, wenn ein Zeichen von ihr in einem nichtöffentlichen "
    "Abschnitt oder Beschluss liegt, außerhalb der Abschnitte eines nichtöffentlichen Dokuments, "
    "oder wenn das Dokument verborgen ist."
)
UNKNOWN = (
    "Ob ein Papier zu Recht als öffentlich bezeichnet ist, prüft dieser Vergleich nicht: Er stellt "
    "fest, ob der Index hält, was die Papiere und ihre Begleitdaten sagen."
)


def tell_exposure(store: Store, access: Access) -> Finding:
    """Reads every public passage again and compares it with the levels of its document."""
    checks = store.exposure(access)
    exposed = [item for check in checks for item in check.exposed]
    strays = sum(check.strays for check in checks)
    documents = store.documents(access)
    undeclared = sum(map(is_undeclared, documents))
    closed = sum(d.visibility is Schutzstufe.NICHTOEFFENTLICH for d in documents)
    rule = by_register(store, access, "eben geprüft")
    found = (
        f"{'Nein: ' if not exposed and not strays else ''}Nichtöffentliche Textstellen im "
        f"öffentlichen Index: {len(exposed)}. {rule}"
    )
    lines = [
        f"Geprüft: {sum(check.passages for check in checks)} öffentliche Textstellen aus "
        f"{counted(sum(check.documents for check in checks), 'Dokument', 'Dokumenten')}, "
        f"{sum(check.vectors for check in checks)} Vektoren und "
        f"{sum(check.keyword_rows for check in checks)} Stichwortzeilen in allen Generationen, "
        f"{sum(check.indexed for check in checks)} Vektoren im Index, der antwortet.",
        f"Einträge ohne öffentliche Textstelle in Stichwörtern und Vektorindex: {strays}.",
        f"Regel: {RULE}",
        f"{counted(closed, 'Dokument ist', 'Dokumente sind')} ganz oder in Teilen "
        f"nichtöffentlich, davon {undeclared}, weil nichts und niemand sie öffentlich nennt.",
    ]
    lines += [f"{item.why}: {item.source}, Textstelle {item.ordinal}" for item in exposed]
    if exposed or strays:
        lines.append(
            "Bitte sofort »aktenkundig verify« ausführen, die genannten Dokumente mit "
            "»aktenkundig depublish« verbergen und den Fehler melden."
        )
    rows = tuple((item.source, str(item.ordinal), item.why) for item in exposed)
    return told(
        found,
        lines,
        table=AnswerTable(("Quelle", "Textstelle", "Warum"), rows) if rows else None,
        notes=(UNKNOWN,),
    )
