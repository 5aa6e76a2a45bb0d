"""What the secretariat, and those who lead, write of a group. Of two who do so at once neither erases what the other wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid, Message
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.ids import free_id, spelled
from cadre.core.marks import kept, of_text
from cadre.core.models import NAMES, Alias
from cadre.core.typed import is_address, is_phone, replaced, tidy, too_long
from cadre.groups.card import GROUP, GroupCard, card, seats_of
from cadre.groups.facts import COUNCILS
from cadre.groups.finding import plain
from cadre.groups.kinds import DRAFT
from cadre.groups.models import Group, GroupKind
from cadre.groups.rights import LEAD, OVER, group_row, may_describe, one_by_one, require_going, source_for
from cadre.people import seating
from cadre.people import service as people
from cadre.people.service import require_secretariat
from cadre.people.standing import restate, source_of_ours, state_record

STATES: Final = (DRAFT, "active", "dormant")
"""The states that the secretariat gives a group: it is dissolved by a decision only."""
QUORUMS: Final = ("half", "majority", "two_thirds")
SETTINGS: Final = ("kind", "state", "owner", "parent", "quorum", "channel")
TEXTS: Final = ("name", "description", "mandate")
"""What a group says of itself in both languages."""
_CONTACTS: Final = {"email": 200, "phone": 40}
_ALIAS: Final = 300
"""Characters of a name, an address and a number at most."""


def of_settings(held: GroupCard) -> dict[str, str]:
    """What the window of a group's settings shows, field by field."""
    refs = {"kind": held.kind, "owner": held.owner, "parent": held.parent}
    values = {name: ref.id if ref else "" for name, ref in refs.items()}
    return values | {name: getattr(held, name) or "" for name in ("state", "quorum", "channel")}


def of_names(held: GroupCard) -> dict[str, str]:
    """What the window of a group's names shows: aliases and acronyms, one a line."""
    lines = {f"{name}_{language}": "\n".join(getattr(held, name)[language]) for name in NAMES for language in LANGUAGES}
    return of_text("name", held.name) | lines


def of_description(held: GroupCard) -> dict[str, str]:
    """What the window of a group's description and contacts shows."""
    return of_text("description", held.description) | {"email": held.email or "", "phone": held.phone or ""}


def of_seats(held: GroupCard) -> dict[str, str]:
    """What the window of a council's seats shows."""
    return {"seats": " ".join(sorted(each.id for each in held.seats))}


def add_group(session: Session, name_en: str, name_fr: str, owner: str | None) -> str:
    """A draft of a group: proposed, of a council or of none. Gives its id. Raises Forbidden for anyone but the secretariat, Invalid."""
    require_secretariat(session)
    one_by_one(session)
    name_en, name_fr = tidy(name_en), tidy(name_fr)
    _check_name(session, "", name_en, name_fr)
    if owner and session.get(Group, owner) is None:
        raise Invalid(owner=Message("This is not in the registry any more."))
    id_ = free_id(session, Group, spelled(name_en or name_fr, "group"))
    session.add(Group(id=id_, name=Bilingual(name_en or None, name_fr or None), owner=owner or None, state=DRAFT))
    session.flush()
    state_record(session, GROUP, id_, source_for(session, owner), confirmed=True)
    return id_


def save_settings(session: Session, id_: str, typed: Mapping[str, str], shown: Mapping[str, str]) -> GroupCard:
    """Kind, state, whose it is, quorum and channel. Raises Forbidden for anyone but the secretariat, Invalid, NotFound.

    ``shown``, here and below: marks of what the window showed. What another changed meanwhile and whoever saves left alone stays so; where
    both wrote something in one field, Invalid says what stands there now.
    """
    require_secretariat(session)
    row, held = _locked(session, id_)
    wanted = _merged(of_settings(held), typed, shown, ())
    _check_settings(session, id_, wanted)
    for name, value in wanted.items():
        _set(session, row, name, value or None)
    return _saved(session, row)


