"""All names, aliases and acronyms of the registry, and which of them a message mentions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from rapidfuzz.distance import OSA

from cadre.ask.concepts import FUNCTION_WORDS, GENERIC, is_known
from cadre.ask.tokens import Token, words
from cadre.ask.vocabulary import Vocabulary

STRONG: Final = 0.6
"""The part of a name that a mention must cover to be sure of itself."""
_RIVAL: Final = 0.85
"""A subject whose score comes this near to the best one's may have been meant too."""
_GENERIC_WEIGHT: Final = 0.12
"""What "working group" tells of a group's name, against 1 and more for "privacy"."""
_MANY: Final = 150
"""Names that hold one word, beyond which the other words of the message narrow them down."""
_LOOKED_AT: Final = 32
"""Names that are scored, the most promising ones."""
_ALIKE: Final = 0.6
"""How like the word of a name a word beside another word of that name must be."""
_CLEAR: Final = 0.87
"""How sure a word must be to be one of the demonstration: no more than one slip, in eight letters or more."""
_NO_TITLE: Final = FUNCTION_WORDS | GENERIC | frozenset("meeting meetings reunion reunions call appel teleconference".split())
"""Words of a title that tell no meeting from another."""
_REACH: Final = 4
"""Words that may stand between two words of a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one subject. ``strict``: too short or too common a word to be meant unless written as an abbreviation."""

    subject: str
    words: tuple[str, ...]
    acronym: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a message that name something: ``subjects``, best first, more than one where it is ambiguous."""

    subjects: tuple[str, ...]
    positions: frozenset[int]
    coverage: float
    acronym: bool = False

    @property
    def strong(self) -> bool:
        """Whether enough of the name was said to be sure."""
        return self.coverage >= STRONG

    @property
    def ambiguous(self) -> bool:
        """Whether several subjects may be meant."""
        return len(self.subjects) > 1

    @property
    def type(self) -> str:
        """What kind of thing it is: that of the best subject."""
        return kind_of(self.subjects[0])


def kind_of(subject: str) -> str:
    """ "group" of "group:privacy"."""
    return subject.partition(":")[0]


def entry(subject: str, text: str, acronym: bool = False, code: bool = False) -> Entry:
    """A name as the lexicon keeps it. ``code``: a postal or similar code, taken only in capitals."""
    parts = words(text)
    strict = len(parts) == 1 and (code or (len(parts[0]) <= 4 and is_known(parts[0])))
    return Entry(subject, parts, acronym, strict)


@dataclass(frozen=True, slots=True)
class _Hit:
    entry: Entry
    score: float
    coverage: float
    positions: frozenset[int]


class Titles:
    """The titles of meetings: found by the words that tell them from others, beside the names of all else, never in their place.

    A title counts where most of it is said and it says more than any name does: a meeting on cloud computing does not take the name
    of the group on cloud computing. All of a series have one title.
    """

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        by_words: dict[frozenset[str], list[str]] = defaultdict(list)
        for subject, text in titles:
            telling = [word for word in words(text) if word not in _NO_TITLE]
            if not all(is_known(word) for word in telling):
                by_words[frozenset(map(_singular, telling))].append(subject)
        self.titles = {title: tuple(dict.fromkeys(found)) for title, found in by_words.items()}
        self.subjects = frozenset(subject for found in self.titles.values() for subject in found)
        self.index: dict[str, list[frozenset[str]]] = defaultdict(list)
        for title in self.titles:
            for word in title:
                self.index[word].append(title)

    def said(self, message: Sequence[Token], besides: Sequence[Mention]) -> Mention | None:
        """The meetings whose title a message says; None where it says none."""
        found: dict[frozenset[str], dict[str, int]] = defaultdict(dict)
        for i, token in enumerate(message):
            word = _singular(token.text)
            for title in self.index.get(word, ()):
                found[title][word] = i
        likely = ((title, frozenset(at.values())) for title, at in found.items() if len(at) >= STRONG * len(title))
        fitting = [(title, at) for title, at in likely if not any(at <= mention.positions for mention in besides)]
        fitting = [(title, at) for title, at in fitting if not all(is_known(message[i].text) for i in at)]
        if not fitting:
            return None
        best, places = max(fitting, key=lambda each: (len(each[1]), -len(each[0])))
        subjects = dict.fromkeys(s for title, at in fitting if at == places and len(title) == len(best) for s in self.titles[title])
        return Mention(tuple(subjects), places, 1.0)


class Lexicon:
    """An index of names by their words. Immutable once built; safe to share between threads.

    ``aside``: the names of what was invented to show Cadre. They count only in a message that says a word of theirs and of no real
    name, and then before all others: so no real question is read, or answered, otherwise because of them.
    """

    def __init__(self, entries: Iterable[Entry], aside: Lexicon | None = None, titles: Iterable[tuple[str, str]] = ()) -> None:
        self.aside = aside
        self.titles = Titles(titles)
        self.entries = tuple(dict.fromkeys(e for e in entries if e.words))
        subjects: dict[str, set[str]] = defaultdict(set)
        postings: dict[str, list[int]] = defaultdict(list)
        for index, e in enumerate(self.entries):
            for word in dict.fromkeys(e.words):
                subjects[word].add(e.subject)
                postings[word].append(index)
        people = {word for e in self.entries if kind_of(e.subject) == "person" for word in e.words}
        self.functional = FUNCTION_WORDS - people
        self.subjects = frozenset(e.subject for e in self.entries) | self.titles.subjects
        everything = max(len(self.subjects), 1)
        self.postings = {word: tuple(found) for word, found in postings.items()}
        self.sets = {word: frozenset(found) for word, found in postings.items()}
        self.weights = {word: self._weight(word, len(found), everything) for word, found in subjects.items()}
        self.totals = [sum(self.weights[word] for word in set(e.words)) for e in self.entries]
        self.vocabulary = Vocabulary(word for word in postings if len(word) > 4 and word not in self.functional)

    def _weight(self, word: str, subjects: int, everything: int) -> float:
        if word in self.functional:
            return 0.01
        return _GENERIC_WEIGHT if word in GENERIC else 1 + math.log(1 + everything / subjects) / 6

    def readings(self, token: Token) -> Sequence[tuple[str, float]]:
        """The known words that a word of a message may be, each with how sure that is."""
        word = token.text
        if word in self.postings:
            return ((word, 1.0),)
        if is_known(word):
            return ()
        for variant in _variants(word):
            if variant in self.postings:
                return ((variant, 0.97),)
        return self.vocabulary.near(word) or self.vocabulary.begun(word)

    def knows(self, subject: str) -> bool:
        """Whether something with names is there, real or not."""
        return subject in self.subjects or bool(self.aside and self.aside.knows(subject))

    def mentions(self, message: Sequence[Token], prefer: str | None = None) -> list[Mention]:
        """What a message mentions, most certain first. ``prefer``: the type that the message speaks of ("priority", "group")."""
        found = self._mentions(message, prefer)
        aside = self._aside(self.aside, message, prefer) if self.aside else []
        said = frozenset(i for mention in aside for i in mention.positions)
        if aside:
            found = [*aside, *(mention for mention in found if mention.strong and mention.positions.isdisjoint(said))]
        titled = self.titles.said(message, found) or (self.aside and self.aside.titles.said(message, found))
        return [titled, *(mention for mention in found if not mention.positions <= titled.positions)] if titled else found

    def _aside(self, aside: Lexicon, message: Sequence[Token], prefer: str | None) -> list[Mention]:
        """What a message mentions of what is kept aside; nothing if each of its words may as well be of a real name."""
        own = {i for i, token in enumerate(message) if _CLEAR <= aside.surety(token) > self.surety(token)}
        found = aside.mentions(message, prefer) if own else []
        return found if any(mention.strong and mention.positions & own for mention in found) else []

    def surety(self, token: Token) -> float:
        """How sure it is that a word is one of a name: 1 as it is written, less if it is misspelt, 0 if it is none."""
        return max((sure for _, sure in self.readings(token)), default=0.0)

    def _mentions(self, message: Sequence[Token], prefer: str | None) -> list[Mention]:
        read = {i: self.readings(token) for i, token in enumerate(message)}
        taken: set[int] = set()
        found: list[Mention] = []
        while len(found) < 6:
            hits = self._hits(message, {i: r for i, r in read.items() if r and i not in taken}, prefer)
            if not hits:
                return found
            best = hits[0]
            rivals = [h for h in hits if h.score >= _RIVAL * best.score and h.positions & best.positions and not _settled(best, h)]
            subjects = tuple(dict.fromkeys(h.entry.subject for h in rivals))
            acronym = any(h.entry.acronym for h in rivals)
            found.append(Mention(subjects, best.positions, best.coverage, acronym))
            taken |= best.positions
        return found

    def _hits(self, message: Sequence[Token], read: dict[int, Sequence[tuple[str, float]]], prefer: str | None) -> list[_Hit]:
        """The names that these words may mean, best first."""
        spoken = {word: (i, sure) for i, found in reversed(read.items()) for word, sure in found}
        telling = sorted((w for w, (i, _) in spoken.items() if self._tells(message[i], w)), key=lambda w: len(self.postings[w]))
        gains = {word: self.weights[word] * spoken[word][1] for word in telling}
        likely: dict[int, float] = defaultdict(float)
        core = self._core(telling)
        for word, gain in gains.items():
            found = self.postings[word]
            for index in found if len(found) <= _MANY else sorted(self.sets[word] & core)[:_MANY]:
                likely[index] += gain
        totals = self.totals
        promise = {index: mass * mass / totals[index] for index, mass in likely.items()}
        top = nlargest(_LOOKED_AT, promise, key=promise.__getitem__)
        hits = [hit for index in top if (hit := self._hit(index, message, read, prefer))]
        hits.sort(key=lambda hit: (-hit.score, hit.entry.subject))
        return hits

    def _core(self, telling: Sequence[str]) -> frozenset[int]:
        """The names that hold as many telling words as any, from the rarest on: of a word that very many names hold, only these count."""
        core: frozenset[int] = frozenset()
        for word in telling:
            core = (core & self.sets[word]) or core or self.sets[word]
        return core

    def _hit(self, index: int, message: Sequence[Token], read: dict[int, Sequence[tuple[str, float]]], prefer: str | None) -> _Hit | None:
        e = self.entries[index]
        wanted = {word: self.weights[word] for word in e.words}
        places = [(i, word, sure) for i, found in read.items() for word, sure in found if word in wanted]
        places = _together(places, self.weights)
        best: dict[str, tuple[float, int]] = {}
        for i, word, sure in places:
            if sure > best.get(word, (0.0, -1))[0]:
                best[word] = (sure, i)
        if e.strict and not all(message[i].shouted for _, i in best.values()):
            return None
        best |= self._misheard(e, message, read, best)
        mass = sum(wanted[word] * sure for word, (sure, _) in best.items())
        if not any(self._tells(message[i], word) for word, (_, i) in best.items()):
            return None
        coverage = sum(wanted[word] for word in best) / self.totals[index]
        kind = kind_of(e.subject)
        favoured = 1.2 if prefer == ("acronym" if e.acronym and prefer == "acronym" else kind) else 0.8 if kind == "term" else 1.0
        said = frozenset(i for word, (_, i) in best.items() if e.strict or message[i].shouted or word not in self.functional)
        return _Hit(e, mass * coverage**2 * favoured, coverage, said)

    def _tells(self, token: Token, word: str) -> bool:
        """Whether a word may name something: « TI » may, "ti" and "group" do not; "Guy" does where somebody is called so."""
        return word not in GENERIC and (token.shouted or word not in self.functional)

    @staticmethod
    def _misheard(
        e: Entry, message: Sequence[Token], read: dict[int, Sequence[tuple[str, float]]], best: dict[str, tuple[float, int]]
    ) -> dict[str, tuple[float, int]]:
        """The other word of a short name, spelt as it sounds, beside the one that was spelt right: "Sofia Howse"."""
        missing = [word for word in e.words if word not in best]
        if len(missing) != 1 or len(e.words) > 3 or len(missing[0]) < 4:
            return {}
        word = missing[0]
        for _, i in best.values():
            for near in (i - 1, i + 1):
                if 0 <= near < len(message) and near not in read and not is_known(message[near].text):
                    sure = OSA.normalized_similarity(message[near].text, word)
                    if sure >= _ALIKE:
                        return {word: (sure, near)}
        return {}


def _settled(best: _Hit, rival: _Hit) -> bool:
    """A name said in full is not in doubt because another name holds the same words, or fewer of those that were said."""
    if rival is best or rival.entry.subject == best.entry.subject:
        return False
    less = rival.coverage < best.coverage - 0.02 or rival.positions < best.positions
    return best.coverage > 0.985 and less and rival.positions <= best.positions


def _together(places: list[tuple[int, str, float]], weights: dict[str, float]) -> list[tuple[int, str, float]]:
    """The words of a name that stand together: the heaviest run of them, with no more than a few words between two."""
    runs: list[list[tuple[int, str, float]]] = []
    for place in sorted(places):
        if runs and place[0] - runs[-1][-1][0] <= _REACH:
            runs[-1].append(place)
        else:
            runs.append([place])
    heaviest = max(runs, key=lambda run: sum(weights[word] * sure for word, sure in {w: s for _, w, s in run}.items()), default=[])
    return _tight(heaviest)


def _tight(run: list[tuple[int, str, float]]) -> list[tuple[int, str, float]]:
    """Of a word said twice, the one that stands nearest to the other words of the name: "digital identity and digital strategy"."""
    said = Counter(word for _, word, _ in run)
    once = [i for i, word, _ in run if said[word] == 1]
    if not once or len(said) == len(run):
        return run
    middle = sum(once) / len(once)
    nearest = {word: min((i for i, w, _ in run if w == word), key=lambda i: abs(i - middle)) for word in said}
    return [place for place in run if nearest[place[1]] == place[0]]


def _singular(word: str) -> str:
    return word.rstrip("sx") if len(word) > 3 else word


def _variants(word: str) -> Iterator[str]:
    """The singular of a plural and the plural of a singular, in either language."""
    if len(word) > 3:
        yield f"{word}s"
        if word.endswith("s"):
            yield word[:-1]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
        if word.endswith("aux"):
            yield f"{word[:-3]}al"
