"""The windows in which the secretariat steers notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from bot.blocks import (
    IN_VIEW,
    Block,
    Modal,
    Option,
    actions,
    button,
    checkboxes,
    context,
    day_picker,
    divider,
    field,
    link,
    listed,
    menu,
    number_input,
    radio,
    search,
    section,
    text_input,
)
from bot.blocks import Message as Post
from bot.face import drafts_that_wait
from bot.notices import unsent
from bot.notices.views import roles
from bot.notices.views import rung as rung_name
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.preview import DAYS, Difference, Foreseen
from cadre.notices.rules import slug
from cadre.notices.steering import MANNERS, RECIPIENTS, PauseFacts, RungFacts
from cadre.people.rules import matches

OVERVIEW: Final = "notices.overview"
AHEAD: Final = "notices.ahead"
RUNGS: Final = "notices.rungs"
RUNG: Final = "notices.rung"
RUNG_SET: Final = "notices.rung_set"
OFF: Final = "notices.rung_off"
PAUSES: Final = "notices.pauses"
PAUSE: Final = "notices.pause"
PAUSE_SET: Final = "notices.pause_set"
END: Final = "notices.pause_end"
JURISDICTION: Final = "notices.jurisdiction"
PAGE: Final = "notices.page"
_NAMED: Final = 25
_SHOWN: Final = 60


def button_to(reader: Reader) -> Post:
    """Where no window can be opened, a button that opens it."""
    told = reader.gettext("Notices: look ahead, change when people are told, pause.")
    return Post(told, (section(told, button(reader.gettext("Open"), OVERVIEW)),))


def for_home(drafts: int, unsent_: int, reader: Reader) -> Iterator[Block]:
    """In App Home, for the secretariat. ``drafts``: how many wait for it; ``unsent_``: how many messages could not be sent."""
    overview_ = button(reader.gettext("Notices to everybody"), OVERVIEW)
    yield from actions(overview_, *drafts_that_wait(drafts, reader), *unsent.button_to(unsent_, reader))


def overview(found: Sequence[Foreseen], reader: Reader, *, email: bool, page: str | None) -> Modal:
    """The coming weeks in figures. ``email``: there is a mail server; ``page``: the address of the whole preview, if it has one."""
    _ = reader.gettext
    people = Counter(each.recipient for each in found)
    lines = [messages_of(each.name, count, reader) for each, count in people.most_common(_NAMED)]
    more = len(people) - _NAMED
    rest = context(reader.ngettext("and {n} more person", "and {n} more people", more)) if more > 0 else ()
    web = (link(_("Web page"), PAGE, page),) if page else ()
    buttons = (button(_("Look ahead"), AHEAD), button(_("When people are told"), RUNGS), button(_("Pauses"), PAUSES), *web)
    blocks = (section(total(len(found), reader)), *listed(lines), *rest, *actions(*buttons), *context(*remarks(reader, email=email)))
    return Modal(_("Notices"), blocks, _("Close"))


def total(n: int, reader: Reader) -> Words:
    """How many messages there would be."""
    return reader.ngettext(
        "In the coming {days} days, if nothing is done meanwhile: {n} message.",
        "In the coming {days} days, if nothing is done meanwhile: {n} messages.",
        n,
        days=DAYS,
    )


def remarks(reader: Reader, *, email: bool) -> Iterator[Words]:
    """What the figures leave out."""
    yield reader.gettext("Announcements and confirmations come on top.")
    if not email:
        yield reader.gettext("E-mail is off: whoever is not in Slack gets nothing.")


def messages_of(name: str, n: int, reader: Reader) -> Words:
    """How many messages somebody would get."""
    return reader.ngettext("{name}: {n} message", "{name}: {n} messages", n, name=Words.verbatim(name))


def ahead(found: Sequence[Foreseen], names: Mapping[str, Bilingual], reader: Reader) -> Modal:
    """Who would get what, day by day."""
    _ = reader.gettext
    blocks: list[Block] = []
    shown = 0
    for day, of_day in groupby(found[:_SHOWN], key=lambda each: each.day):
        messages = [message(each, names, reader) for each in of_day]
        told = [section(reader.date(day, weekday=True).sentence), *listed(messages)]
        if len(blocks) + len(told) >= IN_VIEW:
            break
        blocks += told
        shown += len(messages)
    more = len(found) - shown
    if more > 0:
        left = reader.ngettext("and {n} more message: cadre notices preview", "and {n} more messages: cadre notices preview", more)
        blocks += context(left)
    if not found:
        blocks.append(section(_("Nothing is foreseen.")))
    return Modal(_("Look ahead"), tuple(blocks), _("Back"))


def message(each: Foreseen, names: Mapping[str, Bilingual], reader: Reader) -> Words:
    """One message: to whom, and about what."""
    return reader.gettext("{name}: {what}", name=Words.verbatim(each.recipient.name), what=brings(each, names, reader))


def brings(each: Foreseen, names: Mapping[str, Bilingual], reader: Reader) -> Words:
    """What a message would bring: each thing, and which reminder of it."""
    named = [names[n.subject].marked(reader) if n.subject in names else Words.verbatim(n.subject) for n in each.notices]
    rungs = [rung_name(n.rung, reader) for n in each.notices]
    return reader.listed([reader.gettext("{name} ({rung})", name=name, rung=rung) for name, rung in zip(named, rungs, strict=True)])


def rungs(found: Sequence[RungFacts], labels: Mapping[str, Message], reader: Reader) -> Modal:
    """The ladders: one after the other."""
    _ = reader.gettext
    blocks: list[Block] = []
    for kind, steps in groupby(found, key=lambda each: each.kind):
        label = labels[kind].for_(reader).sentence if kind in labels else Words.verbatim(kind)
        blocks += [divider(), section(label)]
        blocks += [section(_rung(step, reader), button(_("Change"), f"{RUNG}:{step.id}", str(step.id))) for step in steps]
    blocks += [divider(), *actions(button(_("Add a reminder"), RUNG))]
    return Modal(_("When people are told"), tuple(blocks), _("Back"))


def _rung(step: RungFacts, reader: Reader) -> Words:
    values = {"when": rung_name(slug(step.days, "digest", halfway=step.halfway), reader).sentence, "who": roles(step.recipients, reader)}
    if step.manner == "draft":
        said = reader.gettext("{when}: a draft, to {who}", **values)
    elif step.manner == "alone":
        said = reader.gettext("{when}, in a message of its own: {who}", **values)
    else:
        said = reader.gettext("{when}: {who}", **values)
    if not step.every:
        return said
    return reader.ngettext("{said}; again after {n} day", "{said}; again every {n} days", step.every, said=said)


_MANNERS: Final = {
    "digest": Message("with the digest"),
    "alone": Message("in a message of its own, on the day"),
    "draft": Message("as a draft for the secretariat, which may send it or not"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A rung as it was filled in, or is to be taken away (``off``), and what that would change."""

    rung: RungFacts
    differs: Difference
    off: bool = False


