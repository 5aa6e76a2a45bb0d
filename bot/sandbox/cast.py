"""Who is in the workspace when it begins: the people of the demonstration, two newcomers, Cadre."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.slack.workspace import BOT, NAME, Conversation, User
from cadre.core.reader import DEFAULT_ZONE
from cadre.people.models import Jurisdiction, Person

GENERAL: Final = "C0GENERAL"
ORCHARDS: Final = "C0ORCHARDS"
ELSEWHERE: Final = "C0RANDOM"
"""A channel that Cadre is not in, to invite it to."""

_ENGLISH: Final = "en-US"
_FRENCH: Final = "fr-CA"
_LANGUAGES: Final = {
    "jordan-wrenwood": _ENGLISH,
    "robin-ashgrove": _ENGLISH,
    "morgan-fernhill": _ENGLISH,
    "avery-plumridge": _ENGLISH,
    "casey-larkfield": _ENGLISH,
    "alix-beletang": _FRENCH,
    "camille-clairval": _FRENCH,
    "dominique-beaumarais": _FRENCH,
    "maxime-grandchene": _FRENCH,
    "sacha-rivenord": _FRENCH,
}
_NEWCOMERS: Final = {"charlie-oakmere": _ENGLISH, "lois-valdombre": _FRENCH}
"""They have a record, but another address in Slack: Cadre does not know them until they say who they are."""


def users(session: Session) -> dict[str, User]:
    """The people, each in the time zone of their government; those whom the registry does not have are left out."""
    rows = session.execute(select(Person, Jurisdiction.zone).outerjoin(Jurisdiction, Jurisdiction.id == Person.jurisdiction))
    found = {person.id: (person, zone or DEFAULT_ZONE) for person, zone in rows}
    made = {BOT: User(BOT, NAME, tz="America/Toronto", is_bot=True)}
    for id_, locale in (_LANGUAGES | _NEWCOMERS).items():
        if id_ in found:
            person, zone = found[id_]
            email = f"{id_}@newcomers.example" if id_ in _NEWCOMERS else person.email
            user = User(f"U0{id_.partition('-')[0].upper()}", person.name, email, locale, zone)
            made[user.id] = user
    return made


def channels(users: dict[str, User], created: int) -> dict[str, Conversation]:
    """The channels, with everyone in them."""
    everyone = [user.id for user in users.values() if not user.is_bot]
    made = (
        Conversation(GENERAL, "general", [*everyone, BOT], "Everyone · Tout le monde", created=created),
        Conversation(ORCHARDS, "orchards-vergers", [*everyone, BOT], "Orchards, demonstration · Vergers, démonstration", created=created),
        Conversation(ELSEWHERE, "random", everyone, "To invite Cadre to · Pour y inviter Cadre", created=created),
    )
    return {each.id: each for each in made}
