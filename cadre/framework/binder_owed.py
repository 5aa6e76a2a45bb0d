"""What is missing of a binder: papers and titles of the agenda, texts owed in its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cadre.core.bilingual import Bilingual, Standing
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.deck_facts import DeckFacts
from cadre.groups import wording as groups
from cadre.meetings.agenda import missing
from cadre.meetings.views import ItemFacts

_MISSING_PAPER: Final = Message("The paper of “{item}” is missing")
_MISSING_TITLE: Final = Message("“{item}” has no title in this language")


def of_agenda(items: Iterable[ItemFacts], reader: Reader) -> Iterator[Words]:
    """Titles and papers that are not there in the reader's language."""
    _ = reader.gettext
    for item in items:
        for each in missing(item):
            if each.language != reader.language:
                continue
            message = _MISSING_PAPER if each.what == "paper" else _MISSING_TITLE
            what = _(message.msgid, item=item.title.for_(reader))
            yield _("{what} (owner: {name})", what=what, name=Words.verbatim(item.owner.name)) if item.owner else what


def texts(facts: DeckFacts, reader: Reader) -> Iterator[Words]:
    """What the framework tells in the other language only, or was left behind when that changed."""
    for name, field, text in _texts(facts):
        standing = text.standing(reader.language)
        if standing is Standing.WRITTEN or not (text.en or text.fr):
            continue
        what = reader.gettext("{record}, {field}", record=name.for_(reader), field=groups.field(field, reader))
        yield reader.gettext("{what} (to be looked at again)", what=what) if standing is Standing.STALE else what


def _texts(facts: DeckFacts) -> Iterator[tuple[Bilingual, str, Bilingual]]:
    """All texts that the deck tells: of what, which field, and the text."""
    world = facts.world
    for group in world.groups.values():
        held = {"name": group.name, "description": group.description, "mandate": group.mandate, "note": group.note}
        yield from ((group.name, field, text) for field, text in held.items() if text)
    for priority in world.priorities.values():
        held = {"name": priority.name, "description": priority.description}
        yield from ((priority.name, field, text) for field, text in held.items() if text)
    for category in world.categories.values():
        yield from ((category.label, field, text) for field, text in (("label", category.label), ("question", category.question)))
    for asked in world.recommendations.values():
        held = {"wording": asked.wording, "consequence": asked.consequence}
        yield from ((asked.wording or text, field, text) for field, text in held.items() if text)
    worded = [each.wording for each in world.decisions.values()]
    worded += [each.wording for each in world.actions.values()]
    worded += [each.wording for each in world.parts.values()]
    worded += [*(aim.wording for aim in facts.aims), *(rule.wording for rule in facts.rules), *(each.wording for each in facts.results)]
    yield from ((text, "wording", text) for text in worded)
