"""Asking the registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Final

from sqlalchemy.orm import Session

from cadre.ask.answer import Answer, Part
from cadre.ask.answers import (
    actions,
    asked,
    decided,
    diaries,
    groups,
    lists,
    meetings,
    people,
    places,
    priorities,
    records,
    register,
    terms,
    workplans,
)
from cadre.ask.concepts import language
from cadre.ask.follow_ups import follow_ups
from cadre.ask.knowledge import Knowledge, current
from cadre.ask.ledger import Ledger
from cadre.ask.lexicon import Mention
from cadre.ask.parse import Query, about_me, choose, is_thanks, parse, same_again, subject_of, within
from cadre.ask.scene import MOST_CANDIDATES, Handler, Scene, Unclear
from cadre.ask.tokens import words
from cadre.core import clock
from cadre.core.errors import Message
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words

_HANDLERS: Final[dict[str, Handler]] = {
    intent: handler
    for area in (actions, asked, decided, diaries, groups, lists, meetings, people, places, priorities, records, register, terms, workplans)
    for intent, handler in area.HANDLERS.items()
}
_OF_CALLS: Final = frozenset(
    "calls_open call_silent call_declined call_responses call_answered call_signed_up call_seats call_mine".split()
)
_LATER: Final[dict[str, str]] = {
    **dict.fromkeys(_OF_CALLS, "calls"),
    **dict.fromkeys("group_health groups_health no_council_chair priorities_without_group".split(), "standing"),
    **dict.fromkeys("logic_unfed logic_feeds".split(), "logic"),
    "what_changed": "changes",
    "decisions_carried": "carried",
    "group_successors": "ended",
    **dict.fromkeys("questions_open our_position silent_seats".split(), "questions"),
}
"""Of what a module of ``cadre.ask.answers`` answers that is loaded when it is asked about (see ``cadre.ask.ledger``): which one."""

# Intents that a mere name calls for, and the concepts that make a question more than that: without one of these, a word that
# the registry does not know ("budget", "weather") is what was asked for, and the answer is that it is not there.
_BARE: Final = frozenset(
    """group_info priority_description council_info person_info person_on jurisdiction_reps who_is_in who_leads term meeting_info
    meeting_list group_list list_by_kind priority_list help source acronym set_reps recommendations council_list next_meeting
    meeting_time""".split()
)
# Intents that need a subject: where an unknown word stands in its place ("the president of France"), that is what was asked about.
_OF_SOMETHING: Final = frozenset("who_leads co_chairs members member_count group_owner group_state priority_groups".split())
# Lists, of which nobody keeps the opposite.
_LISTS: Final = frozenset("list_by_recommendation groups_by_council members who_is_in co_chairs who_leads list_by_kind".split())
# Meetings and workplans have dates of their own.
_DATED: Final = frozenset(
    """meeting_info meeting_list meeting_count next_meeting meeting_hour meeting_people meeting_time meeting_coming meeting_changed
    my_meetings decisions_at open_actions past_meetings meeting_minutes group_workplan workplan_list late_workplans what_changed
    our_position questions_open silent_seats""".split()
)
_ASKS: Final = frozenset(
    "LEAD COCHAIR MEMBER REPRESENT ROLE FROM WITH MANDATE GOAL RECOMMENDED ACRONYM OWNER OBJECTIVE MEETING LIST SUPPORT STATE TYPE".split()
)


def answer(
    session: Session,
    question: str,
    reader: Reader,
    earlier: Answer | None = None,
    chosen: str | None = None,
    *,
    seen_by: Actor | None = None,
    channel: str | None = None,
) -> Answer:
    """Answer a message of up to 10,000 characters, in the language of its question.

    ``reader``: their language decides where the question's own cannot be told; their roles decide what they may see.
    ``earlier``: the answer before this one in the conversation, for "and who leads it?".
    ``chosen``: the subject that they picked among the candidates of an ambiguous question ("group:privacy").
    ``seen_by``: who asks, where they alone read the answer; None: by the reader's record, which those have not whom others read with.
    ``channel``: in which others read with them: what is posted there for all of them is told there too.
    Never raises for what a person may type: what is not known is answered as not in the registry.
    """
    known = current(session)
    if is_thanks(question):
        return _said(question, reader, Message("You are welcome."))
    if not known.lexicon.entries and not known.demonstration:
        command = Words.verbatim("cadre import")
        return _said(question, reader, Message("The registry is still empty. Whoever runs Cadre fills it: {command}", {"command": command}))
    before = next((part.subject for part in earlier.parts if part.subject and known.lexicon.knows(part.subject)), None) if earlier else None
    spoken_of = (Mention((before,), frozenset(), 1.0),) if before else ()
    queries = parse(question, known.lexicon, known.councils, reader.language, spoken_of)
    if earlier and len(queries) == 1:
        queries = [same_again(queries[0], earlier.intent)]
    if reader.person:
        queries = [about_me(query, reader.person) for query in queries]
    if chosen and known.lexicon.knows(chosen):
        queries = [choose(query, chosen, known.councils) for query in queries[:1]]
    told = reader.in_language(queries[0].language)
    today = clock.today(session, reader.zone)
    ledger = Ledger(session, seen_by or Actor("", reader.person), channel)
    scenes: list[Scene] = []
    parts: list[Part] = []
    for query in queries:
        scenes.append(_scene(known, query, told, today, ledger, before=(parts and parts[-1].subject) or before))
        parts.append(_part(scenes[-1]))
    return Answer(question, told.language, tuple(parts), follow_ups(scenes[-1], parts[-1]))


def _scene(known: Knowledge, query: Query, reader: Reader, today: date, ledger: Ledger, *, before: str | None) -> Scene:
    """What answering one question needs: the real facts, or those of the demonstration if it asks about that. The two never mix."""
    facts = known.facts_of(subject_of(query, before))
    query = within(query, lambda subject: known.facts_of(subject) is facts, known.councils)
    return Scene(facts, reader, query, today, ledger, before if known.facts_of(before) is facts else None)


def _said(question: str, reader: Reader, message: Message) -> Answer:
    """An answer that no fact of the registry is needed for."""
    speaking = reader.in_language(language(words(question), reader.language))
    return Answer(question, speaking.language, (Part(question, "out_of_registry", message.for_(speaking), known=False),))


def _part(scene: Scene) -> Part:
    query = scene.query
    if query.intent == "help" or not (query.intent or query.features or query.unknown):
        return _help(scene)
    if query.intent is None:
        return _nothing(scene)
    handler = _handler(query.intent)
    if query.intent in _OF_CALLS:
        return _of_calls(scene, handler)
    if query.unknown and query.intent in _BARE and not query.has(*_ASKS):
        doubtful = next((m for m in query.mentions if m.ambiguous and m.acronym), None)
        return _clarify(scene, list(doubtful.subjects)) if doubtful else _nothing(scene)
    alone = query.unknown and not query.mentions and not scene.earlier
    elsewhere = alone and query.intent in _DATED and query.unknown[0].isupper() and not query.when
    if query.has("unknown_group") or elsewhere or (alone and query.intent in _OF_SOMETHING):
        return _nothing(scene)
    if query.has("negated") and not query.has("GONE") and query.intent in _LISTS and not (query.intent == "who_leads" and query.mentions):
        return scene.unknown(scene.reader.gettext("it holds what is so, not a list of what is not."))
    try:
        return _dated(scene, handler(scene))
    except Unclear as unclear:
        if not query.mentions and query.unknown:
            return _nothing(scene)
        return _clarify(scene, list(dict.fromkeys(unclear.subjects)))


def _handler(intent: str) -> Handler:
    if intent in _LATER:
        later: dict[str, Handler] = import_module(f"cadre.ask.answers.{_LATER[intent]}").HANDLERS
        return later[intent]
    return _HANDLERS[intent]


def _of_calls(scene: Scene, handler: Handler) -> Part:
    """An answer about calls, which may have names that the lexicon does not know."""
    try:
        return handler(scene)
    except Unclear:
        return _nothing(scene)


def _dated(scene: Scene, found: Part) -> Part:
    """An answer to a question as of a date: what no source says of that date is not known, whatever is known of another."""
    when = scene.query.when
    if when is None or found.candidates or found.intent in _DATED:
        return found
    if scene.unsure and not scene.stood:
        return scene.undated(when, found)
    return found if scene.attests(when) else scene.undated(when, found)


def _clarify(scene: Scene, subjects: list[str]) -> Part:
    """Several things may be meant: asks which."""
    offered = subjects[:MOST_CANDIDATES]
    if not offered:
        return _nothing(scene)
    names = scene.reader.either(scene.the_label(subject) for subject in offered)
    headline = scene.reader.gettext("Did you mean {names}?", names=names)
    return replace(scene.part(headline, candidates=offered), intent="clarification")


def _nothing(scene: Scene) -> Part:
    """What was asked is not in the registry: says which words are not, and tells the nearest thing that is known."""
    _ = scene.reader.gettext
    query = scene.query
    details: list[Words] = []
    subject = None
    sure = [m for m in query.mentions if m.strong and not m.ambiguous]
    if sure and query.intent:
        try:
            near = _handler(query.intent)(scene)
            subject = near.subject
            details = [_("What comes nearest in the registry:"), near.headline, *near.details] if near.known else list(near.details)
        except Unclear:
            details = []
    elif query.mentions and (query.mentions[0].strong or query.mentions[0].ambiguous):
        names = scene.reader.either(scene.label(s) for s in query.mentions[0].subjects[:MOST_CANDIDATES])
        details = [_("What comes nearest in the registry:"), names]
    if not details:
        details = [
            _("You can ask who leads or sits on what, whose a group is, what is recommended, decided or next, and what an acronym means.")
        ]
    headline = _("That is not in the registry, or I did not understand the question.")
    if query.unknown:
        headline = _("“{words}” is not in the registry.", words=Words.verbatim(query.unknown))
    return replace(scene.part(headline, details, subject=subject), intent="out_of_registry")


def _help(scene: Scene) -> Part:
    """What may be asked."""
    _ = scene.reader.gettext
    lines = (
        _("Who leads digital identity?"),
        _("Who represents Manitoba?"),
        _("What is recommended for the Cloud Computing Working Group?"),
        _("What does PSCIOC stand for?"),
        _("When was the meeting in Victoria?"),
    )
    return scene.part(_("Ask about the Joint Councils in English or French, for example:"), lines)