def save_names(session: Session, id_: str, typed: Mapping[str, str], shown: Mapping[str, str]) -> GroupCard:
    """Name, aliases and acronyms, in both languages. Raises Forbidden for anyone but the secretariat, Invalid, NotFound."""
    require_secretariat(session)
    one_by_one(session)  # no two groups take one name at once
    row, held = _locked(session, id_)
    wanted = _merged(of_names(held), {name: _lines(value) for name, value in typed.items()}, shown, of_names(held))
    _check_name(session, id_, wanted["name_en"], wanted["name_fr"])
    if wrong := {name: text for name, text in wanted.items() if any(len(line) > _ALIAS for line in text.split("\n"))}:
        raise Invalid(**too_long(wrong, _ALIAS))
    if held.name.fr != (wanted["name_fr"] or None):
        row.article = None  # the one of its first noun, unless somebody says otherwise
    _set_text(session, row, "name", wanted)
    for field in NAMES:
        for language in LANGUAGES:
            _set_names(session, id_, field, language, wanted[f"{field}_{language}"])
    return _saved(session, row)


def save_description(session: Session, id_: str, typed: Mapping[str, str], shown: Mapping[str, str]) -> GroupCard:
    """Description and contacts, by those who lead the group or the secretariat. Raises Forbidden for anyone else, Invalid, NotFound."""
    actor = changes.actor(session)
    if not may_describe(session, id_, actor):
        group_row(session, id_)
        raise Forbidden(LEAD)
    row, held = _locked(session, id_)
    wanted = _merged(of_description(held), typed, shown, of_description(held))
    wrong = too_long(_new(wanted, of_text("description", held.description)))
    wrong |= {name: told for name, most in _CONTACTS.items() for told in too_long({name: wanted[name]}, most).values()}
    if wanted["email"] and not is_address(wanted["email"]):
        wrong["email"] = Message("This is no e-mail address.")
    if wanted["phone"] and wanted["phone"] != (held.phone or "") and not is_phone(wanted["phone"]):
        wrong["phone"] = Message("This is no telephone number.")
    if wrong:
        raise Invalid(**wrong)
    _set_text(session, row, "description", wanted)
    for name in _CONTACTS:
        _set(session, row, name, wanted[name] or None)
    return _saved(session, row)


def adopt_mandate(session: Session, id_: str, text: Bilingual) -> bool:
    """The mandate reads as a decision has it: whoever calls this has seen to the decision. Gives whether that is another text than before.

    Raises NotFound.
    """
    found = group_row(session, id_)
    if found.mandate == text or found.state == OVER:  # asked each day of each group: nobody waits for that
        return False
    row = group_row(session, id_, lock=True)
    row.mandate = text
    session.flush()
    restate(session, GROUP, id_, "mandate", source_for(session, id_), confirmed=True)
    return True


def save_seats(session: Session, id_: str, jurisdictions: Collection[str], shown: Mapping[str, str]) -> GroupCard:
    """The seats of a council, as a list of the secretariat's own; none: by roles again. Raises Forbidden for anyone but the secretariat,
    Invalid for a group that is no council or where another changed the list meanwhile, NotFound.
    """
    require_secretariat(session)
    row, held = _locked(session, id_)
    if row.kind not in COUNCILS:
        raise Invalid(seats=Message("Only a council has seats."))
    wanted = _merged(of_seats(held), {"seats": " ".join(sorted(jurisdictions))}, shown, ())
    seating.keep(session, id_, wanted["seats"].split())
    _keep_seats(session, held)
    return card(session, id_, changes.actor(session))


def _keep_seats(session: Session, before: GroupCard) -> None:
    """The list as one Change of the council, by which one sees who made it so."""
    texts = ["; ".join(each.name.en or each.id for each in seats) for seats in (before.seats, seats_of(session, before.id))]
    changes.keep(session, GROUP, before.id, "seats", before=texts[0], after=texts[1])


def _locked(session: Session, id_: str) -> tuple[Group, GroupCard]:
    row = group_row(session, id_, lock=True)
    require_going(session, id_)
    return row, card(session, id_, changes.actor(session))


def _merged(now: Mapping[str, str], typed: Mapping[str, str], shown: Mapping[str, str], texts: Collection[str]) -> dict[str, str]:
    """What is to stand in each field: what was typed, but for what another changed meanwhile and was left alone."""
    given = {name: tidy(value) for name, value in typed.items() if name in now}
    stays = kept(now, given, shown, texts)
    return {name: value if name in stays else given.get(name, value) for name, value in now.items()}


