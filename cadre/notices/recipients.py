"""Whom notices reach, and how: their zone and language, what they chose, and the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cadre.core.calendar import FEDERAL, PLACES
from cadre.core.i18n import Language, is_language, language_of
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import chunks, found_or_added
from cadre.notices.models import Preference
from cadre.notices.rules import CLOSES, OPENS, Recipient
from cadre.people.models import Identity, Jurisdiction, Person
from cadre.people.service import secretariat_people

_MEMBERS: Final = 3
"""Of the secretariat, whose addresses stand for it where it has none of its own."""


def recipients(session: Session, persons: Iterable[str] | None = None) -> dict[str, Recipient]:
    """People by their record; all of them where none are named. Whoever is not in the registry is left out."""
    if persons is None:
        return _found(session, None)
    return {person: found for some in chunks(persons) for person, found in _found(session, some).items()}


def _found(session: Session, persons: list[str] | None) -> dict[str, Recipient]:
    above = {row.id: (row.parent, row.zone) for row in session.execute(select(Jurisdiction.id, Jurisdiction.parent, Jurisdiction.zone))}
    rows = session.execute(_PEOPLE if persons is None else _PEOPLE.where(Person.id.in_(persons))).all()
    met = _met(session, [row for row in rows if _said(row) is None])
    return {row.id: _recipient(row, above, met.get(row.id)) for row in reversed(rows)}


def _met(session: Session, rows: Sequence[Any]) -> dict[str, str | None]:
    """Of those who are not linked to a Slack user, the locale of the one who has their address or, alone, their name: they are not
    written to there, but read the language that it says.
    """
    unlinked = [row for row in rows if row.user is None]
    if not unlinked:
        return {}
    names, emails = {row.name for row in unlinked}, {row.email.casefold() for row in unlinked if row.email}
    query = select(Identity.name, func.lower(Identity.email).label("email"), Identity.locale).where(
        Identity.person.is_(None), Identity.locale.is_not(None), or_(Identity.name.in_(names), func.lower(Identity.email).in_(emails))
    )
    users = session.execute(query).all()

    def alike(row: Any) -> list[str]:
        found = [user.locale for user in users if row.email and user.email == row.email.casefold()]
        return found or [user.locale for user in users if user.name == row.name]

    found = {row.id: alike(row) for row in unlinked}
    return {id_: locales[0] for id_, locales in found.items() if len(set(locales)) == 1}


def _said(row: Any) -> str | None:
    """What says in which language to write to somebody."""
    said: str | None = row.language or row.chosen_language or row.locale
    return said


def keep_language(session: Session, person: str, language: Language) -> None:
    """Write to somebody in a language, where nothing else says in which: neither they nor Slack."""
    session.flush()
    rows = session.execute(_PEOPLE.where(Person.id == person)).all()
    if not rows or any(_said(row) for row in rows) or _met(session, rows):
        return
    row = found_or_added(session, select(Preference).where(Preference.person == person), Preference(person=person))
    row.language = language
    session.flush()


def secretariat_mailbox(session: Session) -> str | None:
    """Where the secretariat reads what people write to it: the address of the settings; without one, those of its members."""
    if mailbox := session.info.get("mailbox"):
        return str(mailbox)
    members = secretariat_people(session)
    emails = session.scalars(select(Person.email).where(Person.id.in_(members), Person.email.is_not(None)).order_by(Person.id)).all()
    return ", ".join(email for email in emails[:_MEMBERS] if email) or None


_IDENTITY: Final = (Identity.user, Identity.email.label("slack_email"), Identity.language, Identity.locale, Identity.zone)
_CHOSEN: Final = (
    Preference.language.label("chosen_language"),
    Preference.rhythm,
    Preference.opens,
    Preference.closes,
    Preference.off,
    Preference.way,
)
_PEOPLE: Final = (
    select(Person.id, Person.name, Person.jurisdiction, Person.email, *_IDENTITY, *_CHOSEN)
    .outerjoin(Identity, Identity.person == Person.id)
    .outerjoin(Preference, Preference.person == Person.id)
    .order_by(Person.id, Identity.id)
)


def _recipient(row: Any, above: Mapping[str, tuple[str | None, str | None]], met: str | None) -> Recipient:
    zone_there = above[row.jurisdiction][1] if row.jurisdiction in above else None
    return Recipient(
        person=row.id,
        name=row.name,
        place=_place(row.jurisdiction, above),
        jurisdiction=row.jurisdiction,
        zone=_known_zone(row.zone) or _known_zone(zone_there) or DEFAULT_ZONE,
        language=_language(row.language, row.chosen_language, row.locale or met),
        rhythm=row.rhythm or "weekly",
        opens=OPENS if row.opens is None else row.opens,
        closes=CLOSES if row.closes is None else row.closes,
        off=frozenset((row.off or "").split()),
        way=row.way or "slack",
        user=row.user,
        email=row.email or row.slack_email,
        unsaid=_said(row) is None and met is None,
    )


@cache
def _known_zone(name: str | None) -> str | None:
    """A zone of the pinned zone data; None for one that it does not have: Slack may be ahead of it."""
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):
        return None


def _language(own: str | None, chosen: str | None, locale: str | None) -> Language:
    """Their own choice, in Slack or for e-mail; else as Slack says."""
    if is_language(own):
        return own
    return chosen if is_language(chosen) else language_of(locale)


def _place(jurisdiction: str | None, above: Mapping[str, tuple[str | None, str | None]]) -> str:
    """Whose days off count: of the province or territory that a jurisdiction is or lies in; else the federal list."""
    seen: set[str] = set()
    while jurisdiction and jurisdiction not in seen:
        if jurisdiction in PLACES:
            return jurisdiction
        seen.add(jurisdiction)
        jurisdiction = above.get(jurisdiction, (None, None))[0]
    return FEDERAL
