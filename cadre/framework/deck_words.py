"""What several slides say alike: a group's council, its kind, who leads, how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.facts import GroupIn, PostIn
from cadre.framework.graph import Told
from cadre.framework.slides import NOTHING, Column, Tongue
from cadre.framework.telling import short
from cadre.groups import wording as groups

STATUSES: Final = {
    "proposed": Message("proposed to the Councils"),
    "approved": Message("approved by the Councils"),
    "declined": Message("declined by the Councils"),
}


def columned(tongue: Tongue, shares: Iterable[tuple[Message, float]]) -> tuple[Column, ...]:
    """The columns of a table: each heading with its share of the width."""
    return tuple(Column(tongue.say(heading.for_), share) for heading, share in shares)


def proposed(tongue: Tongue) -> Told:
    """What stands on a slide of which the Councils have agreed on nothing yet."""
    return tongue.say(lambda reader: reader.gettext("proposed").sentence)


def unknown(tongue: Tongue) -> Told:
    """What stands where the registry holds nothing."""
    return tongue.say(lambda reader: reader.gettext("not in the registry"))


def unstated(tongue: Tongue) -> Told:
    """The same in a table, where there is room for less."""
    return tongue.say(lambda reader: reader.gettext("not stated"))


def status(held: str, tongue: Tongue) -> Told:
    """How far a recommendation is."""
    message = STATUSES.get(held)
    return tongue.say(message.for_) if message else tongue.verbatim(held)


def to_confirm(told: Told, tongue: Tongue) -> Told:
    """A fact that is read otherwise than it was written, or by reasoning."""
    return tongue.say(lambda reader: reader.gettext("{text} (to be confirmed)", text=tongue.in_(told, reader)))


def called(group: GroupIn, tongue: Tongue) -> Told:
    """A group by its acronym, where it has one in the reader's language; else by its name."""
    return tongue.say(lambda reader: short(group, reader))


def spelled(group: GroupIn, tongue: Tongue) -> Told:
    """A group by its name, with its acronym, where it has one in the reader's language."""

    def say(reader: Reader) -> Words:
        name, acronym = group.name.for_(reader), group.short.in_(reader.language) if group.short else None
        if not acronym or acronym in name:
            return name
        return reader.gettext("{text} ({more})", text=name, more=Words.verbatim(acronym))

    return tongue.say(say)


def council(facts: DeckFacts, group: GroupIn, tongue: Tongue) -> Told:
    """What a group reports to, and whether that is to be confirmed."""
    owner = facts.world.groups.get(group.owner or group.parent or "")
    if owner is None:
        return unstated(tongue)
    told = called(owner, tongue)
    return to_confirm(told, tongue) if facts.in_doubt("group", group.id, "owner") else told


def acronyms(facts: DeckFacts, shown: Iterable[GroupIn], tongue: Tongue) -> Iterator[Told]:
    """What the acronyms of the councils of some groups stand for, as one line."""
    owners = dict.fromkeys(each.owner or each.parent or "" for each in shown)
    councils = sorted((facts.world.groups[id_] for id_ in owners if id_ in facts.world.groups), key=lambda each: each.id)
    known = [each for each in councils if each.short]
    if known:
        yield tongue.joined("; ", (tongue.say(_spelled(each)) for each in known))


def _spelled(group: GroupIn) -> Callable[[Reader], Words]:
    def say(reader: Reader) -> Words:
        acronym, name = short(group, reader), group.name.for_(reader)
        return name if acronym == name else reader.gettext("{short}: {name}", short=acronym, name=name)

    return say


def doubted_owners(facts: DeckFacts, shown: Iterable[GroupIn], tongue: Tongue, *, why: bool = True) -> Iterator[Told]:
    """What the sources have in place of a council that is to be confirmed. ``why``: also by which reasoning others were found."""
    doubted = [each.id for each in shown if facts.in_doubt("group", each.id, "owner")]
    origins = [origin for id_ in doubted if (origin := facts.origin("group", id_, "owner"))]
    words = sorted({origin.words for origin in origins if origin.standing == "corrected" and origin.words})
    if words:
        yield tongue.say(lambda reader: reader.gettext("To be confirmed: the source reads {words}.", words=_quoted(words, reader)))
    for origin in origins:
        if why and origin.standing != "corrected" and origin.note:
            yield tongue.text(origin.note)


def _quoted(words: Iterable[str], reader: Reader) -> Words:
    return reader.either(reader.gettext("“{text}”", text=Words.verbatim(each)) for each in words)


def kind(facts: DeckFacts, group: GroupIn, tongue: Tongue) -> Told:
    """What kind of group it is, and what it is proposed to become."""
    kinds = facts.world.kinds
    now = kinds[group.kind].name if group.kind and group.kind in kinds else None
    then = kinds[group.target_kind].name if group.target_kind and group.target_kind in kinds else None
    if then is None:
        return tongue.say(lambda reader: now.for_(reader).sentence) if now else unstated(tongue)
    if now is None:
        return tongue.say(lambda reader: reader.gettext("{kind} (proposed)", kind=then.for_(reader).sentence))
    return tongue.say(
        lambda reader: reader.gettext("{now}; {then} (proposed)", now=now.for_(reader).sentence, then=then.for_(reader).inside)
    )


def state(group: GroupIn, tongue: Tongue) -> Told:
    """Proposed, active, dormant or sunset."""
    return tongue.say(lambda reader: groups.state(group.state, reader))


def people(posts: Iterable[PostIn], tongue: Tongue) -> Told:
    """Their names; of those whose source leaves it open, that they are to be confirmed."""
    held = list(posts)
    if not held:
        return unstated(tongue)
    return tongue.say(lambda reader: reader.listed(_person(post, reader) for post in held))


def _person(post: PostIn, reader: Reader) -> Words:
    name = Words.verbatim(post.name)
    return reader.gettext("{text} (to be confirmed)", text=name) if post.doubtful else name


def unconfirmed(posts: Iterable[PostIn], tongue: Tongue) -> Iterator[Told]:
    """That the secretariat has not confirmed all of these roles."""
    if any(not post.confirmed for post in posts):
        yield tongue.say(lambda reader: reader.gettext("The secretariat has not confirmed all of these names yet."))


def note(group: GroupIn, tongue: Tongue) -> Told:
    """What is to be known of a group beside its facts."""
    return tongue.text(group.note) if group.note else NOTHING