def _saved(session: Session, row: Group) -> GroupCard:
    session.flush()
    return card(session, row.id, changes.actor(session))


def _set(session: Session, row: Group, name: str, value: Bilingual | str | None) -> None:
    """A field, and that it is whoever acts who says so, where it is another than before."""
    if getattr(row, name) == value:
        return
    setattr(row, name, value)
    session.flush()
    actor = changes.actor(session)
    if people.is_secretariat(session, actor):
        restate(session, GROUP, row.id, name, source_for(session, row.id), confirmed=True)
    else:
        title = Bilingual("Stated by those who lead the group", "Indiqué par les responsables du groupe")
        restate(session, GROUP, row.id, name, source_of_ours(session, "leads", title, "stated"), confirmed=False)


def _set_text(session: Session, row: Group, name: str, wanted: Mapping[str, str]) -> None:
    _set(session, row, name, replaced(getattr(row, name), wanted[f"{name}_en"], wanted[f"{name}_fr"]))


def _set_names(session: Session, id_: str, field: str, language: Language, lines: str) -> None:
    kind = NAMES[field]
    of = (Alias.subject == GROUP, Alias.subject_id == id_, Alias.kind == kind, Alias.language == language)
    there = {row.text: row for row in session.scalars(select(Alias).where(*of))}
    wanted = [line for line in lines.split("\n") if line]
    if list(there) == wanted:
        return
    for text in there.keys() - set(wanted):
        session.delete(there[text])
    session.add_all(Alias(subject=GROUP, subject_id=id_, kind=kind, language=language, text=text) for text in wanted if text not in there)
    session.flush()
    restate(session, GROUP, id_, f"{field}.{language}", source_for(session, id_), confirmed=True)


def _lines(text: str) -> str:
    """One name a line, each once, without blanks around it."""
    return "\n".join(dict.fromkeys(line for each in text.splitlines() if (line := tidy(each))))


def _new(wanted: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Of some fields those that are to say something else: what came with a registry file may be longer than a window takes."""
    return {name: wanted[name] for name in now if wanted[name] != now[name]}


def _check_name(session: Session, id_: str, en: str, fr: str) -> None:
    if not (en or fr):
        raise Invalid(name_en=Message("Give the group a name, in one language at least."))
    if wrong := too_long({"name_en": en, "name_fr": fr}, _ALIAS):
        raise Invalid(**wrong)
    taken = {plain(text) for row in session.scalars(select(Group).where(Group.id != id_)) for text in (row.name.en, row.name.fr) if text}
    if both := [f"name_{language}" for language, text in (("en", en), ("fr", fr)) if text and plain(text) in taken]:
        raise Invalid(**{name: Message("Another group has this name.") for name in both})


def _check_settings(session: Session, id_: str, wanted: Mapping[str, str]) -> None:
    wrong: dict[str, Message] = {}
    gone = Message("This is not in the registry any more.")
    if wanted["kind"] and session.get(GroupKind, wanted["kind"]) is None:
        wrong["kind"] = gone
    for name in ("owner", "parent"):
        if wanted[name] and session.get(Group, wanted[name]) is None:
            wrong[name] = gone
        elif wanted[name] and id_ in _above(session, wanted[name], name):
            wrong[name] = Message("This group stands above the one that you choose: it cannot stand below it too.")
    if wanted["state"] == OVER:
        wrong["state"] = Message("A group is dissolved by a decision of its Council.")
    elif wanted["state"] not in ("", *STATES):
        wrong["state"] = gone
    if wanted["quorum"] not in ("", *QUORUMS):
        wrong["quorum"] = gone
    if wrong:
        raise Invalid(**wrong)


def _above(session: Session, id_: str, field: str) -> set[str]:
    """A group, and those that it is of or part of, all the way up."""
    found: set[str] = set()
    at: str | None = id_
    while at and at not in found:
        found.add(at)
        row = session.get(Group, at)
        at = getattr(row, field) if row else None
    return found
