"""The model card and the data card: what runs and what is there, counted at each look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.upkeep.house_state import Freshness, freshness
from assistant.upkeep.model_list import ListedModel, listed_models
from assistant.wiring import Parts
from index.builds import Build
from index.types import Access, DocumentSummary, Schutzstufe


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The models that answer here.

    Attributes:
        models: those of the settings, and the search model of the generation that answers.
        searching: what that generation knows its model by.
        has_generator: whether a language model is asked at all.
        is_remote: whether it runs on another machine of the house, which no list describes.
        writes: whether it writes sentences of its own.
    """

    models: tuple[ListedModel, ...]
    searching: str
    has_generator: bool
    is_remote: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """How the pages of the papers were read, as far as their formats have pages."""

    total: int
    recognized: int
    uncertain: int
    unread: int

    @property
    def share(self) -> float | None:
        """The share that text recognition read."""
        return self.recognized / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class DataCard:
    """The papers that somebody may see: `documents` valid ones, `replaced` earlier versions."""

    documents: int
    replaced: int
    kinds: tuple[tuple[str, int], ...]
    periods: tuple[tuple[int | None, int], ...]
    levels: tuple[tuple[Schutzstufe, int], ...]
    pages: Pages
    sources: tuple[Freshness, ...]
    build: Build
    passages: int
    newest: str


def model_card(parts: Parts) -> ModelCard:
    """Hashes nothing: says whether the weights were seen to be what the list says.

    Raises:
        RegistryInvalid: the list of models cannot be read.
    """
    bound = parts.store.bound_embedder()
    searching = bound[0] if bound else ""
    listed = listed_models(parts.weights, parts.chosen_models) if parts.weights else []
    shown = tuple(
        model
        for model in listed
        if model.chosen or (model.embedder_id and model.embedder_id == searching)
    )
    local = any(not model.embedder_id for model in shown)
    return ModelCard(
        models=shown,
        searching=searching,
        has_generator=parts.generator is not None,
        is_remote=parts.generator is not None and bool(parts.weights) and not local,
        writes=parts.drafts,
    )


def data_card(parts: Parts, access: Access) -> DataCard:
    """Counts the papers that `access` may see."""
    papers = parts.store.documents(access)
    valid = [paper for paper in papers if paper.superseded_by is None]
    status = parts.store.status(access)
    jobs = [(job, parts.jobs.paths(job.id)) for job in parts.jobs.jobs(parts.mandant)]
    periods = Counter(paper.kopfdaten.wahlperiode for paper in valid)
    return DataCard(
        documents=len(valid),
        replaced=len(papers) - len(valid),
        kinds=_ranked(Counter(_kind(paper) for paper in valid)),
        periods=tuple(sorted(periods.items(), key=lambda one: (one[0] is None, one[0]))),
        levels=tuple(sorted(Counter(paper.visibility for paper in valid).items())),
        pages=_pages(valid),
        sources=tuple(freshness(papers, jobs)) if access == Access.operator(parts.mandant) else (),
        build=parts.store.active_build(),
        passages=status.passages,
        newest=max((paper.ingested_at for paper in papers), default=""),
    )


def _kind(paper: DocumentSummary) -> str:
    return paper.kopfdaten.art.value if paper.kopfdaten.art else ""


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _pages(papers: Sequence[DocumentSummary]) -> Pages:
    return Pages(
        total=sum(paper.page_count for paper in papers),
        recognized=sum(paper.recognized for paper in papers),
        uncertain=sum(len(paper.uncertain) for paper in papers),
        unread=sum(len(paper.unread) for paper in papers),
    )
