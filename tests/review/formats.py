"""A draft in Markdown as the files that people send: DOCX, PDF, and text pasted from a mail."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx

from assistant.review.reading import read_draft, read_pasted
from index.types import Document

_HEADING = re.compile(r"(#+) (.+)")
_TIME_LIMIT_S = 120


def as_docx(text: str, path: Path) -> Path:
    """Headings, tables and paragraphs in Word's own styles."""
    word = docx.Document()
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.split("\n")
        if lines[0].startswith("|"):
            rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
            rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
            table = word.add_table(len(rows), len(rows[0]))
            for cells, row in zip(rows, table.rows, strict=True):
                for words, cell in zip(cells, row.cells, strict=True):
                    cell.text = words
        elif heading := _HEADING.fullmatch(block):
            word.add_heading(heading[2], level=len(heading[1]))
        else:
            for line in lines:
                word.add_paragraph(line)
    word.save(str(path))
    return path


def as_pdf(text: str, path: Path, soffice: Path) -> Path:
    """The DOCX as LibreOffice prints it."""
    source = as_docx(text, path.with_suffix(".docx"))
    profile = (path.parent / "profil").resolve().as_uri()
    subprocess.run(
        [
            str(soffice),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=_TIME_LIMIT_S,
    )
    return path


def as_mail(text: str) -> str:
    """The words without Markdown's marks, as they come from a window."""
    text = re.sub(r"^#+ ", "", text, flags=re.MULTILINE)
    return re.sub(r"^\|[-| :]+\|\n", "", text, flags=re.MULTILINE)


def readers(folder: Path, soffice: Path) -> dict[str, Callable[[str, str], Document]]:
    """For each format, what makes a draft of a text and a name."""
    return {
        "docx": lambda text, name: read_draft(as_docx(text, folder / f"{name}.docx"), "lvs"),
        "pdf": lambda text, name: read_draft(as_pdf(text, folder / f"{name}.pdf", soffice), "lvs"),
        "text": lambda text, name: read_pasted(as_mail(text), "lvs"),
    }
