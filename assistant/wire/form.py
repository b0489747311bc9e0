"""What every model of the wire has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """Base of the wire models: nothing unnamed goes out."""

    model_config = ConfigDict(extra="forbid", frozen=True)
