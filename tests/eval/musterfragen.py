"""The thirty sample questions of clerks, drafters and admins, asked of the sample corpus.

`.venv/bin/python -m tests.eval.musterfragen` writes docs/musterfragen.md; a test keeps it current.
No answer comes from a model here: these kinds need none.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from assistant import desk
from assistant.settings import Settings, default_weights
from assistant.today import as_of
from assistant.types import Answer, AnswerStatus, AnswerTable, Citation, Claim, Reference
from assistant.wiring import open_parts
from index.types import Access
from ingest.pipeline import ingest_paths

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Path(__file__).with_name("musterfragen.json")
PAGE = ROOT / "docs" / "musterfragen.md"
MOST_ROWS = 12
MOST_BELEGE = 12
MOST_SENTENCES = 14
GROUPS = {
    "A": "Sachbearbeitung und Gremienbüro",
    "B": "Begründungen entwerfen",
    "C": "Administration",
}
_STATUS = {
    AnswerStatus.ANSWERED: "beantwortet",
    AnswerStatus.ABSTAINED: "nicht belegt",
    AnswerStatus.CLARIFY: "Rückfrage",
}
_HEAD = """# Dreißig Musterfragen

Gestellt an die Beispieldokumente (`beispiele/lvs`), dazu eine beschädigte und eine doppelte Datei, damit
auch die Verwaltung des Bestands etwas zu sagen hat. Die Antworten stehen hier, wie das System sie gibt;
kein Satz ist nachbearbeitet; lange Listen, Tabellen und Belege sind gekürzt. Erzeugt mit
`python -m tests.eval.musterfragen`; ein Test hält die Seite aktuell. `JJJJ-MM-TT` und `n` stehen für den Tag
des Laufs und die Generation des Index.
"""


def transcript(home: Path, weights: Path) -> str:
    """The page: every question with the kind that was recognised and the answer in full.

    `home` holds the sample corpus; two more files are taken in there.
    """
    with (
        open_parts(
            Settings(home=home, weights=weights), need_generator=False, mandant="lvs"
        ) as parts,
        tempfile.TemporaryDirectory() as folder,
    ):
        _more_files(Path(folder))
        ingest_paths([Path(folder)], store=parts.store, embedder=parts.embedder, mandant="lvs")
        access = Access.operator("lvs")
        day = max(date.fromisoformat(d.ingested_at[:10]) for d in parts.store.documents(access))
        known: dict[str, Reference | None] = {}
        lines = [_HEAD]
        for entry in _questions():
            group = entry["id"][0]
            if entry["id"] == f"{group}1":
                lines.append(f"## {group}. {GROUPS[group]}\n")
            before = known[entry["after"]] if "after" in entry else None
            with as_of(day):
                answer = desk.ask(parts, entry["text"], access, before=before, use_generator=False)
            known[entry["id"]] = answer.reference
            lines += _shown(entry["id"], entry["text"], entry.get("after"), answer)
    return _timeless("\n".join(lines), folder, day)


def _questions() -> list[dict[str, str]]:
    asked: list[dict[str, str]] = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    return asked


def _more_files(folder: Path) -> None:
    (folder / "vorlage-15-2345-1.pdf").write_bytes(b"%PDF-1.4\nabgebrochen")
    source = ROOT / "beispiele" / "lvs" / "wahlperiode-14" / "antraege" / "antrag-14-95.txt"
    shutil.copy(source, folder / "antrag-14-95-kopie.txt")


def _shown(name: str, question: str, after: str | None, answer: Answer) -> Iterator[str]:
    yield f"### {name}. {question}\n"
    context = f" · nach {after}" if after else ""
    yield f"*Art: {answer.kind} · {_STATUS[answer.status]}{context}*\n"
    if answer.claims:
        yield from (_sentence(claim) for claim in answer.claims[:MOST_SENTENCES])
        if len(answer.claims) > MOST_SENTENCES:
            yield f"… und {len(answer.claims) - MOST_SENTENCES} weitere Sätze\n"
    else:
        yield f"{answer.text}\n"
    if answer.table is not None:
        yield from _table(answer.table)
    for note in answer.notes:
        yield f"> Hinweis: {note}\n"
    cited = answer.citations or answer.nearest
    if cited:
        yield "Belege:\n" if answer.citations else "Nächste Fundstellen:\n"
        yield from (_beleg(citation) for citation in cited[:MOST_BELEGE])
        if len(cited) > MOST_BELEGE:
            yield f"- … und {len(cited) - MOST_BELEGE} weitere"
        yield ""


def _sentence(claim: Claim) -> str:
    numbers = "".join(f"[{n}]" for n in claim.citations)
    text = claim.text.replace("\n", " ").replace("|", "\\|")
    return f"{text} {numbers} ({claim.label.value})".replace("  ", " ") + "\n"


def _beleg(citation: Citation) -> str:
    quote = " ".join(citation.quote.split()).replace("|", "\\|")
    return f"- [{citation.number}] {citation.fundstelle}: „{quote}“"


def _table(table: AnswerTable) -> Iterator[str]:
    yield f"| {' | '.join(map(_cell, table.columns))} |"
    yield f"|{'---|' * len(table.columns)}"
    for row in table.rows[:MOST_ROWS]:
        yield f"| {' | '.join(map(_cell, row))} |"
    if len(table.rows) > MOST_ROWS:
        yield f"\n… und {len(table.rows) - MOST_ROWS} weitere Zeilen"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _timeless(page: str, folder: str, day: date) -> str:
    """The page without what differs from run to run: paths, days of the run, the generation."""
    page = page.replace(f"{Path(folder).resolve()}/", "eingang/").replace(f"{folder}/", "eingang/")
    page = page.replace(f"{ROOT}/", "")
    for before in range(-2, 40):
        near = date.fromordinal(day.toordinal() - before)
        page = page.replace(f"{near:%d.%m.%Y}", "JJJJ-MM-TT").replace(
            near.isoformat(), "JJJJ-MM-TT"
        )
    page = page.replace(f"{date.today():%d.%m.%Y}", "JJJJ-MM-TT")
    page = re.sub(r"JJJJ-MM-TT[T ,um]*\d\d:\d\d(?: Uhr)?", "JJJJ-MM-TT", page)
    return re.sub(r"((?:Indexstand|Generation)\s+)\d+", r"\1n", page)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the page from a home that is made for it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="Bestand mit beispiele/lvs")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(chosen.home, home)
        PAGE.write_text(transcript(home, default_weights()), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} geschrieben, {datetime.now():%H:%M}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
