"""What several command files share: the options of every command, and the opened parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assistant.errors import AssistantError, InputInvalid
from assistant.settings import MANDANT_PATTERN, Settings, read_settings
from assistant.upkeep.draft_care import look_after
from assistant.wiring import Parts, open_parts
from index.errors import StoreError
from ingest.errors import IngestError
from models.errors import ModelError

EXPECTED_ERRORS = (AssistantError, IngestError, ModelError, StoreError)
"""What ends a command, or a line of a batch, with a sentence and no traceback."""
as_json = click.option("--json", "json_", is_flag=True, help="Gibt genau ein JSON-Objekt aus.")
of_mandant = click.option(
    "--mandant", metavar="M", help="Kurzname des Mandanten (sonst der eingestellte)."
)


@contextmanager
def opened_parts(
    mandant: str | None, *, need_generator: bool = False, settings: Settings | None = None
) -> Iterator[Parts]:
    """Store and models for one command; what kept drafts still hold of erased papers goes first.

    Raises:
        InputInvalid: the Mandant's name cannot be one.
        StoreError: the home cannot be used.
    """
    if mandant is not None and not re.fullmatch(MANDANT_PATTERN, mandant):
        raise InputInvalid(
            f"»{mandant}« ist kein Kurzname eines Mandanten. "
            "Erlaubt sind Kleinbuchstaben, Ziffern, - und _."
        )
    with open_parts(
        settings or read_settings(), need_generator=need_generator, mandant=mandant
    ) as parts:
        look_after(parts.home, parts.store, parts.audit, parts.drafts_kept_days)
        yield parts
