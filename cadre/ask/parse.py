"""A message, read: its questions, each with what it asks, what it names, and the words that say nothing to the registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cadre.ask.concepts import FUNCTION_WORDS, KIND_WORDS, MONTHS, NUMBERS, concepts, corrected, is_known, language
from cadre.ask.intents import intent
from cadre.ask.lexicon import Lexicon, Mention, kind_of
from cadre.ask.tokens import Token, tokens
from cadre.core.dates import PartialDate
from cadre.core.i18n import Language

MAX_CHARS: Final = 10_000
MAX_QUESTIONS: Final = 4

# Where one question ends and the next begins: a question mark, a full stop or line after a whole sentence, or "and who…".
_ENDS: Final = re.compile(
    r"\?+|!+|\n+|;|(?<=[^\W\d_]{4})\.\s+|"
    r"[,.]?\s+(?:and|also|et|pis|puis)\s+(?=(?:also |aussi |de |à )?"
    r"(?:who|what|which|when|where|how|qui|quel|quelle|quels|quelles|lesquels|lesquelles|quand|combien|où|c['’]est|"
    r"que (?:veut|signifie|recommande)|qu['’]est|"
    r"(?:is|are|was|will|does|did|has) (?:it|they|he|she|that)|est-ce|(?:va|sera|appuie|relève)-t-)\b)",
    re.IGNORECASE,
)
# Cadre itself, spoken to: « Bonjour Cadre, … », "… thanks, Cadre". Elsewhere the word names the framework.
_VOCATIVE: Final = re.compile(
    r"^\W*(?:(?:hi|hello|hey|dear|bonjour|bonsoir|salut|allô|allo|coucou|cher|good morning|good afternoon)\W+)?@?cadre(?:\s*[,:!]|\s*$)|"
    r"^\W*(?:hi|hello|hey|bonjour|bonsoir|salut|allô|allo|coucou)\W+cadre\b|[,!.]\s*@?cadre\W*$",
    re.IGNORECASE,
)
_COURTESY: Final = re.compile(
    r"\b(?:thanks|thank you|merci)(?: so much| very much| beaucoup| bien)?(?: in advance| d['’]avance| à l['’]avance)?\b|\bin advance\b",
    re.IGNORECASE,
)
# What is said before the question itself: "For a briefing note: who …".
_PREFACE: Final = re.compile(
    r"^[^:?]{4,120}?\s?:\s+(?=.{0,40}?\b(?:who|what|which|when|where|how|whose|names|qui|que|quel|quelle|quels|quelles|quand|combien|où|quoi)\b)",
    re.IGNORECASE,
)
# Words that ask for a list: then half a name is no name.
_LISTING: Final = frozenset("groups groupes which quels quelles lequel laquelle lesquels lesquelles list liste".split())
# One group spoken of as if it were known which: "the working group", « le comité ».
_THE_GROUP: Final = re.compile(
    r"\b(?:the|this|that|le|du|au|ce)\s+"
    r"(?:working group|group|sub-?committee|committee|wg|gt|groupe de travail|groupe|comité|comite|sous-comité)\b",
    re.IGNORECASE,
)
# Addresses of pages, and Slack's "<!channel>": nothing that the registry could be asked about.
_LINKS: Final = re.compile(r"(?:https?|mailto):\S{1,2000}|<![^>\s]{1,60}>")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_OF: Final = frozenset("of on for the sur de du des d la le les l".split())
_SHORTEST_NAME: Final = 4
_FULL: Final = 0.8
"""The part of a name from which on a strange word beside it does not matter."""
_NEGATION: Final = re.compile(r"\bnot\b|n['’]t\b|\bn(?:e |['’])\s*[\w-]+(?: [\w-]+)? pas\b", re.IGNORECASE)
_AND: Final = re.compile(r"\W*(?:and|et|pis|puis|what about|how about|qu['’]en est-il)\b", re.IGNORECASE)
_PRONOUNS: Final = frozenset("it its they them their he she him il elle ils elles lui leur son sa ses".split())
# What a name alone asks; of "it", that is nothing.
_MERE: Final = frozenset(
    (None, "group_info", "priority_description", "person_info", "council_info", "who_is_in", "meeting_info", "acronym", "jurisdiction_reps")
)
_FIRST_PERSON: Final = frozenset("i my me am je j moi mes mon ma suis".split())
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    """One question. ``features``: its concepts and the kinds of thing it names; ``unknown``: words
    that nothing explains, as they were typed.
    """

    text: str
    language: Language
    intent: str | None
    features: frozenset[str]
    mentions: tuple[Mention, ...] = ()
    when: PartialDate | None = None
    number: int | None = None
    unknown: str = ""

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of some kinds, in the order of how sure they are."""
        return tuple(m for m in self.mentions if any(kind_of(subject) in kinds for subject in m.subjects))

    def has(self, *concepts: str) -> bool:
        """Whether it speaks of any of these."""
        return not self.features.isdisjoint(concepts)


