"""Tells the sentences of our own answers from any others, without keeping answers.

An answer goes out with a seal over its sentences. Whoever wants them in Einfache Sprache sends both
back; sentences that were never checked have no seal, and are not rendered as if they had been.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence

from assistant.types import Claim


class Sealer:
    """Seals with a key of this process: after a restart older answers are asked for again."""

    def __init__(self, mandant: str) -> None:
        """Draws a key; answers of one Mandant carry no seal of another."""
        self._mandant = mandant
        self._key = secrets.token_bytes(32)

    def seal(self, kind: str, claims: Sequence[Claim]) -> str:
        """The seal of an answer's kind and sentences, 64 hexadecimal digits."""
        fields = [[c.text, c.label.value, list(c.citations), list(c.problems)] for c in claims]
        words = json.dumps([self._mandant, kind, fields]).encode()
        return hmac.new(self._key, words, hashlib.sha256).hexdigest()

    def fits(self, seal: str, kind: str, claims: Sequence[Claim]) -> bool:
        """Whether a seal is the one of these sentences."""
        return hmac.compare_digest(seal.encode(), self.seal(kind, claims).encode())
