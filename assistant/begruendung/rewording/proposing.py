"""The generator's part: it proposes how to part a long statement, the check disposes."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from assistant.begruendung.rewording.phrases import phrase_problems
from assistant.plain.parting import further_cuts
from assistant.plain.rendering import SHORT
from assistant.plain.rewriting import LONGEST, rewritten
from models.errors import ModelError
from models.generator import Generator, never

log = logging.getLogger(__name__)


class Proposer:
    """A generator as long as it works. `took_part` once words of its making were taken."""

    def __init__(self, generator: Generator | None) -> None:
        self.generator = generator
        self.took_part = False

    def parted(self, statement: str) -> Sequence[str]:
        """A long statement in short sentences; itself where none came that says the same."""
        if len(statement.split()) <= SHORT or len(statement) > LONGEST:
            return [statement]
        for again in (False, True):
            if self.generator is None:
                break
            try:
                tried = rewritten(self.generator, statement, again=again, cancelled=never)
            except ModelError as error:
                log.warning("rewriting without the generator: %s", error.code)
                self.generator = None
                break
            if len(tried) > 1 and not phrase_problems(further_cuts(statement), tried):
                self.took_part = True
                return tried
        return [statement]
