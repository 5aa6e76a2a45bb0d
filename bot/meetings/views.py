"""How a meeting reads in Slack, with what can be done about it. Lists of them stand in ``lists``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.blocks import Block, Modal, actions, button, context, header, link, listed, section
from bot.meetings import actions as of
from bot.meetings import prep_actions, registration
from bot.meetings.calendar_pages import file_name
from bot.meetings.reading import Sheet
from bot.modals import Frame
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.meetings import drafting, wording
from cadre.meetings.views import IN_PERSON, InviteeFacts, MeetingView

_NAMED: Final = 60
"""Of a crowd, so many are listed; the others are counted."""


def meeting(sheet: Sheet, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """One meeting: what everybody may know, how to join for whoever is invited, and what the reader can do."""
    _, view = reader.gettext, sheet.view
    blocks: list[Block] = [*(context(note) if note else ()), header(wording.title(view, reader)), section(_facts(view, reader))]
    blocks += _came_of_it(sheet, reader) if sheet.ended else _joining(view, reader)
    if view.counts.invited and not (view.cancelled or sheet.ended):
        blocks.append(section(wording.counts(view.counts, reader)))
    blocks += _answering(sheet, reader)
    blocks += _arranging(sheet, reader)
    blocks += _preparing(sheet, reader)
    blocks += _ways(sheet, reader)
    if sheet.invitees and not (view.cancelled or sheet.ended):
        if view.facts.kind == IN_PERSON and view.may_arrange:
            blocks += registration.summary(sheet.invitees, reader)
        blocks += _invitees(sheet.invitees, reader, in_person=view.facts.kind == IN_PERSON and view.may_arrange)
    blocks += _changed(view, reader)
    return Modal(_("Meeting"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _facts(view: MeetingView, reader: Reader) -> Words:
    _ = reader.gettext
    facts = view.facts
    cancelled = _("Cancelled.") if facts.state == "cancelled" else None
    why = _("Reason: {reason}", reason=view.reason.marked(reader)) if view.reason else None
    lasts = wording.lasts(facts, reader)
    again = _("Comes again {rule}", rule=wording.repeats(view.repeats, reader)) if view.repeats and not view.cancelled else None
    elsewhere = facts.zone not in (None, reader.zone) and facts.kind != IN_PERSON  # one in person is told in the time of the place alone
    there = reader.moment(facts.starts_at, facts.zone) if facts.starts_at and elsewhere else None
    when = wording.when(facts, reader).sentence
    moved = wording.moved(view, reader)
    lines = (
        *(cancelled, why, when, there.sentence if there and there != when else None, moved, lasts, again),
        *(wording.place(view, reader), wording.results(view, reader)),
    )
    return Words.joined("\n", (line for line in lines if line))


def _came_of_it(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """Of a meeting that is over: who was there, as far as the reader may know, and what was decided."""
    view = sheet.view
    if view.cancelled:
        return
    if sheet.invitees is not None:
        text = sheet.minutes.text if sheet.minutes else None
        said = map(Words.verbatim, drafting.attendance_in(text, reader.language) if text else ())
        yield section(Words.joined("\n", there(sheet.invitees, view, reader, tuple(said))))
    if sheet.decided:
        yield header(reader.gettext("Decisions"))
        yield from listed(wording.decided(*each, reader) for each in sheet.decided)
    if sheet.agreed:
        yield header(reader.gettext("Actions agreed on"))
        yield from listed(drafting.action(each, reader) for each in sheet.agreed)


def there(invitees: Iterable[InviteeFacts], view: MeetingView, reader: Reader, said: tuple[Words, ...] = ()) -> Iterator[Words]:
    """Who was there and whether they were enough, as recorded; or that nobody recorded it yet. ``said``: who was there by the minutes,
    which count before what was recorded.
    """
    recorded = said or tuple(drafting.attendance(invitees, reader))
    yield from recorded or (reader.gettext("Who was there is not recorded yet."),)
    if view.counts.recorded is not None:
        yield wording.quorum(view.counts, reader)


def _joining(view: MeetingView, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if view.joining is None or view.cancelled:
        return
    for text in joining(view, reader):
        yield section(text)


def joining(view: MeetingView, reader: Reader) -> Iterator[Words]:
    """How to join, for whoever may know."""
    if view.joining and view.joining.link:
        yield reader.gettext("Join: {link}", link=Words.verbatim(view.joining.link))
    if view.joining and view.joining.text:
        yield Words.verbatim(view.joining.text)


def _answering(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    view = sheet.view
    if sheet.over or view.cancelled:
        return
    for told in own_answers(view, reader):
        yield section(told)
    if view.mine:
        yield from actions(*answers(view, reader), block="meetings.answers")
    yield from actions(*in_place(view, reader), block="meetings.in_place")


def own_answers(view: MeetingView, reader: Reader) -> Iterator[Words]:
    """What the reader answered, for themselves and to whoever named them to come in their place."""
    _ = reader.gettext
    if view.mine and view.mine.stands_in:
        name = Words.verbatim(view.mine.stands_in.name)
        if view.mine.stand_in_agreed:
            yield _("You declined; {name} comes in your place.", name=name)
        else:
            yield _("You declined; {name} is asked to come in your place.", name=name)
    elif view.mine and view.mine.answer and view.mine.whole and view.series:
        yield _("Your answer, given for the whole series: {answer}", answer=wording.answer(view.mine.answer, reader))
        yield from _needs(view.mine, reader)
    elif view.mine and view.mine.answer:
        yield _("Your answer: {answer}", answer=wording.answer(view.mine.answer, reader))
        yield from _needs(view.mine, reader)
    if view.in_place_of:
        name = Words.verbatim(view.in_place_of.person.name)
        yield (
            _("You come in place of {name}.", name=name)
            if view.in_place_of.stand_in_agreed
            else _("{name} asks you to come in their place.", name=name)
        )


def in_place(view: MeetingView, reader: Reader) -> Iterator[Block]:
    """The buttons of whoever is to come in somebody's place."""
    if view.in_place_of:
        agreed = view.in_place_of.stand_in_agreed
        yield button(reader.gettext("I come in their place"), of.COME, view.id, None if agreed else "primary")
        yield button(reader.gettext("I cannot"), of.STAY, view.id)