def split(text: str) -> list[str]:
    """The sentences of a message that may each be a question."""
    plain = _BLANKS.sub(" ", _LINKS.sub(" ", text[:MAX_CHARS]))
    for beside in (_VOCATIVE, _COURTESY, _BLANKS):
        plain = beside.sub(" ", plain)
    return [part.strip() for part in _ENDS.split(plain) if part and part.strip()] or [plain]


def parse(text: str, lexicon: Lexicon, councils: frozenset[str], fallback: Language, earlier: tuple[Mention, ...] = ()) -> list[Query]:
    """Read a message. ``councils``: subjects that are councils, which questions treat otherwise than groups.

    ``earlier``: what the question before this message was about, for "and who leads it?".
    What asks nothing by itself ("… and by when?", greetings, thanks) is read as part of the question before it.
    """
    parts = split(text)[: 2 * MAX_QUESTIONS]
    named = [_named(part, lexicon) for part in parts]
    lang = language((word for message, mentions in named for word in _outside(message, mentions)), fallback)
    queries: list[Query] = []
    for part, (message, mentions) in zip(parts, named, strict=True):
        found = _query(part, message, mentions, councils, lang)
        back = queries[-1].mentions[:1] if queries else earlier
        if back and back[0].type == "person" and mentions and _refers_back(message) and not found.of("person"):
            found = _query(part, message, (*mentions, replace(back[0], positions=frozenset())), councils, lang)
        if back and not mentions and _refers_back(message):
            spoken_of = tuple(replace(mention, positions=frozenset()) for mention in back)
            again = _query(part, message, spoken_of, councils, lang)
            found = again if again.intent not in _MERE or again.has("GOAL") else found
        if queries and found.intent is None and not found.mentions:
            whole = f"{queries[-1].text}, {part}"
            joined = _query(whole, *_named(whole, lexicon), councils, lang)
            queries[-1] = joined if joined.intent else queries[-1]
        else:
            queries.append(found)
    queries = [each for query in queries for each in _one_subject_each(query, councils)]
    asking = [query for query in queries if query.intent] or [query for query in queries if query.mentions] or queries
    return asking[:MAX_QUESTIONS]


# What is asked of one thing at a time: of several, it is asked several times.
_OF_ONE: Final = frozenset(
    """who_leads members member_count group_owner group_type group_status group_priority group_info group_state mandate group_note
    group_workplan priority_description priority_groups person_info person_from contact jurisdiction_reps acronym""".split()
)


def _one_subject_each(asked: Query, councils: frozenset[str]) -> list[Query]:
    """ "Who leads A and B?" is two questions: one for each of several subjects of one kind."""
    if asked.intent not in _OF_ONE:
        return [asked]
    sure = [m for m in asked.mentions if m.strong and not m.ambiguous and m.subjects[0] not in councils]
    for kind in ("priority", "group", "person", "jurisdiction"):
        same = [m for m in sure if m.type == kind]
        if len(same) > 1:
            others = tuple(m for m in asked.mentions if m not in same)
            ordered = sorted(same, key=lambda m: min(m.positions))
            return [replace(asked, mentions=(mention, *others)) for mention in ordered]
    return [asked]


def _refers_back(message: Sequence[Token]) -> bool:
    """Whether a question speaks of "it": of what the one before it was about."""
    return any(token.text in _PRONOUNS for token in message)


def _named(text: str, lexicon: Lexicon) -> tuple[list[Token], tuple[Mention, ...]]:
    """The words of one question, and what they mention."""
    message = tokens(text)
    return message, _sure(lexicon.mentions(message, _preferred(message)), message)


