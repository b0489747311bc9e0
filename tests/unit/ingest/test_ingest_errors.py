"""Every refusal has its own code and a German sentence."""

from __future__ import annotations

from ingest import errors

FAMILY = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.IngestError)
]


def test_every_error_has_a_code_of_its_own_and_a_sentence() -> None:
    assert len({error.code for error in FAMILY}) == len(FAMILY)
    assert all(error.sentence.endswith(".") and len(error.sentence) > 20 for error in FAMILY)
    assert str(errors.EmptyFile()) == errors.EmptyFile.sentence
    assert str(errors.TooLarge("Die Datei hat 3.000 Seiten.")) == "Die Datei hat 3.000 Seiten."
