"""A paper that is closed, or withdrawn, after a public draft on it was kept; read by ingest."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.begruendung.drafting import draft
from assistant.begruendung.erasing import cut_erased
from assistant.begruendung.shelf import Shelf
from assistant.begruendung.types import Auftrag, Quelle
from assistant.begruendung.versions import Version
from assistant.begruendung.visible import Seen, seen
from index.store import Store, open_store
from index.types import Access, Drucksachennummer, Schutzstufe
from ingest.pipeline import ingest_paths
from tests.hash_embedder import HashEmbedder
from tests.integration.test_ingest_pipeline import MANDANT, antrag

OPERATOR = Access.operator(MANDANT)
PUBLIC = Access(frozenset({MANDANT}))
WORDS = "Die Verwaltung wird beauftragt, Bäume zu pflanzen"


class House:
    """A folder of papers and what is kept on them."""

    def __init__(self, folder: Path) -> None:
        self.akten = folder / "akten"
        self.akten.mkdir()
        self.home = folder / "home"
        self.store: Store = open_store(self.home)
        self.file = self.akten / "antrag.txt"
        self.file.write_text(antrag("15/7"))
        self.ingest()

    def ingest(self) -> None:
        report = ingest_paths(
            [self.akten], store=self.store, embedder=HashEmbedder(), mandant=MANDANT
        )
        assert report.quarantined == ()

    def keep(self) -> Version:
        quelle = Quelle(Drucksachennummer.of(15, 7), "Antrag")
        auftrag = Auftrag("Mehr Grün", MANDANT, (), (quelle,))
        entwurf = draft(self.store, OPERATOR, auftrag, home=self.home)
        ids = {citation.document_id for citation in entwurf.citations}
        return Shelf(self.home, self.store, MANDANT).keep(
            "gruen", entwurf, based_on=None, author="M. Muster", quellen=sorted(ids)
        )

    def seen(self, access: Access, version: Version) -> Seen | None:
        return seen(self.store, access, version)


@pytest.fixture
def kept(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_sidecar_that_closes_a_paper_closes_the_draft_and_its_removal_opens_it(
    kept: House,
) -> None:
    version = kept.keep()
    assert kept.seen(PUBLIC, version) is not None
    sidecar = kept.akten / "antrag.txt.toml"
    sidecar.write_text('sichtbarkeit = "nichtöffentlich"', encoding="utf-8")
    kept.ingest()
    assert kept.seen(PUBLIC, version) is None
    now = kept.seen(OPERATOR, version)
    assert now is not None and now.closed_since
    assert now.entwurf.schutz is Schutzstufe.NICHTOEFFENTLICH
    assert now.hidden == 0 and WORDS in str(now.entwurf), "who may see closed papers still does"
    sidecar.unlink()
    kept.ingest()
    again = kept.seen(PUBLIC, version)
    assert again is not None and again.entwurf == version.entwurf
    kept.store.close()


def test_a_file_that_is_overwritten_with_a_closed_one_takes_its_words_out_of_sight(
    kept: House,
) -> None:
    version = kept.keep()
    kept.file.write_text(antrag("15/7", "Etwas anderes.").replace("öffentlich", "nichtöffentlich"))
    kept.ingest()
    assert kept.seen(PUBLIC, version) is None
    now = kept.seen(OPERATOR, version)
    assert now is not None and now.hidden > 0 and WORDS not in str(now.entwurf)
    kept.store.close()


def test_a_paper_withdrawn_by_its_source_leaves_the_draft(kept: House) -> None:
    kept.keep()
    held = kept.home / "entwuerfe" / MANDANT / "gruen" / "fassung-0001.json"
    assert WORDS in held.read_text("utf-8")
    assert kept.store.withdraw(
        OPERATOR, str(kept.file), who="oparl", reason="dort nicht mehr", keep_out=False
    )
    assert len(cut_erased(kept.home, kept.store)) == 1
    assert WORDS not in held.read_text("utf-8")
    kept.store.close()
