"""One matter as files: a motion, a Vorlage with its Ergänzung, and the minutes; read for real."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from index.store import Store
from index.types import Document, Mention
from ingest.document import read_document
from ingest.expressions import find_references
from ingest.formats.text import parse_text
from ingest.intake import Intake
from tests.sample_records import DIMENSION, FakeEmbedder, stored

ANTRAG = """\
# Antrag Nr. 15/70

öffentlich

Datum: 10.01.2023
Antragsteller: CDU, SPD

## Beratungsfolge:

| Kulturausschuss | 16.02.2023 | empfehlender Beschluss |
| Landschaftsausschuss | 02.03.2023 | Beschluss |

## Tagesordnungspunkt:

Leihräder an den Museen

## Beschlussvorschlag:

Die Verwaltung stellt an drei Museen Leihräder bereit.

## Begründung:

Viele Gäste kommen mit der Bahn. In Umfragen wünschen sich fast 40 Prozent der Gäste Leihräder.
"""

VORLAGE = """\
# Vorlage Nr. 15/80

öffentlich

Datum: 20.03.2023
Dienststelle: Fachbereich 9 Kultur

## Beratungsfolge:

| Kulturausschuss | 20.04.2023 | Beschluss |

## Tagesordnungspunkt:

Konzept für die Radstationen

## Beschlussvorschlag:

Dem Konzept wird zugestimmt.

## Finanzielle Auswirkungen:

| Produktgruppe | 042 Museen |
| Gesamtkosten | 48.000 € |
| Aufwendungen 2023 (Ergebnisplan) | 30.000 € |

Die Mittel sind veranschlagt: [ ] ja  [ ] nein

## Begründung:

Die Radstationen erhalten eine Rampe und sind barrierefrei. Der Betrieb beginnt am 01.07.2023.
"""

ERGAENZUNG = """\
# Vorlage Nr. 15/80/1

öffentlich

Datum: 03.04.2023
Dienststelle: Fachbereich 9 Kultur

## Tagesordnungspunkt:

Konzept für die Radstationen; hier: geänderte Kosten

## Beschlussvorschlag:

Diese Vorlage ändert die Vorlage Nr. 15/80. Dem Konzept wird mit geänderten Kosten zugestimmt.

## Finanzielle Auswirkungen:

| Produktgruppe | 042 Museen |
| Gesamtkosten | 52.000 € |
"""

NIEDERSCHRIFT = """\
# Niederschrift

über die 7. Sitzung des Kulturausschusses
am 16.02.2023 in Hohenbruck

- öffentlich -

## Anwesend:

**CDU:** Ilse Drostmann
**FDP:** Birte Gravemann
**GRÜNE:** Jannis Wiekenberg

### Punkt 1
**Leihräder an den Museen**
**Antrag Nr. 15/70 CDU, SPD**

Frau Drostmann wirbt für den Antrag. Er erschließe die Museen ohne Auto.

Frau Gravemann kritisiert die Kosten. Herr Wiekenberg unterstützt dies. Die Verwaltung verliere sonst Gäste.

Herr Wiekenberg begrüßt den Änderungsantrag der FDP. Frau Drostmann fragt nach dem Wetter.

**Beschluss (empfehlend):**
Der Kulturausschuss empfiehlt dem Landschaftsausschuss, den Antrag anzunehmen.

**Abstimmungsergebnis:** mehrheitlich beschlossen gegen die FDP

### Punkt 2
**Verschiedenes**

Herr Wiekenberg lehnt Laubbläser ab.
"""


def read_paper(text: str, name: str) -> Document:
    """Reads a text as the pipeline does."""
    data = text.encode()
    intake = Intake(name, data, hashlib.sha256(data).hexdigest(), "text/plain")
    return replace(read_document(intake, parse_text(data), "lvs"), source=f"akten/{name}")


def mentions_of(paper: Document) -> list[Mention]:
    """Every number that a text names."""
    return [Mention(paper.id, r.number, r.span) for r in find_references(paper.text)]


def fill(store: Store, *texts: str) -> None:
    """Stores these papers, or all of the matter."""
    store.bind_embedder(FakeEmbedder.embedder_id, DIMENSION)
    chosen = texts or (ANTRAG, VORLAGE, ERGAENZUNG, NIEDERSCHRIFT)
    papers = [read_paper(text, f"{number}.md") for number, text in enumerate(chosen)]
    store.add([stored(paper, mentions_of(paper)) for paper in papers])