def mentions(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """What a text mentions by name."""
    return _named(text, lexicon)[1]


def _outside(message: Sequence[Token], mentions: Sequence[Mention]) -> list[str]:
    """The words that are no part of a name: a French name in an English sentence does not make it French."""
    inside = {i for m in mentions if m.strong and len(m.positions) > 1 for i in range(min(m.positions), max(m.positions) + 1)}
    return [token.text for i, token in enumerate(message) if i not in inside]


def _query(text: str, message: Sequence[Token], mentions: tuple[Mention, ...], councils: frozenset[str], lang: Language) -> Query:
    """Read one question."""
    telling = frozenset(i for m in mentions for i in m.positions if _tells(message[i].text, m))
    preface = _PREFACE.match(text)
    before = frozenset(i for i, token in enumerate(message) if preface and token.end <= preface.end())
    mentions = tuple(m for m in mentions if not (m.positions and m.positions <= before)) or mentions
    asked = concepts(message, telling | before)
    when, day = _when(message), day_of_month(message)
    number = _number(message, telling, day[2] if day else None)
    features = set(asked)
    features |= _kinds(mentions, councils)
    for mention in mentions:
        features |= {name for name, so in (("acronym", mention.acronym), ("either", len({*map(kind_of, mention.subjects)}) > 1)) if so}
    features |= {name for name, there in (("date", when), ("number", number), ("day", day)) if there}
    kinds = _own_kinds(asked)
    features |= {name for name, least in (("a_kind", 1), ("two_kinds", 2)) if len(kinds) >= least}
    if any(token.text in _FIRST_PERSON for token in message):
        features.add("me")
    explained = telling | before | frozenset(i for places in asked.values() for i in places)
    asking = {concept for concept in asked if ":" not in concept} - {"DESCRIBE", "WHAT"}
    features |= {
        name for name, there in (("bare", not asking), ("alone", not asking - {"GROUP", "COUNCIL", "PRIORITY"})) if there and mentions
    }
    if _THE_GROUP.search(text) and features.isdisjoint({"group", "priority"}):
        features.add("some_group")
    named = frozenset(i for m in mentions for i in m.positions)
    unknown = [token for i, token in enumerate(message) if i not in explained | named and _says_something(token.text)]
    said = text[unknown[0].start : unknown[-1].end] if unknown and len(unknown) == _between(message, unknown) else ""
    said = said or (text[unknown[0].start : unknown[0].end] if unknown else "")
    if _NEGATION.search(text):
        features.add("negated")
    if unknown and features.isdisjoint({"group", "priority"}) and _names_a_group(message, unknown):
        features.add("unknown_group")
    return Query(text, lang, intent(frozenset(features)), frozenset(features), mentions, when, number, said)


def _kinds(mentions: Iterable[Mention], councils: frozenset[str]) -> set[str]:
    """The kinds of thing that are mentioned."""
    return {"council" if subject in councils else kind_of(subject) for mention in mentions for subject in mention.subjects}


def _names_a_group(message: Sequence[Token], unknown: Sequence[Token]) -> bool:
    """Whether an unknown word is the name of a group or priority: "the Tourism Committee", « le groupe sur le tourisme »."""
    for i, token in enumerate(message):
        if token not in unknown or len(token.text) < _SHORTEST_NAME:
            continue
        before = [t.text for t in message[:i]]
        while before and before[-1] in _OF:
            before.pop()
        tied = len(before) < i and before and before[-1] in KIND_WORDS
        if tied or (i + 1 < len(message) and message[i + 1].text in KIND_WORDS):
            return True
    return False


def _between(message: Sequence[Token], unknown: Sequence[Token]) -> int:
    """How many words stand from the first unknown one to the last."""
    return sum(unknown[0].start <= token.start <= unknown[-1].start for token in message)


def same_again(asked: Query, before: str) -> Query:
    """ "And digital strategy?": what was asked before, of something else."""
    again = before in _OF_ONE and asked.has("bare") and _AND.match(asked.text)
    return replace(asked, intent=before) if again else asked


def subject_of(asked: Query, before: str | None) -> str | None:
    """What a question is about: what it names, or, where it names nothing and asks of one thing, what was spoken of before it.

    None for a question about the registry as a whole, such as how many groups there are.
    """
    if asked.mentions:
        return asked.mentions[0].subjects[0]
    return before if asked.intent in _OF_ONE or asked.intent == "co_chairs" else None


def within(asked: Query, there: Callable[[str], bool], councils: frozenset[str]) -> Query:
    """The same question of only those that it names who are there: "is she on that group?" of somebody who was invented."""
    kept = tuple(m for m in asked.mentions if there(m.subjects[0]))
    if len(kept) == len(asked.mentions):
        return asked
    features = asked.features - (_kinds(asked.mentions, councils) - _kinds(kept, councils))
    return replace(asked, mentions=kept, features=features, intent=intent(features))


def about_me(asked: Query, person: str) -> Query:
    """ "What am I responsible for?": a question without a subject, asked by somebody whom the registry knows."""
    if asked.mentions or not asked.has("me") or not asked.has("ROLE", "LEAD", "MEMBER", "WITH", "FROM"):
        return asked
    features = (asked.features - {"me"}) | {"person"}
    return replace(asked, mentions=(Mention((f"person:{person}",), frozenset(), 1.0),), features=features, intent=intent(features))


def is_thanks(text: str) -> bool:
    """Whether a message says thanks and nothing else."""
    return bool(_COURTESY.search(text)) and not _COURTESY.sub("", text).strip(" .,!:)")


def choose(asked: Query, subject: str, councils: frozenset[str]) -> Query:
    """The same question, about the one candidate that was chosen."""
    others = tuple(m for m in asked.mentions if not m.ambiguous)
    mention = Mention((subject,), frozenset(), 1.0)
    kinds = {kind for m in asked.mentions if m.ambiguous for kind in map(kind_of, m.subjects)} | {"acronym"}
    features = (asked.features - kinds) | {"council" if subject in councils else mention.type}
    return replace(asked, mentions=(mention, *others), features=features, intent=intent(features))


def _tells(word: str, mention: Mention) -> bool:
    """Whether a word of a mention is part of a name and nothing else. Of a name half said, a word that asks still asks."""
    return word not in KIND_WORDS and not _asks(word) and (mention.strong or not is_known(word))


def _asks(word: str) -> bool:
    return word in FUNCTION_WORDS


def _says_something(word: str) -> bool:
    """Whether a word that no concept and no name explains may be what was asked about."""
    if len(word) == 1 or word.isdigit() or _DAY.fullmatch(word):
        return False
    return not _asks(word) and corrected(word) not in MONTHS and not is_known(corrected(word))


def _preferred(message: Sequence[Token]) -> str | None:
    """The kind of thing that a message speaks of, where several share a name: an acronym, a priority or a group."""
    spelt = {corrected(token.text) for token in message}
    if spelt & {"stand", "stands", "mean", "means", "acronym", "signifie", "sigle", "acronyme"} or {"veut", "dire"} <= spelt:
        return "acronym"
    priority = any(word.startswith("priorit") for word in spelt)
    group = bool(spelt & {"group", "crew", "team", "equipe", "wg", "gt", "groupe", "committee", "comite", "subcommittee"})
    return None if priority == group else "priority" if priority else "group"


def _sure(mentions: list[Mention], message: Sequence[Token]) -> tuple[Mention, ...]:
    """Without half-said names, where something was said in full: "information on the Privacy committee" speaks of one group."""
    mentions = [m for m in mentions if m.coverage >= _FULL or not _has_stranger(m, message)]
    strong = [m for m in mentions if m.strong]
    half = [m for m in mentions if m.type == "person" or not all(is_known(message[i].text) for i in m.positions)]
    listing = any(token.text in _LISTING for token in message)
    if listing:
        half = [m for m in half if m.type == "person"]
    return tuple(strong or half[:1])


def _own_kinds(asked: dict[str, frozenset[int]]) -> set[str]:
    """The kinds of group that a question names, otherwise than as part of a longer kind: "sub-committee" holds "committee"."""
    kinds = {concept: places for concept, places in asked.items() if concept.startswith("KIND:") and concept != "KIND:council"}
    return {concept for concept, places in kinds.items() if not any(places < other for other in kinds.values())}


def _has_stranger(mention: Mention, message: Sequence[Token]) -> bool:
    """Whether an unknown word stands beside a name half said: « chaîne de blocs », "Quantum Computing" name something else."""
    if mention.type == "person":
        return False
    for step, edge in ((-1, min(mention.positions)), (1, max(mention.positions))):
        i = edge + step
        while 0 <= i < len(message) and message[i].text in _OF:
            i += step
        strange = 0 <= i < len(message) and i not in mention.positions and len(message[i].text) >= _SHORTEST_NAME
        if strange and _says_something(message[i].text):
            return True
    return False


def _when(message: Sequence[Token]) -> PartialDate | None:
    """The month or year that a question speaks of."""
    years = [token.text for token in message if _YEAR.fullmatch(token.text)]
    if not years:
        return None
    months = [MONTHS[word] for token in message if (word := corrected(token.text)) in MONTHS and word not in ("may", "mar")]
    months += [MONTHS[token.text] for token in message if token.text in ("may", "mai")]
    return PartialDate.parse(f"{years[0]}-{months[0]:02}" if months else years[0])


def day_of_month(message: Sequence[Token]) -> tuple[int, int, int] | None:
    """The month and the day of it that a question names, and where the day stands: "March 9", « le 1er mars », "the 9th of March"."""
    for i, token in enumerate(message):
        if token.text not in MONTHS:
            continue
        before = i - 2 if i > 1 and message[i - 1].text in ("of", "de") else i - 1
        for place in (before, i + 1):
            found = _DAY.fullmatch(message[place].text) if 0 <= place < len(message) else None
            if found and 0 < int(found[1]) <= 31:  # days in a month
                return MONTHS[token.text], int(found[1]), place
    return None


def _number(message: Sequence[Token], skip: frozenset[int], day: int | None) -> int | None:
    """The small number that a question names, where it is not the ``day`` of a month: "decision 1", « le deuxième objectif »."""
    for i, token in enumerate(message):
        if i == day:
            continue
        if token.text.isdigit() and len(token.text) < 3:
            return int(token.text)
        if i not in skip and token.text in NUMBERS and token.text not in ("un", "une", "one", "first", "premier", "premiere"):
            return NUMBERS[token.text]
        ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|er|e|re|ere|eme)", token.text)
        if ordinal:
            return int(ordinal[1])
    return None