def rung(known: RungFacts | None, labels: Mapping[str, Message], reader: Reader, asked: Asked | None = None) -> Modal:
    """One rung. ``asked``: what is done only once somebody saw what it changes, and asks for it again."""
    _, held = reader.gettext, f"{known.id}:{known.mark}" if known else ":"
    kinds = [Option(label.for_(reader).sentence, name) for name, label in labels.items()]
    offered = dict.fromkeys((*RECIPIENTS, *(known.recipients if known else ())))
    people = [Option(roles((role,), reader).sentence, role) for role in offered]
    filled = asked.rung if asked else known
    chosen = [option.payload() for option in people if filled and option.value in filled.recipients]
    boxes = checkboxes("recipients", people, ticked=False) | ({"initial_options": chosen} if chosen else {})
    about = [each for each in kinds if known is None or each.value == known.kind]
    manners = [Option(_MANNERS[each].for_(reader), each) for each in MANNERS]
    off = bool(asked and asked.off)
    blocks: list[Block] = [
        *((section(_foretold(asked, reader)),) if asked else ()),
        field("kind", _("About"), menu("kind", about, filled.kind if filled else about[0].value)),
        *_when(filled, reader),
        field("recipients", _("Who is told"), boxes),
        field("manner", _("How"), radio("manner", manners, filled.manner if filled else "digest")),
    ]
    if known:
        blocks += actions(button(_("Remove"), OFF, f"{held}:sure" if off else held, style="danger"))
    metadata = f"{held}:{asked.rung.mark}" if asked and not off else held
    return Modal(_("A reminder"), tuple(blocks), _("Back"), _("Save"), RUNG_SET, metadata=metadata)


