"""Whom notices reach, and how: their zone and language, what they chose, and the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.calendar import FEDERAL, PLACES
from cadre.core.i18n import Language, is_language, language_of
from cadre.core.reader import DEFAULT_ZONE
from cadre.notices.models import Preference
from cadre.notices.rules import CLOSES, OPENS, Recipient
from cadre.people.models import Identity, Jurisdiction, Person

_IN_ONE: Final = 500


def recipients(session: Session, persons: Iterable[str] | None = None) -> dict[str, Recipient]:
    """People by their record; all of them where none are named. Whoever is not in the registry is left out."""
    if persons is None:
        return _found(session, None)
    wanted = list(persons)
    found: dict[str, Recipient] = {}
    for start in range(0, len(wanted), _IN_ONE):
        found |= _found(session, wanted[start : start + _IN_ONE])
    return found


def _found(session: Session, persons: list[str] | None) -> dict[str, Recipient]:
    above = {row.id: (row.parent, row.zone) for row in session.execute(select(Jurisdiction.id, Jurisdiction.parent, Jurisdiction.zone))}
    query = (
        select(Person.id, Person.name, Person.jurisdiction, Person.email, *_IDENTITY, *_CHOSEN)
        .outerjoin(Identity, Identity.person == Person.id)
        .outerjoin(Preference, Preference.person == Person.id)
        .order_by(Person.id, Identity.id)
    )
    if persons is not None:
        query = query.where(Person.id.in_(persons))
    return {row.id: _recipient(row, above) for row in reversed(session.execute(query).all())}


_IDENTITY: Final = (Identity.user, Identity.email.label("slack_email"), Identity.language, Identity.locale, Identity.zone)
_CHOSEN: Final = (
    Preference.language.label("chosen_language"),
    Preference.rhythm,
    Preference.opens,
    Preference.closes,
    Preference.off,
    Preference.way,
)


def _recipient(row: Any, above: Mapping[str, tuple[str | None, str | None]]) -> Recipient:
    zone_there = above[row.jurisdiction][1] if row.jurisdiction in above else None
    return Recipient(
        person=row.id,
        name=row.name,
        place=_place(row.jurisdiction, above),
        jurisdiction=row.jurisdiction,
        zone=_known_zone(row.zone) or _known_zone(zone_there) or DEFAULT_ZONE,
        language=_language(row.language, row.chosen_language, row.locale),
        rhythm=row.rhythm or "weekly",
        opens=OPENS if row.opens is None else row.opens,
        closes=CLOSES if row.closes is None else row.closes,
        off=frozenset((row.off or "").split()),
        way=row.way or "slack",
        user=row.user,
        email=row.email or row.slack_email,
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
