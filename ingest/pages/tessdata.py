"""Where Debian's packages put Tesseract's language data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

TESSDATA_FOLDERS = (
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tesseract-ocr/4.00/tessdata"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
)
GERMAN = "deu.traineddata"


def find_tessdata(folders: Iterable[Path] = TESSDATA_FOLDERS) -> Path | None:
    """The first folder that holds the data for German; None where none does."""
    return next((folder for folder in folders if (folder / GERMAN).is_file()), None)
