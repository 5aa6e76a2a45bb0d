"""How the notices of notices themselves read: what could not be sent, whom nothing reaches, and what the secretariat wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.face import Face, Told
from bot.kinds import KINDS
from bot.notices import unsent
from bot.reasons import worded
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices import failures
from cadre.notices.deliveries import FAILED, UNREACHED
from cadre.notices.drafts import WORD
from cadre.notices.failures import Failure
from cadre.people.models import Person


def _unsent(session: Session, subjects: Collection[str], person: str) -> Mapping[str, Failure]:
    ids = [int(subject.partition(":")[2]) for subject in subjects]
    return {f"delivery:{id_}": each for id_, each in failures.some(session, ids, KINDS).items()}


def _people(session: Session, subjects: Collection[str], person: str) -> Mapping[str, str]:
    ids = [subject.partition(":")[2] for subject in subjects]
    return {f"person:{row.id}": row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}


def _unsent_headline(facts: Failure, told: Told, reader: Reader) -> Words:
    """What was not sent, and what became of it. ``told``: it keeps the reason, also where the message was tried again since."""
    _, reason = reader.gettext, worded(str(told.detail.get("reason") or facts.reason), reader)
    what = _("{message} could not be sent ({reason}).", message=unsent.what(facts, reader).sentence, reason=reason)
    if facts.state != "failed":
        now = _("It was left.") if facts.state == "skipped" else _("It was tried again since.")
    elif facts.channel:
        now = _("If I am not in this channel, invite me there: /invite @Cadre. In my Home tab it can then be tried again, or left.")
    else:
        now = _("In my Home tab it can be tried again, or left.")
    return Words.joined(" ", (what, now))


def _sent_since(facts: Failure, told: Told) -> bool:
    return facts.state != "failed"


def _unreached_headline(name: str, told: Told, reader: Reader) -> Words:
    return reader.gettext(
        "Nothing reaches {name}: they are not known in Slack, and no address can be written to. What they were owed is kept.",
        name=Words.verbatim(name),
    )


def _word_headline(facts: object, told: Told, reader: Reader) -> Words:
    text = Words.verbatim(str(told.detail.get(reader.language) or told.detail.get("en", "")))
    return reader.gettext("The secretariat ({name}) writes: {text}", name=Words.verbatim(str(told.detail.get("by", ""))), text=text)


def _none(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _nowhere(facts: Any, told: Told) -> str | None:
    return None


def faces(areas: Sequence[Face] = ()) -> tuple[Face, ...]:
    """How the notices of notices read. ``areas``: how those of the areas do, about whose subjects the secretariat writes."""
    return (
        Face(FAILED, _unsent, _unsent_headline, _none, _nowhere, _sent_since),
        Face(UNREACHED, _people, _unreached_headline, _none, _nowhere),
        _word({face.kind: face for face in areas}),
    )


def _word(areas: Mapping[str, Face]) -> Face:
    """What the secretariat wrote, with what it is about, and the buttons of a reminder of that."""

    def load(session: Session, subjects: Collection[str], person: str) -> Mapping[str, tuple[Face | None, Any]]:
        found: dict[str, tuple[Face | None, Any]] = dict.fromkeys(subjects, (None, None))
        for subject in subjects:
            face = areas.get(subject.partition(":")[0])
            if face and subject in (facts := face.load(session, [subject], person)):
                found[subject] = face, facts[subject]
        return found

    def details(about: tuple[Face | None, Any], told: Told, reader: Reader) -> tuple[Words, ...]:
        face, facts = about
        return (face.headline(facts, told, reader),) if face else ()

    def controls(about: tuple[Face | None, Any], told: Told, reader: Reader) -> tuple[Block, ...]:
        face, facts = about
        return face.controls(facts, told, reader) if face else ()

    def link(about: tuple[Face | None, Any], told: Told) -> str | None:
        face, facts = about
        return face.link(facts, told) if face else None

    return Face(WORD, load, _word_headline, controls, link, details=details)


FACES: Final = faces()
