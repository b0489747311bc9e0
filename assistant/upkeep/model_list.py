"""The models that this house knows: what they are, and whether their weights are what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.embedder import embedder_id
from models.errors import ModelCorrupt, ModelMissing
from models.registry import (
    ModelEntry,
    ModelKind,
    Weights,
    load_registry,
    verify,
    weights_state,
)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model of the list; `chosen` says that the settings name it."""

    entry: ModelEntry
    weights: Weights
    chosen: bool

    @property
    def embedder_id(self) -> str:
        """What a generation knows the model by; "" for one that writes sentences."""
        return embedder_id(self.entry) if self.entry.kind is ModelKind.EMBEDDER else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What hashing the weights of a model anew gave; `problem` is a German sentence."""

    name: str
    problem: str


def listed_models(weights: Path, chosen: Collection[str]) -> list[ListedModel]:
    """Every model of the list, those of the settings first. Hashes nothing.

    Raises:
        RegistryInvalid: the list cannot be read.
    """
    found = [
        ListedModel(entry, weights_state(entry, weights), entry.name in chosen)
        for entry in load_registry(weights_dir=weights).values()
    ]
    return sorted(found, key=lambda model: (not model.chosen, model.entry.kind, model.entry.name))


def check_weights(weights: Path, chosen: Collection[str]) -> Iterator[Checked]:
    """Hashes the weights of every model that is there or that the settings name."""
    for model in listed_models(weights, chosen):
        if model.weights is Weights.MISSING and not model.chosen:
            continue
        try:
            verify(model.entry, weights)
            yield Checked(model.entry.name, "")
        except (ModelMissing, ModelCorrupt) as error:
            yield Checked(model.entry.name, str(error))
