"""Meetings: where, when, which; what is not known of them."""

from __future__ import annotations

from typing import Final

from cadre.ask import diary
from cadre.ask.answer import Part
from cadre.ask.answers import diaries
from cadre.ask.answers.asked import governance_rule
from cadre.ask.answers.people import the_group
from cadre.ask.periods import periods
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.meetings.facts import MeetingFacts


def _meeting_line(scene: Scene, meeting: MeetingFacts) -> Words:
    _ = scene.reader.gettext
    scene.cite("meeting", meeting.id)
    place = meeting.place.for_(scene.reader) if meeting.place else _("place not recorded")
    date = scene.reader.date(meeting.held) if meeting.held else _("date not recorded")
    return _("{place}, {date}", place=place, date=date)


def _chosen_meetings(scene: Scene) -> list[MeetingFacts]:
    known = [m for m in scene.directory.meetings if m.state == "planned"]
    if scene.query.has("INPERSON"):
        known = [m for m in known if m.kind == "in_person"]
    mention = scene.mention("meeting")
    if mention:
        known = [m for m in known if f"meeting:{m.id}" in mention.subjects]
    place = scene.mention("jurisdiction")
    if place:
        known = [m for m in known if f"jurisdiction:{m.jurisdiction}" in place.subjects]
    if scene.query.when:
        known = [m for m in known if m.held and m.held.within(scene.query.when)]
    if scene.query.has("LAST"):
        return [m for m in known if m.held and m.held.first <= scene.today][-1:]
    return known[:1] if scene.query.has("FIRST") else known


def meeting_info(scene: Scene) -> Part:
    """Where and when one meeting was held; or those of a year, a month or a week."""
    of_period = diaries.of_period(scene) if diary.live(scene) or not scene.query.when else None
    if of_period:
        return of_period
    titled = diaries.titled(scene)
    if titled:
        return titled
    one = scene.mention("meeting", "jurisdiction")
    if diary.live(scene) and not one and not scene.query.has("INPERSON", "FIRST"):
        return diaries.last(scene) if scene.query.has("LAST") else diaries.meetings(scene)
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    chosen = _chosen_meetings(scene)
    if not chosen:
        return scene.unknown(_("no such meeting is recorded."), [_meeting_line(scene, m) for m in scene.directory.meetings])
    lines = [_meeting_line(scene, m) for m in chosen]
    if len(chosen) == 1:
        meeting = chosen[0]
        council = scene.name(f"group:{meeting.group}")
        return scene.part(_("In-person meeting of {council:the}: {line}.", council=council, line=lines[0]))
    sentence = ngettext("{n} in-person meeting is recorded.", "{n} in-person meetings are recorded.", len(lines))
    return scene.part(sentence, lines)


def meeting_list(scene: Scene) -> Part:
    """The in-person meetings by date, of a year where one is named."""
    return meeting_info(scene)


def next_meeting(scene: Scene) -> Part:
    """The next meeting; where none is planned, the last one is told."""
    _ = scene.reader.gettext
    planned = diaries.planned(scene)
    if planned:
        return planned
    if diary.live(scene) and diary.groups(scene) is not None:
        return diaries.none_of(scene)
    last = [_("The last one recorded: {line}", line=_meeting_line(scene, m)) for m in scene.directory.meetings[-1:]]
    return scene.unknown(_("no coming meeting is recorded."), last)


def meeting_hour(scene: Scene) -> Part:
    """At what time a meeting was or will be: meetings of the past are known to the month only."""
    if scene.query.has("NEXT"):
        return next_meeting(scene)
    told = diaries.of_period(scene) if diary.live(scene) else None
    if told or (told := diaries.titled(scene)):
        return told
    lines = [_meeting_line(scene, m) for m in _chosen_meetings(scene)]
    return scene.unknown(scene.reader.gettext("no time of day is recorded for this meeting."), lines)


def meeting_people(scene: Scene) -> Part:
    """Who was at a meeting; of one that is to come, who comes."""
    told = diaries.attended(scene) if diary.live(scene) else None
    if told:
        return told
    lines = [_meeting_line(scene, m) for m in _chosen_meetings(scene)]
    return scene.unknown(scene.reader.gettext("who attended is not recorded."), lines)


def meeting_time(scene: Scene) -> Part:
    """The meetings of one group."""
    if scene.query.has("MUST"):
        return governance_rule(scene)
    if diary.live(scene) or periods(scene.query, scene.today):
        return diaries.of_period(scene) or diaries.meetings(scene)
    name = scene.name(the_group(scene))
    return scene.unknown(scene.reader.gettext("no meeting of {group:the} is recorded.", group=name))


def past_meetings(scene: Scene) -> Part:
    """The meetings that were."""
    return diaries.were(scene) if diary.live(scene) else meeting_list(scene)


HANDLERS: Final[dict[str, Handler]] = by_name(
    meeting_info,
    meeting_list,
    next_meeting,
    meeting_hour,
    meeting_people,
    meeting_time,
    past_meetings,
) | {"meeting_count": meeting_list}