def _foretold(asked: Asked, reader: Reader) -> Words:
    """What would be otherwise in the coming weeks, and how it is done all the same."""
    _, found = reader.gettext, asked.differs
    again = _("Click once more to remove it.") if asked.off else _("Save again to set it.")
    if not found.people:
        return Words.joined(" ", (_("In the coming {days} days this changes no message.", days=DAYS), again))
    messages = reader.ngettext("{n} message", "{n} messages", found.after)
    people = reader.ngettext("{n} person would be told differently", "{n} people would be told differently", found.people)
    said = _(
        "In the coming {days} days: {messages} instead of {before}; {people}.",
        messages=messages,
        before=found.before,
        people=people,
        days=DAYS,
    )
    return Words.joined(" ", (said, again))


def _when(known: RungFacts | None, reader: Reader) -> Iterator[Block]:
    """On which day. What falls halfway does so for good: there is nothing to fill in."""
    _ = reader.gettext
    if known and known.halfway:
        yield section(_("Halfway between the opening and the closing."))
        return
    sides = [Option(_("before the due day"), "before"), Option(_("on the due day, or after it"), "after")]
    yield field("days", _("Days"), number_input("days", abs(known.days) if known else None))
    yield field("side", _("When"), radio("side", sides, "before" if known is None or known.days < 0 else "after"))
    yield field("every", _("Again every … days"), number_input("every", known.every if known else None), optional=True)


def pauses(found: Sequence[PauseFacts], names: Mapping[str, Bilingual], reader: Reader) -> Modal:
    """Who is sent no reminders, and when."""
    _ = reader.gettext
    blocks: list[Block] = [section(_pause(each, names, reader), button(_("End it"), f"{END}:{each.id}", str(each.id))) for each in found]
    if not found:
        blocks.append(section(_("No pauses.")))
    blocks += actions(button(_("Add a pause"), PAUSE))
    return Modal(_("Pauses"), tuple(blocks), _("Back"))


def _pause(each: PauseFacts, names: Mapping[str, Bilingual], reader: Reader) -> Words:
    name = names.get(each.jurisdiction) if each.jurisdiction else None
    who = name.marked(reader) if name else Words.verbatim(each.jurisdiction) if each.jurisdiction else everybody(reader).label
    return reader.gettext(
        "{who}, from {first} to {last}: {reason}",
        who=who.sentence,
        first=reader.date(each.first),
        last=reader.date(each.last),
        reason=each.reason.marked(reader),
    )


def meant(typed: str, reader: Reader) -> bool:
    """Whether nothing is typed, or something like "everybody"."""
    return matches(typed, [everybody(reader).label])


def everybody(reader: Reader) -> Option:
    """All jurisdictions together."""
    return Option(reader.gettext("Everybody"), "*")


@dataclass(frozen=True, slots=True)
class Everybody:
    """A pause of everybody as it was written, and whom it would touch: how many people, and how many of their reminders."""

    first: date
    last: date
    reasons: tuple[str, str]
    people: int
    reminders: int


def pause(reader: Reader, asked: Everybody | None = None) -> Modal:
    """A new pause. ``asked``: one of everybody, which is set only once somebody saw whom it touches, and saved it again."""
    _ = reader.gettext
    metadata = f"{asked.first} {asked.last}" if asked else ""
    return Modal(_("A pause"), tuple(_pause_fields(reader, asked)), _("Back"), _("Save"), PAUSE_SET, metadata=metadata)


def _touched(asked: Everybody, reader: Reader) -> Words:
    people = reader.ngettext("This holds back the reminders of {n} person", "This holds back the reminders of {n} people", asked.people)
    reminders = reader.ngettext("{n} reminder", "{n} reminders", asked.reminders)
    return reader.gettext("{people}: {reminders}. Save again to set it.", people=people, reminders=reminders)


def _pause_fields(reader: Reader, asked: Everybody | None) -> Iterator[Block]:
    _, who = reader.gettext, search(JURISDICTION, reader.gettext("Choose one, or everybody"))
    english, french = asked.reasons if asked else ("", "")
    if asked:
        yield section(_touched(asked, reader))
        who |= {"initial_option": everybody(reader).payload()}
    yield field("jurisdiction", _("Jurisdiction"), who)
    yield field("first", _("First day"), day_picker("first", asked.first if asked else None))
    yield field("last", _("Last day"), day_picker("last", asked.last if asked else None))
    yield field("reason_en", _("Reason, in English"), text_input("reason_en", english), optional=True)
    yield field("reason_fr", _("Reason, in French"), text_input("reason_fr", french), optional=True)
    yield from context(_("What is due meanwhile is told on the first working day after it. Announcements still come."))
