"""German compounds cut into their parts: "Nachtragshaushaltssatzung" → nachtrag, haushalt, satzung.

The words come from the frequency list of the package `wordfreq`, which is frozen for good: the
same word is cut the same way when it is stored and when it is asked for, whatever the corpus.
A word is cut where the geometric mean of the frequencies of its parts exceeds its own (Koehn and
Knight, EACL 2003), so that everyday words which only look composed stay whole.
"""

from __future__ import annotations

from functools import cache, lru_cache

import wordfreq

SHORTEST_WORD = 7
SHORTEST_PART = 4
LONGEST_WORD = 60
MOST_PARTS = 5

# Relative frequency from which a word may be a part: Zipf 2.9 keeps "nachtrag" and drops "tung".
PART_FREQUENCY = 10**-6.1
# Whole words rarer than this hinder no cut and are not kept in memory.
WORD_FREQUENCY = 10**-7.5

# Zipf 1.6, near the end of the list: what is rarer is nearly always a name.
KNOWN_FREQUENCY = 10**-7.4

SHORT_PARTS = frozenset(
    [
        "amt",
        "bad",
        "bau",
        "bio",
        "bus",
        "gas",
        "hof",
        "not",
        "ort",
        "rad",
        "rat",
        "see",
        "tag",
        "tor",
        "uhr",
        "weg",
        "zoo",
        "öko",
    ]
)

# In the list as words, or as scraps of words; never a part of a noun.
NO_PARTS = frozenset(
    """
    aber alle allen aller alles also ander andere anderen auch auf aufs beim bereit dabei dann
    dass damit darin davon dazu dein deine dem den denen denn deren dich dies diese dieser dir
    doch dort dran drei durch einem einen einer eines erst fort frei gegen habe haben hatte
    hier hinter ihre ihren immer isch ische ischen ischer kann kein keine keit keiten lich liche
    lichen licher liches lichkeit mehr mein meine mich mit nach neben nicht noch oder ohne ringen
    schaft schaften schen sein seine selbst sich sind solo sowie statt stellen stens tion tionen
    über uber ueber unge ungen unter vice viel voll vom von wegen weil weiter wenn werden wider
    wieder wird wohl zehn zum zur zwar zwei zwischen ander igen iger ige lung lungen rung rungen
    tung tungen sten ster sche scher ches chen lein heit heiten haft hafte haften heim ismus
    isten nisse nissen innen bar bare barer sam same samer wärts seits weise tern eren ernde
    ende enden ending renz ieren iert ierte ierten ierung ierungen ration enten anten antes
    gehen geht gang ganz sehr sowohl sonst ausser außer aus bei ein her hin los vor
    aufge ausge einge vorge abge ange be ent er ge miss ver zer
    halt halte halten halts haltung zusammen zurück hervor nische nischen tischen cher nahme nahmen
    """.split()  # noqa: SIM905
)

LINKS = ("", "s", "es", "n", "en", "er", "e")


@cache
def _frequencies() -> dict[str, float]:
    words = wordfreq.get_frequency_dict("de", wordlist="large")
    return {
        word: frequency
        for word, frequency in words.items()
        if frequency >= WORD_FREQUENCY and word.isalpha()
    }


def warm() -> None:
    """Loads the word list (half a second) before the first text needs it."""
    _frequencies()


def is_known(word: str) -> bool:
    """Whether a casefolded word is a common German word or put together from such words.

    What is not known is a name, a typing error or a rare term.
    """
    return is_listed(word) or any(split(base) for base in _bases(word))


def is_listed(word: str) -> bool:
    """Whether a casefolded word is itself a common German word, not only put together from some.

    Names of places are often put together from common words: "Norderland", "Steinbach".
    """
    return any(_frequencies().get(base, 0.0) >= KNOWN_FREQUENCY for base in _bases(word))


def _bases(word: str) -> set[str]:
    """The word with and without the endings of its cases."""
    return {word, *(word.removesuffix(ending) for ending in ("s", "es", "n", "en", "e", "er"))}


def _part(word: str) -> float:
    """Relative frequency of `word` as a part of compounds, 0.0 where it cannot be one."""
    if len(word) < SHORTEST_PART and word not in SHORT_PARTS:
        return 0.0
    if word in NO_PARTS:
        return 0.0
    frequency = _frequencies().get(word, 0.0)
    return frequency if frequency >= PART_FREQUENCY else 0.0


@lru_cache(maxsize=65536)
def split(word: str) -> tuple[str, ...]:
    """The parts of a casefolded word in order, without linking letters; () where it has none."""
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not word.isalpha():
        return ()
    best: dict[int, tuple[float, int, tuple[str, ...]]] = {0: (1.0, 0, ())}
    for end in range(3, len(word) + 1):
        for start in range(max(0, end - 30), end - 2):
            if start not in best:
                continue
            candidate = _extend(best[start], word[start:end], last=end == len(word))
            if candidate is None:
                continue
            held = best.get(end)
            if held is None or _mean(candidate) > _mean(held):
                best[end] = candidate
    found = best.get(len(word))
    if found is None or found[1] < 2 or _mean(found) <= _frequencies().get(word, 0.0):
        return ()
    return found[2]


def _extend(
    path: tuple[float, int, tuple[str, ...]], piece: str, *, last: bool
) -> tuple[float, int, tuple[str, ...]] | None:
    """`path` with one more part, whose linking letters are cut off unless it is the last."""
    product, count, parts = path
    if count == MOST_PARTS:
        return None
    choice, frequency = "", 0.0
    for link in LINKS if not last else ("",):
        if link and not piece.endswith(link):
            continue
        stem = piece[: len(piece) - len(link)] if link else piece
        # A linking letter is a guess: it must make the part clearly more usual.
        weighed = _part(stem) * (1.0 if not link else 0.5)
        if weighed > frequency:
            choice, frequency = stem, weighed
    if not choice:
        return None
    return product * frequency, count + 1, (*parts, choice)


def _mean(path: tuple[float, int, tuple[str, ...]]) -> float:
    """Geometric mean of the parts' frequencies."""
    return float(path[0] ** (1 / path[1])) if path[1] else 1.0
