"""Papers of an invented Landschaftsverband, as canonical text, and a way to read them."""

from __future__ import annotations

from index.types import Document, Schutzstufe, Span
from ingest.papers.kopfdaten import read_kopfdaten
from ingest.papers.profile import Profile
from ingest.papers.structure import read_sections
from ingest.papers.title import read_title
from ingest.papers.visibility import file_visibility

ANTRAG = """\
CDU-FRAKTION

IM LANDSCHAFTSVERBAND SÜDERLAND

Antrag Nr. 14/77

öffentlich

Datum: 04.09.2022
Antragsteller: SPD, Bündnis 90/DIE GRÜNEN

Kulturausschuss\t19.09.2022\tempfehlender Beschluss
Kommission Inklusion21.09.2022zur Kenntnis
Landschaftsausschuss\t07.10.2022\tBeschluss

Tagesordnungspunkt:

Haushalt 2023; Lesesaal für alle

Beschlussvorschlag:

Die Verwaltung wird beauftragt, im Archiv einen barrierefreien Lesesaal einzurichten.

Ergebnis:

Einstimmig beschlossen.

Begründung:

Der Lesesaal ist nur über Stufen zu erreichen. Das schließt Menschen aus.

Ähnliche Räume gibt es in Talheim. Der Antrag Nr. 13/12 vom 01.02.2018 wurde abgelehnt.

Zu beachten sind:

- die Höhe der Tische
- die Beleuchtung

Erika Lenz

Hans van Ott
"""

NIEDERSCHRIFT = """\
Niederschrift über die 7. Sitzung des Kulturausschusses am 19.09.2022

Tagesordnung

Öffentlicher Teil

1. Eröffnung

2. Lesesaal für alle

Nichtöffentlicher Teil

3. Vergabe der Möbel

Öffentlicher Teil

TOP 1: Eröffnung

Der Vorsitzende begrüßt die Anwesenden.

TOP 2: Lesesaal für alle

Antrag Nr. 14/77

Herr Ott (SPD) begründet den Antrag.

Beschluss:

Der Kulturausschuss empfiehlt, einen Lesesaal einzurichten.

Abstimmung:

Änderungsantrag der FDP: einstimmig abgelehnt

Hauptantrag Nr. 14/77: mehrheitlich angenommen

Nichtöffentlicher Teil

TOP 3: Vergabe der Möbel

Beschluss:

Der Auftrag wird vergeben.

Öffentlicher Teil

TOP 4: Verschiedenes

Die Mitteilung wird einstimmig zur Kenntnis genommen.
"""

SATZUNG = """\
Satzung über die Benutzung des Archivs

vom 3. März 2020

§ 1 Zweck

(1) Das Archiv dient allen.

(2) Es ist montags geöffnet. Näheres regelt § 2 Abs. 1.

§ 2

Gebühren

(1) Die Nutzung ist frei.

§ 3 gilt entsprechend für Gruppen.
"""


def read(text: str, profile: Profile | None = None, pages: tuple[Span, ...] = ()) -> Document:
    """Reads canonical text as the pipeline does."""
    sections = read_sections(text, (), profile)
    kopfdaten = read_kopfdaten(text, sections, profile)
    return Document(
        id="d1",
        mandant="lvs",
        source="papier.txt",
        media_type="text/plain",
        title=read_title(text, sections, kopfdaten),
        text=text,
        pages=pages,
        sections=sections,
        kopfdaten=kopfdaten,
        visibility=file_visibility(sections) if sections else Schutzstufe.NICHTOEFFENTLICH,
    )
