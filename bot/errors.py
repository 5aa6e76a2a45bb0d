"""The one error path: what can be helped says how, anything else is logged under a reference that the person is shown."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.blocks import Block, Message, Modal, actions, section
from bot.slack import SlackError, refusal
from cadre.core.errors import CadreError, CarriedOut, Conflict, Forbidden, Invalid, NotFound
from cadre.core.errors import Message as Later
from cadre.core.reader import Reader, named
from cadre.core.words import Words

log: Final = logging.getLogger("cadre.errors")
_TOLD: Final = "cadre.not_done"
_NOT_HERE: Final = frozenset({"not_in_channel", "channel_not_found"})


class Helpless(CadreError):
    """Something outside the registry stands in the way, and the person can do something about it."""

    def __init__(self, what: Later) -> None:
        super().__init__(what.msgid)
        self.what = what


class Explained(CadreError):
    """Something that cannot be done, as its capability tells it: under a heading of its own, with buttons that lead on."""

    def __init__(self, heading: Words, told: Words, ways: tuple[Block, ...]) -> None:
        super().__init__(told)
        self.heading, self.told, self.ways = heading, told, ways


def reply(problem: Exception, reader: Reader, where: str) -> Words:
    """What to tell the person. What nobody foresaw is logged here, with the reference that they are shown."""
    if isinstance(problem, CadreError):
        return _known(problem, reader)
    if isinstance(problem, SlackError) and refusal(problem) in _NOT_HERE:
        return reader.gettext("I am not in this channel. Type /invite @Cadre here, then try again.")
    return unforeseen(reader, logged(problem, where))


def unforeseen(reader: Reader, reference: str) -> Words:
    """What to tell of something that nobody foresaw."""
    return reader.gettext(
        "Something went wrong on my side, and it is not your doing. Try again in a minute; if it happens again, send the "
        "reference {reference} to the secretariat.",
        reference=Words.verbatim(reference),
    )


def logged(problem: BaseException, where: str) -> str:
    """Log a problem with its trace, and give the reference that finds it in the log."""
    reference = secrets.token_hex(4).upper()
    log.error("%s: reference %s", where, reference, exc_info=problem)
    return reference


def message(problem: Exception, reader: Reader, where: str) -> Message:
    """The same, as a message."""
    told = reply(problem, reader, where)
    return Message(told, (section(told), *_ways(problem)))


def window(problem: Exception, reader: Reader, where: str) -> Modal:
    """The same, as a window: laid over the one in which something was typed, so that nothing typed is lost."""
    _ = reader.gettext
    heading = _("Already settled") if isinstance(problem, Conflict) else _("Not done")
    if isinstance(problem, CarriedOut):
        heading = _("Already carried out")
    if isinstance(problem, Explained):
        heading = problem.heading
    return Modal(heading, (section(reply(problem, reader, where)), *_ways(problem)), close=_("Back"))


def _ways(problem: Exception) -> Iterable[Block]:
    return actions(*problem.ways) if isinstance(problem, Explained) else ()


def is_last(view: Mapping[str, Any]) -> bool:
    """Whether a window is the third, over which Slack takes no other: https://docs.slack.dev/surfaces/modals"""
    return view.get("previous_view_id") not in (None, view.get("root_view_id"))


def within(view: Mapping[str, Any], told: Iterable[Block]) -> Modal:
    """A window as it stands, with something told on top: what is typed stays in its fields, for their blocks keep their names."""
    title, close, submit = (Words.verbatim((view.get(name) or {}).get("text", "")) for name in ("title", "close", "submit"))
    blocks = (block for block in view["blocks"] if not block["block_id"].startswith(_TOLD))
    note = (block | {"block_id": f"{_TOLD}.{n}"} for n, block in enumerate(told))
    return Modal(title, (*note, *blocks), close, submit or None, view["callback_id"], view["private_metadata"])


def by_block(problem: Invalid, reader: Reader) -> Mapping[str, str]:
    """The errors of a submission, under the field that each is about. The fields of a service are the blocks of its window."""
    return {name: told.for_(reader) for name, told in problem.fields.items()}


def _known(problem: CadreError, reader: Reader) -> Words:
    _ = reader.gettext
    match problem:
        case NotFound():
            return _("“{what}” is not in the registry any more. Ask again to see what is.", what=Words.verbatim(problem.what))
        case Forbidden():
            return _forbidden(problem, reader)
        case Conflict():
            who = Words.verbatim(named(problem.who)) if problem.who else _("Somebody")
            when = reader.moment(problem.when)
            if isinstance(problem, CarriedOut):
                return _("{who} carried it out on {when}. Nothing was changed.", who=who, when=when)
            if problem.what:
                told = _("Decided by {who} on {when}. Nothing was changed.", who=who, when=when)
                if problem.wrote:
                    told = _("Changed by {who} on {when}. What you wrote is not kept.", who=who, when=when)
                return Words.joined(" ", (problem.what.for_(reader), told))
            return _("{who} settled it on {when}. Nothing was changed.", who=who, when=when)
        case Invalid():
            return Words.joined("\n", (told.for_(reader) for told in problem.fields.values()))
        case Helpless():
            return problem.what.for_(reader)
        case Explained():
            return problem.told
        case _:
            return _("This cannot be done.")


def _forbidden(problem: Forbidden, reader: Reader) -> Words:
    """Who may do it."""
    _ = reader.gettext
    match problem.who:
        case "secretariat":
            return _("Only the secretariat may do this. Write to one of its members.")
        case "lead":
            return _("Only those who lead this, those who stand in for them, and the secretariat may do this.")
        case "representative":
            return _("Only those who answer for this jurisdiction, and the secretariat, may do this.")
        case "speaking" | "replaced":
            return _no_longer(problem, reader)
        case "member":
            return _("Only those whose roles in these groups the secretariat has confirmed may see this.")
        case "co_chair":
            return _("Only leads, co-chairs and the secretariat may do this.")
        case "invited":
            return _("Only those who are asked or invited, and whoever arranges it, may do this.")
        case "named":
            return _("Whoever named you to come in their place has taken that back, or you have refused already.")
        case "known":
            return _("I must know first who you are: /cadre me.")
        case _:
            return _("Only {who} may do this.", who=Words.verbatim(problem.who))


def _no_longer(problem: Forbidden, reader: Reader) -> Words:
    """Of somebody who spoke for a seat."""
    if problem.who == "replaced":
        return reader.gettext("You no longer speak for this seat; the secretariat changed who does.")
    return reader.gettext("You no longer speak for a seat of this council.")
