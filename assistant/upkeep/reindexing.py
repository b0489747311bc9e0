"""Building a generation of the index, comparing it with the one that answers, switching, clearing.

What the command `aktenkundig reindex` does, without the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.audit import OPERATOR, AuditEntry
from assistant.embedders import ActiveEmbedder
from assistant.errors import GenerationWorse, NotFound, ReindexRunning
from assistant.measuring.comparison import Comparison, Probe, compare
from assistant.wiring import Parts
from index.builds import Build, BuildState
from index.types import Access
from ingest.chunk import CHUNKER
from ingest.feeding.turn import reindex_turn
from ingest.generation import OnProgress, complete, switch
from models.embedder import Embedder
from models.errors import ModelMissing


@dataclass(frozen=True, slots=True)
class Built:
    """A generation that holds every document, and what it took.

    `is_new` is False where the generation that answers is of this model and cutting already.
    """

    build: Build
    passages: int
    is_new: bool = True


@contextmanager
def reindexing(parts: Parts) -> Iterator[None]:
    """Keeps others from building generations meanwhile.

    Raises:
        ReindexRunning: somebody does.
    """
    with reindex_turn(parts.home) as mine:
        if not mine:
            raise ReindexRunning(
                "Gerade baut ein anderer Vorgang eine Generation. Bitte warten, bis er fertig ist."
            )
        yield


def embedder_named(parts: Parts, name: str | None) -> Embedder:
    """The model of this name, or that of the settings.

    Raises:
        ModelUnknown: the list has none of this name.
    """
    if isinstance(parts.embedder, ActiveEmbedder):
        return parts.embedder.named(name)
    return parts.embedder


def build(
    parts: Parts, embedder: Embedder, *, anew: bool = False, progress: OnProgress | None = None
) -> Built:
    """Builds a generation with this model, or goes on with one that was begun.

    Where the one that answers is of this kind already, nothing is done, except `anew`.
    """
    parts.store.clear_builds(former=False)
    active = parts.store.active_build()
    kind = (embedder.embedder_id, CHUNKER)
    is_current = (active.embedder_id, active.chunker) == kind and not active.other_chunkers
    if is_current and not anew:
        return Built(active, 0, is_new=False)
    begun = parts.store.begin_build(embedder.embedder_id, embedder.dimension, CHUNKER)
    parts.store.clear_builds(former=False)
    passages = complete(parts.store, begun, embedder, progress)
    parts.store.save_vectors()
    return Built(_again(parts, begun), passages)


def compared(
    parts: Parts,
    new: Build,
    probes: Sequence[Probe],
    progress: Callable[[int, int], None] | None = None,
) -> Comparison | None:
    """The generation that answers and a new one on the same questions.

    None where the former one cannot be asked, because the weights of its model are gone.
    """
    access = Access.operator(parts.mandant)
    former = parts.store.active_build()
    try:
        if probes:
            with parts.store.snapshot(former.id):
                parts.embedder.embed_queries([probes[0].text])
    except ModelMissing:
        return None
    return compare(parts, former.id, new.id, probes, access, progress)


def refuse_worse(comparison: Comparison | None, new: Build) -> None:
    """Keeps a generation from answering that finds less; any finds more than one without weights.

    Raises:
        GenerationWorse: it does.
    """
    if comparison is not None and comparison.is_worse:
        raise GenerationWorse(
            f"Nicht umgeschaltet: Die Generation {new.id} findet das erwartete Dokument bei "
            f"{comparison.new} der Fragen, die bisherige bei {comparison.former}. "
            "»aktenkundig reindex --trotzdem« schaltet sie trotzdem um, "
            "»aktenkundig reindex --aufraeumen« verwirft sie."
        )


def put_in_force(parts: Parts, new: Build, embedder: Embedder) -> Build:
    """Switches in one step and removes what is older than the former generation."""
    active = switch(parts.store, new, embedder)
    parts.audit.append(AuditEntry("generation-umschalten", OPERATOR, parts.mandant))
    parts.store.clear_builds(former=False)
    return active


def put_back(parts: Parts, progress: OnProgress | None = None) -> Build:
    """Switches to the former generation, with what came in since.

    Raises:
        NotFound: there is none.
        ModelMissing: documents came in since, and the weights to embed them are not there.
    """
    former = [b for b in parts.store.builds() if b.state is BuildState.FORMER]
    if not former:
        raise NotFound("Es gibt keine frühere Generation, zu der sich zurückschalten ließe.")
    embedder = parts.embedder
    if isinstance(embedder, ActiveEmbedder):
        try:
            embedder = embedder.of(former[0].embedder_id)
        except ModelMissing:
            if former[0].missing:
                raise
    complete(parts.store, former[0], embedder, progress)
    return put_in_force(parts, former[0], embedder)


def clear(parts: Parts) -> int:
    """Removes every generation but the one that answers; how many it were."""
    unfinished = [b for b in parts.store.builds() if b.state is BuildState.BUILDING]
    for begun in unfinished:
        parts.store.abandon_build(begun.id)
    return parts.store.clear_builds(former=True)


def hints(parts: Parts) -> list[str]:
    """German sentences on what a reindex would change, or has left behind."""
    return [*parts.store.unfinished(), *changes(parts)]


def changes(parts: Parts) -> list[str]:
    """German sentences on what a reindex would change."""
    found: list[str] = []
    active = parts.store.active_build()
    if not active.embedder_id:
        return found
    if isinstance(parts.embedder, ActiveEmbedder):
        configured = parts.embedder.configured_id
        if configured != active.embedder_id:
            found.append(
                f"Eingestellt ist das Suchmodell {configured}; geantwortet wird noch mit "
                f"{active.embedder_id}. »aktenkundig reindex« stellt um."
            )
    if active.chunker != CHUNKER or active.other_chunkers:
        found.append(
            "Ein Teil der Dokumente wurde von einer früheren Version zerlegt, womöglich anders als "
            "heute. »aktenkundig reindex« gleicht das an."
        )
    return found


def _again(parts: Parts, build: Build) -> Build:
    (found,) = [b for b in parts.store.builds() if b.id == build.id]
    return found