def answers(view: MeetingView, reader: Reader) -> Iterator[Block]:
    """The buttons of whoever is invited. For a meeting in person there is more to say than yes or no."""
    _, id_, given = reader.gettext, view.id, view.mine.answer if view.mine else ""
    if view.facts.kind == IN_PERSON:
        yield button(_("Register") if not given else _("Change my registration"), of.REGISTER, id_, None if given else "primary")
        return
    seen = f"{id_}:{view.revision}"
    yield button(_("Accept"), of.ACCEPT, seen, "primary" if given != "accepted" else None)
    if view.series:
        yield button(_("Accept all of the series"), of.WHOLE, seen)
    yield button(_("Tentative"), of.TENTATIVE, seen)
    yield button(_("Decline"), of.DECLINE, seen)
    if view.series:
        yield button(_("Decline all of the series"), of.DECLINE_WHOLE, seen)
    yield button(_("Somebody comes in my place"), of.STAND_IN, id_)


def _arranging(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    _, view = reader.gettext, sheet.view
    if not view.may_arrange or view.cancelled:
        return
    buttons = [] if sheet.over else [button(_("Change or move"), of.EDIT, view.id), button(_("Cancel it"), of.CANCEL, view.id)]
    if sheet.secretariat and not sheet.over:
        buttons.append(button(_("Record an answer"), of.RECORD, view.id))
    yield from actions(*buttons, block="meetings.arranging")


def _preparing(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """What is prepared for a meeting and came of it, for those who are of it."""
    _, view = reader.gettext, sheet.view
    if sheet.invitees is None or view.cancelled:
        return
    minutes = sheet.over or view.minutes_state is not None
    yield from actions(
        button(_("Agenda"), prep_actions.AGENDA, view.id),
        *((button(_("Minutes"), prep_actions.MINUTES, view.id),) if minutes else ()),
        *(prep_actions.recording(view.id, reader) if sheet.over and view.may_arrange else ()),
        block="meetings.preparing",
    )


def _ways(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """To its page, and into a calendar."""
    _ = reader.gettext
    page = (link(_("Web page"), of.PAGE, sheet.page),) if sheet.page else ()
    file = (link(file_name(sheet.view, reader), f"{of.PAGE}:file", sheet.file),) if sheet.file else ()
    whole = (button(_("All of the series"), of.SERIES, str(sheet.view.series)),) if sheet.view.series else ()
    yield from actions(*file, *page, *whole, block="meetings.ways")


def _invitees(found: Iterable[InviteeFacts], reader: Reader, *, in_person: bool) -> Iterator[Block]:
    _, everybody = reader.gettext, tuple(found)
    yield header(_("Who is invited"))
    yield from listed(invitee(each, reader, in_person=in_person) for each in everybody[:_NAMED])
    if len(everybody) > _NAMED:
        yield from context(reader.ngettext("{n} more", "{n} more", len(everybody) - _NAMED))


def invitee(each: InviteeFacts, reader: Reader, *, in_person: bool) -> Words:
    """ "Ona Tremblay (needed): accepted"; for a meeting in person, to whoever arranges it, also what they registered for."""
    _, name = reader.gettext, Words.verbatim(each.person.name)
    answer = wording.response(each, reader)
    told = _("{name} (needed): {answer}", name=name, answer=answer) if each.must else _("{name}: {answer}", name=name, answer=answer)
    if each.recorded_by:
        who, came = Words.verbatim(named(each.recorded_by)), wording.came(each, reader)
        recorded = _("{answer}, recorded by {who} ({came})", answer=told, who=who, came=came) if came else None
        told = recorded or _("{answer}, recorded by {who}", answer=told, who=who)
    if not in_person:
        return told
    return Words.joined("\n    ", (told, *_needs(each, reader)))


def _needs(each: InviteeFacts, reader: Reader) -> Iterator[Words]:
    """What somebody registered for, each under its label."""
    _ = reader.gettext
    if each.diet:
        yield _("Diet: {need}", need=Words.verbatim(each.diet))
    if each.access:
        yield _("Accessibility: {need}", need=Words.verbatim(each.access))
    if each.interpretation:
        yield _("Interpretation: yes")


def _changed(view: MeetingView, reader: Reader) -> Iterator[Block]:
    if view.changed_at and view.changed_by:
        values = {"who": Words.verbatim(named(view.changed_by)), "moment": reader.moment(view.changed_at)}
        yield from context(reader.gettext("Last changed by {who}, {moment}", **values))
