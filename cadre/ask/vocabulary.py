"""Misspelt words: the known words that a word may stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Final

from rapidfuzz.distance import OSA

_LIKELY: Final = 3
"""How many known words a misspelt one may stand for."""


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def allowed(length: int) -> int:
    """How many slips of a finger (a letter missing, added, changed or swapped) a word of a length may have."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 12 else 3


class Vocabulary:
    """Known words, found again by misspelt ones: candidates by shared trigrams, then by distance."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._sorted = sorted(self.words)
        self._index: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            for trigram in _trigrams(word):
                self._index[trigram].append(word)
        self.near = lru_cache(maxsize=4096)(self._near)

    def begun(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known words that a clipped one begins, as people type on a phone: "dig" -> "digital". Nothing where there are many."""
        if len(word) < 3:
            return ()
        start = bisect_left(self._sorted, word)
        found = list(takewhile(lambda known: known.startswith(word), self._sorted[start : start + _LIKELY * 2 + 1]))
        return tuple((known, 0.8) for known in found) if len(found) <= _LIKELY * 2 else ()

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known words near a word, best first, each with how like it is (under 1). Nothing for a short word or digits."""
        if not allowed(len(word)) or not word.isalpha():
            return ()
        shared: Counter[str] = Counter()
        for trigram in _trigrams(word):
            shared.update(self._index.get(trigram, ()))
        found = []
        for known, _ in shared.most_common(40):
            slips = allowed(max(len(word), len(known)))
            if abs(len(known) - len(word)) > slips or len(known) < 4:
                continue
            distance = OSA.distance(word, known, score_cutoff=slips)
            if distance <= slips:
                found.append((known, 1 - distance / max(len(word), len(known))))
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_LIKELY])
