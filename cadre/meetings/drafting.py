"""Minutes as they are proposed: what the registry knows of a meeting, put into sentences, for whoever writes them to go on from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.typed import LONGEST
from cadre.core.words import Words
from cadre.decisions.service import ActionView
from cadre.decisions.wording import recorded
from cadre.meetings.agenda import AgendaView
from cadre.meetings.reading import title
from cadre.meetings.views import InviteeFacts, ItemKind

MOST: Final = 4 * LONGEST
"""Characters of minutes in one language: several fields of a window."""
_GAP: Final = Words.verbatim("")


def proposed(view: AgendaView) -> Bilingual:
    """The minutes in both languages, as long as they may be."""
    zone = view.meeting.facts.zone or DEFAULT_ZONE
    english, french = (_in_language(view, Reader(LOCALES[language], zone))[:MOST] for language in LANGUAGES)
    return Bilingual(english, french)


def _in_language(view: AgendaView, reader: Reader) -> str:
    return "\n".join((*_head(view, reader), *_items(view, reader), *_next(view, reader))).strip()


def _head(view: AgendaView, reader: Reader) -> Iterator[Words]:
    facts = view.meeting.facts
    yield title(view.meeting).marked(reader)
    if facts.starts_at:
        yield reader.moment(facts.starts_at).sentence
    yield from attendance(view.invited, reader)
    if (recorded := view.meeting.counts.recorded) is not None:
        yield reader.gettext("There was a quorum.") if recorded else reader.gettext("There was no quorum.")
    yield _GAP


def attendance(invited: Iterable[InviteeFacts], reader: Reader) -> Iterator[Words]:
    """Who was there and who was not, where that was recorded."""
    _, there, absent = reader.gettext, list[Words](), list[Words]()
    for each in invited:
        if each.attended is not None:
            (there if each.attended else absent).append(Words.verbatim(each.person.name))
    if there:
        yield _("Present: {names}", names=reader.listed(there))
    if absent:
        yield _("Absent: {names}", names=reader.listed(absent))


def attendance_in(text: Bilingual, language: Language) -> tuple[str, ...]:
    """The lines in which minutes in one language say who was there, as they are proposed: blanks do not count."""
    _ = Reader(LOCALES[language], DEFAULT_ZONE).gettext
    none = Words.verbatim("")
    labels = tuple(_plain(each).strip() for each in (_("Present: {names}", names=none), _("Absent: {names}", names=none)))
    return tuple(line.strip() for line in (text.in_(language) or "").splitlines() if _plain(line).startswith(labels))


def other_attendance(text: Bilingual, invited: Iterable[InviteeFacts]) -> bool:
    """Whether minutes, where they say who was there, say otherwise in any language than was recorded."""
    everybody = tuple(invited)
    for language in LANGUAGES:
        recorded = {_plain(line) for line in attendance(everybody, Reader(LOCALES[language], DEFAULT_ZONE))}
        said = set(map(_plain, attendance_in(text, language)))
        if said and said != recorded:
            return True
    return False


def _plain(line: str) -> str:
    return " ".join(str(line).split())


def _items(view: AgendaView, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    for item in view.items:
        yield _("{n}. {title} ({kind})", n=item.number, title=item.title.marked(reader), kind=kind(item.kind, reader))
        yield from (recorded(each, reader) for each in view.decisions if each.item == item.id)
        yield _GAP
    known = {item.id for item in view.items}
    others = [each for each in view.decisions if each.item not in known]
    yield from (recorded(each, reader) for each in others)
    if others:
        yield _GAP


def _next(view: AgendaView, reader: Reader) -> Iterator[Words]:
    for heading, found in (
        (reader.gettext("Actions agreed on"), view.actions),
        (reader.gettext("Actions of earlier meetings that are still open"), view.carried),
    ):
        if found:
            yield heading
            yield from (action(each, reader) for each in found)
            yield _GAP


def action(each: ActionView, reader: Reader) -> Words:
    """What, who, by when, on one line."""
    what = each.facts.wording.marked(reader)
    who = Words.verbatim(each.owner.name) if each.owner else reader.gettext("nobody yet")
    if each.facts.due is None:
        return reader.gettext("{what} ({who})", what=what, who=who)
    return reader.gettext("{what} ({who}, by {date})", what=what, who=who, date=reader.date(each.facts.due))


def kind(of: ItemKind, reader: Reader) -> Words:
    """What an item is for."""
    _ = reader.gettext
    return {"decision": _("for decision"), "discussion": _("for discussion"), "update": _("update")}[of]
