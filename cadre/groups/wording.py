"""How groups are worded, once for all faces: states, quorums, what a kind must have, roles with their time."""

from __future__ import annotations

from collections.abc import Iterator

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.french import Article, Name, article
from cadre.core.reader import OPERATOR, Reader
from cadre.core.reader import named as named_by
from cadre.core.words import Words
from cadre.groups.card import GroupCard, GroupRef, KindFacts
from cadre.groups.roles import RoleEntry
from cadre.people import wording


def name(group: GroupCard | GroupRef, reader: Reader) -> Name:
    """A group, ready for a sentence: « du Groupe de travail sur les canots »."""
    return named(group.name, reader, group.article)


def named(name: Bilingual, reader: Reader, stored: Article | None = None) -> Name:
    """The same of a name alone. ``stored``: its French article, where its first noun does not tell."""
    text = name.for_(reader)
    return Name.make(text, reader.language, article(text) if stored is None else stored, definite=True)


def kind(held: Bilingual, reader: Reader) -> Name:
    """A kind of group, ready for a sentence: "a working group", « une communauté de pratique »."""
    text = held.for_(reader)
    return reader.name(text, article(text))


def state(held: str | None, reader: Reader) -> Words:
    """ "active"."""
    _ = reader.gettext
    names = {"proposed": _("proposed"), "active": _("active"), "dormant": _("dormant"), "sunset": _("sunset")}
    return names.get(held or "", _("not stated"))


def quorum(held: str, reader: Reader) -> Words:
    """How many must come."""
    _ = reader.gettext
    names = {
        "half": _("half of those invited"),
        "majority": _("more than half of those invited"),
        "two_thirds": _("two thirds of those invited"),
    }
    return names.get(held, Words.verbatim(held))


def must_have(kind: KindFacts, reader: Reader) -> list[Words]:
    """What each group of a kind must have; nothing where nothing is asked of it."""
    _ = reader.gettext
    asked = (
        (kind.needs_mandate, _("a defined mandate")),
        (kind.needs_workplan, _("a workplan that the Council approves twice a year")),
        (kind.needs_meetings, _("scheduled meetings")),
        (kind.needs_council_co_chair, _("at least one co-chair who is a member of the Councils")),
    )
    return [words for needed, words in asked if needed]


def role(entry: RoleEntry, reader: Reader) -> Words:
    """ "Co-chair: Ann Lake (Bellorme), on behalf of PSSDC, October 2017 to 2019; to be confirmed"."""
    _ = reader.gettext
    who = Words.verbatim(entry.name)
    if entry.jurisdiction_name:
        who = _("{text} ({more})", text=who, more=entry.jurisdiction_name.for_(reader))
    told = [_("{role}: {who}", role=wording.role(entry.role, reader), who=who)]
    if entry.on_behalf_of_name:
        told.append(_("on behalf of {council:the}", council=named(entry.on_behalf_of_name, reader)))
    told += time(entry.since, entry.until, reader)
    said = Words.joined(", ", told)
    return said if entry.confirmed else _("{text}; to be confirmed", text=said)


def time(since: PartialDate | None, until: PartialDate | None, reader: Reader) -> Iterator[Words]:
    """ "from October 2017 to 2019", "since October 2017", "until 2019"; nothing where no date is known."""
    _ = reader.gettext
    if since and until:
        yield _("from {since} to {until}", since=reader.date(since), until=reader.date(until))
    elif since:
        yield _("since {since}", since=reader.date(since))
    elif until:
        yield _("until {until}", until=reader.date(until))


def by(label: str, reader: Reader) -> Words:
    """Who changed something: "Sam Okafor"; whoever runs Cadre has no name there."""
    return reader.gettext("whoever runs Cadre") if label == OPERATOR.label else Words.verbatim(named_by(label))


def fact(subject: str, of: str, says: Bilingual, held: str | None, reader: Reader) -> Words:
    """ "Name, in French: Groupe de travail sur les abeilles"; of a role (``held``) who holds it."""
    _ = reader.gettext
    what = _said(subject, of, says, reader)
    if held:
        return _("{role}: {who}", role=wording.role(held, reader), who=what)
    name, _dot, language = of.partition(".")
    whole = name == "record"
    if whole and subject not in ("group", "link", "objective"):
        return _("The record itself: {what}", what=what)
    label = field(subject if whole and subject != "group" else name, reader)
    return _("{name}: {what}", name=in_language(label, language, reader), what=what)


def _said(subject: str, of: str, says: Bilingual, reader: Reader) -> Words:
    """What it says: a choice as people call it."""
    _, said = reader.gettext, says.en or ""
    if of == "state":
        return state(said, reader)
    if (subject, of) == ("meeting", "kind"):
        return _("in person") if said == "in_person" else _("teleconference")
    return says.for_(reader) or _("nothing")


def in_language(label: Words, language: str, reader: Reader) -> Words:
    """What a field is called in one language: "Name, in French"; in none named, as it is."""
    _ = reader.gettext
    if not language:
        return label
    return _("{field}, in English", field=label) if language == "en" else _("{field}, in French", field=label)


def field(name: str, reader: Reader) -> Words:
    """What a field of a record is called: "Description"; and a link or objective as a whole."""
    _ = reader.gettext
    names = {
        "record": _("The group itself"),
        "name": _("Name"),
        "plural": _("Plural"),
        "short": _("Abbreviation"),
        "title": _("Title"),
        "label": _("Label"),
        "kind": _("Kind"),
        "target_kind": _("Kind that it is to become"),
        "state": _("State"),
        "owner": _("Reports to"),
        "parent": _("Part of"),
        "quorum": _("Quorum"),
        "channel": _("Channel in Slack"),
        "description": _("Description"),
        "email": _("E-mail address"),
        "phone": _("Telephone"),
        "definition": _("Definition"),
        "mandate": _("Mandate"),
        "note": _("Note"),
        "aliases": _("Other names"),
        "acronyms": _("Acronyms"),
        "link": _("Link to a group"),
        "capacity": _("In which capacity"),
        "purpose": _("Purpose"),
        "objective": _("Objective"),
        "seats": _("Council seats"),
        "wording": _("Wording"),
        "question": _("Question"),
        "rationale": _("Rationale"),
        "consequence": _("Consequence"),
        "agreed": _("Wording of the decision"),
        "otherwise": _("Wording of the decision, if that is not agreed"),
        "place": _("Place"),
        "locative": _("Where it is, in a sentence"),
        "section": _("Region"),
        "zone": _("Time zone"),
        "article": _("Article"),
        "group": _("Group"),
        "meeting": _("Meeting"),
        "strength": _("Strength"),
        "about": _("About"),
        "on_behalf_of": _("On behalf of"),
        "jurisdiction": _("Jurisdiction"),
        "held": _("Date"),
    }
    return names.get(name, Words.verbatim(name))
