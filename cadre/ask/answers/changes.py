"""What changed in a group, council or priority since a day: in words of people, to each what they may know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

from cadre.ask.answer import Part
from cadre.ask.answers.groups import state_name
from cadre.ask.periods import since
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.models import NAMES
from cadre.core.reader import WORKER
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.groups import wording as groups
from cadre.oversight.facts import Strength
from cadre.oversight.history import Act, History, plain
from cadre.oversight.wording import STRENGTHS
from cadre.people import wording as people

_MOST: Final = 12
"""Changes that are told one by one."""
_SHORT: Final = 100
"""Characters of what is told as it was and as it is; of a longer text only that it was written anew."""
_AT_ONCE: Final = timedelta(seconds=2)
_LINKS: Final[Mapping[str, Message]] = {
    "oversees": Message("{one}: oversees {other}"),
    "becomes": Message("{one}: becomes {other}"),
    "depends_on": Message("{one}: depends on {other}"),
}
_FIELD_OF: Final = {kind: name for name, kind in NAMES.items()}
_SETTLED: Final[Mapping[str, Message]] = {
    "approved": Message("a recommendation was approved"),
    "declined": Message("a recommendation was declined"),
    "proposed": Message("a recommendation is proposed again"),
}
_PLANS: Final[Mapping[str, Message]] = {
    "draft": Message("workplan: being written again"),
    "submitted": Message("workplan: submitted"),
    "complete": Message("workplan: accepted, waits for the Council"),
    "returned": Message("workplan: returned"),
    "approved": Message("workplan: approved"),
}


def what_changed(scene: Scene) -> Part:
    """What changed since the day that the question names, or ever, the latest first."""
    _, subject = scene.reader.gettext, scene.subject("priority", "group")
    kind, _sep, id_ = subject.partition(":")
    day, said = since(scene.query, scene.today)
    start = datetime.combine(day, time(), ZoneInfo(scene.reader.zone)) if day else None
    found = scene.ledger.history("group" if kind == "group" else "priority", id_, start)
    name = scene.name(subject)
    told = [(act, line) for act in _together(found.acts) if (line := _told(scene, act))]
    aside = [] if found.whole else [_("Who changed what, and what is not public, only the secretariat and those who lead it may know.")]
    if not told:
        return scene.part(_nothing(scene, found, name, said), aside, subject=subject)
    scene.cite_record(scene.ledger.now)
    lines = [_dated(scene, act, line) for act, line in told[:_MOST]]
    more = len(told) - _MOST
    after = [scene.reader.ngettext("{n} earlier change.", "{n} earlier changes.", more)] if more > 0 else []
    after += [_entered(scene, found.entered)] if found.entered else []
    return scene.part(_headline(scene, name, said, len(told) + bool(found.entered)), [*lines, *after, *aside], subject=subject)


def _headline(scene: Scene, name: Words, said: PartialDate | None, n: int) -> Words:
    ngettext = scene.reader.ngettext
    if said is None:
        return ngettext("{n} change is recorded for {group:the}.", "{n} changes are recorded for {group:the}.", n, group=name)
    return ngettext(
        "{n} change is recorded for {group:the} since {date}.",
        "{n} changes are recorded for {group:the} since {date}.",
        n,
        group=name,
        date=scene.dated(said),
    )


def _nothing(scene: Scene, found: History, name: Words, said: PartialDate | None) -> Words:
    _ = scene.reader.gettext
    if found.entered:
        day = scene.dated(_day(scene, found.entered))
        return _("Nothing has changed for {group:the} since it was entered in the registry ({date}).", group=name, date=day)
    if said is None:
        return _("No change is recorded for {group:the}.", group=name)
    return _("No change is recorded for {group:the} since {date}.", group=name, date=scene.dated(said))


def _day(scene: Scene, at: datetime) -> PartialDate:
    return PartialDate.day(scene.reader.local(at).date())


def _entered(scene: Scene, at: datetime) -> Words:
    return scene.reader.gettext("{date}: entered in the registry", date=scene.reader.date(_day(scene, at)))


def _dated(scene: Scene, act: Act, line: Words) -> Words:
    """On which day, what; by whom, where that may be known."""
    _, day = scene.reader.gettext, scene.reader.date(_day(scene, act.at))
    under = next((each.label for each in scene.directory.decisions if each.id == act.decision and each.number), None)
    line = _("{change}, by decision {number}", change=line, number=under) if under else line
    if act.by in (None, WORKER.label):
        return _("{date}: {change}", date=day, change=line)
    return _("{date}: {change} ({person})", date=day, change=line, person=groups.by(act.by, scene.reader))


def _together(acts: Iterable[Act]) -> Iterator[Act]:
    """Without those of a series of meetings that were arranged with the one before: one line tells of all."""
    last: Act | None = None
    for act in _names_at_once(acts):
        series = act.held.get("series") if act.subject == "meeting" and act.made else None
        if not (series and last and last.held.get("series") == series):
            yield act
        last = act if series else None


def _names_at_once(acts: Iterable[Act]) -> Iterator[Act]:
    """Names that were given, or taken away, at once are one act, which holds them all, a line each."""
    last: Act | None = None
    for act in acts:
        if last and act.subject == "alias" and _alike(last) == _alike(act) and last.at - act.at <= _AT_ONCE:
            last = replace(last, held={**last.held, "text": f"{act.held['text']}\n{last.held['text']}"})
            continue
        if last:
            yield last
        last = act
    if last:
        yield last


def _alike(act: Act) -> tuple[object, ...]:
    return act.subject, act.by, act.gone, act.held.get("kind")


def _told(scene: Scene, act: Act) -> Words | None:
    """An act in words; None for one of which there is nothing to tell."""
    return _TELLS[act.subject](scene, act)


# -- its own record


def _record(scene: Scene, act: Act) -> Words | None:
    found = list(_fields(scene, act))
    return Words.joined("; ", found) if found else None


def _fields(scene: Scene, act: Act) -> Iterator[Words]:
    """Each field that changed, once: from what to what; of longer texts only that."""
    _ = scene.reader.gettext
    for name in dict.fromkeys(plain(each) for each in act.fields if not each.endswith("_stale")):
        label = groups.field(name, scene.reader)
        column = name if name in act.fields else f"{name}_{scene.reader.language}"
        if column not in act.fields:
            column = next(each for each in act.fields if plain(each) == name and not each.endswith("_stale"))
        before, after = (_value(scene, name, value) for value in act.fields[column])
        if name == "target_kind" and not after:
            yield _("{field}: no other is proposed any more", field=label)
        elif name == "mandate" and act.by == WORKER.label:
            yield _("{field}: took effect on its day", field=label)
        elif name == "channel" and after:
            yield _("{field}: another one", field=label)
        elif max(len(before or ""), len(after or "")) > _SHORT:
            yield _("{field}: written anew", field=label) if after else _("{field}: taken out", field=label)
        elif before and after:
            yield _("{field}: {after} (before: {before})", field=label, after=after, before=before)
        else:
            yield _("{field}: {after}", field=label, after=after) if after else _("{field}: taken out", field=label)


def _value(scene: Scene, name: str, value: str | None) -> Words | None:
    """What a field holds, as people call it."""
    known = scene.directory
    if value is None:
        return None
    if name in ("kind", "target_kind") and value in known.kinds:
        return known.kinds[value].name.for_(scene.reader)
    if name == "state":
        return state_name(scene, value)
    if name in ("owner", "parent", "group") and value in known.groups:
        return known.groups[value].name.for_(scene.reader)
    if name == "quorum":
        return groups.quorum(value, scene.reader)
    if name == "seats":
        places = {each.name.en: each.name for each in known.jurisdictions.values()}
        return Words.joined(
            "; ", (places[each].for_(scene.reader) if each in places else Words.verbatim(each) for each in value.split("; "))
        )
    return Words.verbatim(value)


# -- what is tied to it


def _role(scene: Scene, act: Act) -> Words | None:
    _ = scene.reader.gettext
    if act.person is None:
        return None
    values = {"person": Words.verbatim(act.person), "role": people.role(act.held.get("role", ""), scene.reader).inside}
    ended = act.fields.get("until_text", (None, None))[1]
    if act.gone:
        return _("{person}: {role}, taken out of the registry", **values)
    if ended:
        return _("{person}: {role} until {date}", **values, date=scene.dated(PartialDate.parse(ended)))
    if act.made and (begun := act.held.get("since_text")):
        return _("{person}: {role} since {date}", **values, date=scene.dated(PartialDate.parse(begun)))
    if act.made:
        return _("{person}: {role}, entered", **values)
    return _("{person}: {role}, corrected", **values)


def _name(scene: Scene, act: Act) -> Words:
    _, label = scene.reader.gettext, groups.field(_FIELD_OF[act.held["kind"]], scene.reader)
    names = scene.reader.listed(_("“{text}”", text=Words.verbatim(each)) for each in sorted(act.held["text"].split("\n"), key=fold))
    return _("{field}: {names} taken out", field=label, names=names) if act.gone else _("{field}: {names} added", field=label, names=names)


def _confirmed(scene: Scene, act: Act) -> Words | None:
    """What of a record was confirmed."""
    _, (subject, field) = scene.reader.gettext, (act.held["subject"], act.held["field"])
    if subject == "role":
        role = people.role(act.about.get("role", ""), scene.reader).inside
        return _("{person}: {role}, confirmed", person=Words.verbatim(act.person), role=role) if act.person else None
    if subject == "alignment":
        ends = _ends(scene, act.about)
        return _("{group} and {priority}: confirmed", **ends) if ends else None
    if subject not in ("group", "priority", "link", "objective"):
        return None
    name, _dot, language = field.partition(".")
    label = groups.field(subject if name == "record" and subject in ("link", "objective") else name, scene.reader)
    if name == "record" and subject == "priority":
        label = _("The priority itself")
    return _("{field}: confirmed", field=groups.in_language(label, language, scene.reader))


def _stated(scene: Scene, act: Act) -> Words | None:
    """A link to another group, or an objective."""
    _, held = scene.reader.gettext, act.held
    if act.subject == "objective":
        label = Words.joined(" ", (groups.field("objective", scene.reader), Words.verbatim(held["number"])))
    else:
        ends = [scene.directory.groups.get(held[end]) for end in ("source_group", "target_group")]
        one, other = (each.name.for_(scene.reader) if each else None for each in ends)
        if one is None or other is None:
            return None
        told = _LINKS[held["kind"]]
        label = _(told.msgid, one=one, other=other)
    if act.gone:
        return _("{what}: taken out of the registry", what=label)
    return _("{what}: entered", what=label) if act.made else _("{what}: corrected", what=label)


def _version(scene: Scene, act: Act) -> Words:
    """A version of a mandate or another document: drafted, changed, approved by a decision."""
    _, language = scene.reader.gettext, scene.reader.language
    title = act.about.get(f"title_{language}") or act.about.get("title_en") or act.about.get("title_fr") or ""
    mandate = act.about.get("kind") == "mandate"
    values = {
        "document": groups.field("mandate", scene.reader) if mandate else Words.verbatim(title),
        "number": Words.verbatim(act.held["number"]),
    }
    if "decision" in act.fields:
        effective = PartialDate.parse(act.held["effective_text"]) if "effective_text" in act.held else None
        if effective and effective.first > _day(scene, act.at).last:
            return _("{document}: version {number} was approved, in effect from {date}", **values, date=scene.reader.date(effective))
        return _("{document}: version {number} was approved", **values)
    return _("{document}: version {number} was drafted", **values) if act.made else _("{document}: version {number} was changed", **values)


def _tie(scene: Scene, act: Act) -> Words | None:
    """What a group has to do with a priority: the other end is named."""
    _, ends = scene.reader.gettext, _ends(scene, act.held)
    if ends is None:
        return None
    if act.gone:
        return _("{group} and {priority}: no longer tied", **ends)
    if "strength" not in act.fields and not act.made:
        return _("{group} and {priority}: why, written anew", **ends)
    strength = STRENGTHS[cast("Strength", act.held["strength"])].for_(scene.reader)
    return _("{group} and {priority}: {strength}", **ends, strength=strength.inside)


def _ends(scene: Scene, held: Mapping[str, str]) -> dict[str, Words] | None:
    known = scene.directory
    group, priority = known.groups.get(held.get("group", "")), known.priorities.get(held.get("priority", ""))
    return {"group": group.name.for_(scene.reader), "priority": priority.name.for_(scene.reader)} if group and priority else None


def _recommendation(scene: Scene, act: Act) -> Words | None:
    if act.made:
        return scene.reader.gettext("a recommendation was proposed")
    settled = _SETTLED.get(act.fields.get("status", (None, None))[1] or "")
    return settled.for_(scene.reader) if settled else None


def _decision(scene: Scene, act: Act) -> Words | None:
    _ = scene.reader.gettext
    found = next((each for each in scene.directory.decisions if each.id == act.subject_id), None)
    if "number" in act.fields and found:
        return _("decision {number} was taken", number=found.label)
    if act.gone:
        return _("a proposed decision was withdrawn")
    if act.made:
        return _("a decision was proposed")
    return _("decision {number} was corrected", number=found.label) if found and found.number else None


def _meeting(scene: Scene, act: Act) -> Words | None:
    _, held = scene.reader.gettext, act.held.get("held_text")
    day = PartialDate.parse(held) if held else None
    when = scene.reader.date(day) if day else None
    if act.fields.get("state", (None, None))[1] == "cancelled":
        return _("a meeting was cancelled ({date})", date=when) if when else _("a meeting was cancelled")
    if act.made and act.held.get("series"):
        return _("a series of meetings was arranged")
    if act.made and day and when and day.last < _day(scene, act.at).first:
        return _("a meeting of the past was entered ({date})", date=when)
    if act.made:
        return _("a meeting was arranged ({date})", date=when) if when else _("a meeting was arranged")
    if when and act.fields.keys() & {"held_text", "at"}:
        return _("a meeting was moved ({date})", date=when)
    return None


def _plan(scene: Scene, act: Act) -> Words | None:
    state = _PLANS.get(act.fields.get("state", (None, None))[1] or "")
    return state.for_(scene.reader) if state and not act.made else None


_TELLS: Final[Mapping[str, Callable[[Scene, Act], Words | None]]] = {
    "group": _record,
    "priority": _record,
    "role": _role,
    "alignment": _tie,
    "recommendation": _recommendation,
    "decision": _decision,
    "meeting": _meeting,
    "workplan": _plan,
    "alias": _name,
    "provenance": _confirmed,
    "link": _stated,
    "objective": _stated,
    "document_version": _version,
}
"""By the table that keeps it."""
HANDLERS: Final[dict[str, Handler]] = by_name(what_changed)
