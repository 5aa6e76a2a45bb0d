"""Who a Slack user is: found again, matched to a person of the registry, and what Cadre knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, column, func, select, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import NotFound
from cadre.core.i18n import Language, is_language
from cadre.core.models import Alias, Provenance, Source
from cadre.core.reader import Actor
from cadre.people.models import Identity, Jurisdiction, Person, Role
from cadre.people.rules import SECRETARIAT, ConfirmedRole, HeldRole, Known, PersonChoice, SlackProfile, matches, rights

CONFIRMED: Final = "confirmed"
_OF_RIGHTS: Final = ("role", "since_text", "since_first", "since_last", "until_text", "until_first", "until_last")
_SAME_USER: Final = select(Identity).where(Identity.team == bindparam("team"), Identity.user == bindparam("user"))
_OF_ROLE: Final = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == "record")


def recognise(session: Session, profile: SlackProfile) -> Known | None:
    """Who a Slack user is, if nothing is to be written for it; None for somebody new, or of whom Slack says something new."""
    found = _same_user(session, profile.team, profile.user)
    if found is None or _news(session, found, profile):
        return None
    return _known(session, found)


def identify(session: Session, profile: SlackProfile) -> Known:
    """Who a Slack user is: finds or makes their identity, and matches it to a person by a verified e-mail address.

    An empty ``name`` says that Slack did not answer: what is known of them already is then left as it is.
    """
    found = _same_user(session, profile.team, profile.user) or _new_identity(session, profile.team, profile.user)
    news = _news(session, found, profile)
    person = news.pop("person", None)
    for field, value in news.items():
        setattr(found, field, value)
    session.flush()
    if person:
        link(session, found, person)
    return _known(session, found)


def link(session: Session, identity: Identity, person: str) -> bool:
    """Say that a Slack user is a person; False, and nothing done, where the record came to be another user's of the workspace."""
    try:
        with session.begin_nested():
            identity.person = person
    except IntegrityError:
        return False
    return True


def person_name_of(session: Session, team: str, user: str) -> str | None:
    """The name in the registry of whom a Slack user is known to be; None for somebody without a record."""
    return session.scalar(
        select(Person.name).join(Identity, Identity.person == Person.id).where(Identity.team == team, Identity.user == user)
    )


def identities(session: Session, team: str) -> dict[str, Known]:
    """All users of a workspace whom Cadre knows, by their Slack id."""
    return {row.user: _known(session, row) for row in session.scalars(select(Identity).where(Identity.team == team))}


def choose_language(session: Session, identity: int, language: Language | None) -> None:
    """A person's own choice of language; None: as Slack says. Raises NotFound for an identity that is not there."""
    found = session.get(Identity, identity)
    if found is None:
        raise NotFound(str(identity))
    found.language = language


def is_secretariat(session: Session, actor: Actor) -> bool:
    """Whether somebody acts for the secretariat now: named in the settings by their verified address, or confirmed in that role."""
    return _named_secretariat(session, actor.email) or (actor.person is not None and SECRETARIAT in _rights(session, actor.person))


def _named_secretariat(session: Session, email: str | None) -> bool:
    named: frozenset[str] = session.info.get("secretariat", frozenset())
    return email is not None and email.casefold() in {each.casefold() for each in named}


def secretariat_identities(session: Session, team: str) -> tuple[Known, ...]:
    """The members of the secretariat whom Cadre can write to in a workspace."""
    named = sorted(email.casefold() for email in session.info.get("secretariat", frozenset()))
    confirmed = select(Role.person).join(Provenance, _OF_ROLE).where(Role.role == SECRETARIAT, Provenance.standing == CONFIRMED)
    rows = session.scalars(
        select(Identity)
        .where(Identity.team == team, func.lower(Identity.email).in_(named) | Identity.person.in_(confirmed))
        .order_by(Identity.id)
    )
    return tuple(known for known in (_known(session, row) for row in rows) if known.secretariat)


def secretariat_people(session: Session) -> tuple[str, ...]:
    """The people of the registry who act for the secretariat now, in Slack or not."""
    named = sorted(email.casefold() for email in session.info.get("secretariat", frozenset()))
    confirmed = session.scalars(
        select(Role.person).join(Provenance, _OF_ROLE).where(Role.role == SECRETARIAT, Provenance.standing == CONFIRMED).distinct()
    )
    by_right = {person for person in confirmed if SECRETARIAT in _rights(session, person)}
    if named:
        by_right |= set(session.scalars(select(Person.id).where(func.lower(Person.email).in_(named))))
        by_right |= set(session.scalars(select(Identity.person).where(func.lower(Identity.email).in_(named), Identity.person.is_not(None))))
    return tuple(sorted(by_right))


def unmet_secretariat(session: Session, team: str) -> tuple[str, ...]:
    """Addresses of the settings that no Slack user of a workspace is known to have yet."""
    named = {email.casefold() for email in session.info.get("secretariat", frozenset())}
    met = session.scalars(select(func.lower(Identity.email)).where(Identity.team == team, func.lower(Identity.email).in_(named)))
    return tuple(sorted(named - set(met)))


def user_of(session: Session, identity: int) -> str:
    """The Slack user of an identity. Raises NotFound."""
    found = session.get(Identity, identity)
    if found is None:
        raise NotFound(str(identity))
    return found.user


def search_people(session: Session, text: str, limit: int = 100) -> tuple[PersonChoice, ...]:
    """Records whose name or alias holds every word typed, by name; all of them, up to the limit, for no words.

    What was invented to show Cadre comes after the real people.
    """
    names: dict[str, list[str]] = {}
    for id_, name in session.execute(select(Person.id, Person.name)):
        names[id_] = [name]
    for id_, alias in session.execute(select(Alias.subject_id, Alias.text).where(Alias.subject == "person")):
        names.setdefault(id_, []).append(alias)
    of_person = (Provenance.subject == "person") & (Provenance.field == "record")
    shown = select(Provenance.subject_id).join(Source, Source.id == Provenance.source).where(of_person, Source.origin == "demonstration")
    invented = frozenset(session.scalars(shown))
    found = sorted((id_ for id_ in names if matches(text, names[id_])), key=lambda id_: (id_ in invented, names[id_][0].casefold()))
    return person_choices(session, found[:limit])


def person_choice(session: Session, person: str) -> PersonChoice:
    """A record by its id, with the jurisdiction's name. Raises NotFound."""
    found = person_choices(session, [person])
    if not found:
        raise NotFound(person)
    return found[0]


def person_choices(session: Session, people: Sequence[str]) -> tuple[PersonChoice, ...]:
    """Records by their ids, with the jurisdictions' names, in the order given; without those that the registry does not have."""
    of_person = Person.jurisdiction == Jurisdiction.id
    rows = session.execute(select(Person, Jurisdiction).outerjoin(Jurisdiction, of_person).where(Person.id.in_(people)))
    found = {person.id: PersonChoice(person.id, person.name, where.name if where else None) for person, where in rows}
    return tuple(found[id_] for id_ in people if id_ in found)


def held_roles(session: Session, person: str) -> tuple[HeldRole, ...]:
    """The roles of a person that are not known to have ended, in the order of their source."""
    rows = session.execute(
        select(Role, Provenance.standing).outerjoin(Provenance, _OF_ROLE).where(Role.person == person).order_by(Role.number, Role.id)
    )
    roles = (_held(session, role, standing) for role, standing in rows)
    today = clock.today(session)
    return tuple(role for role in roles if not role.ended_by(today))


def language_of_identity(identity: Identity) -> Language | None:
    """Their own choice, if they made one."""
    return identity.language if is_language(identity.language) else None


def _held(session: Session, role: Role, standing: str | None) -> HeldRole:
    target = _named(session, "group", role.group) or _named(session, "priority", role.priority) or Bilingual(role.id, role.id)
    return HeldRole(
        id=role.id,
        role=role.role,
        target=target,
        jurisdiction=_named(session, "jurisdiction", role.jurisdiction),
        on_behalf_of=_named(session, "group", role.on_behalf_of),
        since=role.since,
        until=role.until,
        confirmed=standing == CONFIRMED,
    )


def _named(session: Session, record: str, id_: str | None) -> Bilingual | None:
    """The name of a record. By the table's name: groups and priorities are areas above this one, as their foreign keys are."""
    if id_ is None:
        return None
    if record == "jurisdiction":
        found = session.get(Jurisdiction, id_)
        return found.name if found else None
    above = table(record, column("id"), column("name_en"), column("name_fr"))
    row = session.execute(select(above.c.name_en, above.c.name_fr).where(above.c.id == id_)).one_or_none()
    return Bilingual(row.name_en, row.name_fr) if row else None


def _same_user(session: Session, team: str, user: str) -> Identity | None:
    return session.scalar(_SAME_USER, {"team": team, "user": user})


def _new_identity(session: Session, team: str, user: str) -> Identity:
    """Two events of a new user may arrive together: the second finds what the first one made."""
    made = Identity(team=team, user=user, name="")
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        first = _same_user(session, team, user)
        if first is None:
            raise
        return first
    return made


def _news(session: Session, identity: Identity, profile: SlackProfile) -> dict[str, str | None]:
    """What of an identity is to change, by what Slack says now. An address that was confirmed stands until Slack says otherwise."""
    if not profile.name:
        return {}
    email = profile.verified_email
    said = {"name": profile.name[:200], **({"email": email} if profile.tells_address else {})}
    said |= {name: value for name, value in (("locale", profile.locale), ("zone", profile.zone)) if value}
    news = {field: value for field, value in said.items() if getattr(identity, field) != value}
    if identity.person is None and email and (person := _by_email(session, profile.team, email)):
        news["person"] = person
    return news


def _by_email(session: Session, team: str, email: str) -> str | None:
    """The one person with an address, unless the record belongs to another user of the workspace already."""
    people = session.scalars(select(Person.id).where(func.lower(Person.email) == email)).all()
    if len(people) != 1 or session.scalar(select(Identity.id).where(Identity.team == team, Identity.person == people[0])):
        return None
    return people[0]


def _known(session: Session, identity: Identity) -> Known:
    held = _rights(session, identity.person) if identity.person else frozenset()
    if _named_secretariat(session, identity.email):
        held |= {SECRETARIAT}
    return Known(
        identity=identity.id,
        name=identity.name,
        email=identity.email,
        person=identity.person,
        roles=held,
        language=language_of_identity(identity),
        secretariat=SECRETARIAT in held,
    )


# The groups by their table's name, as in ``_named``. Both statements are made once, and the second reads past the mapper: each question
# begins with them.
_GROUP: Final = table("group", column("id"), column("kind"))
_HELD: Final = (
    select(*(Role.__table__.c[name] for name in _OF_RIGHTS), _GROUP.c.kind)
    .select_from(Role)
    .join(Provenance, _OF_ROLE)
    .outerjoin(_GROUP, _GROUP.c.id == Role.group)
    .where(Role.person == bindparam("person"), Provenance.standing == CONFIRMED)
)


def _rights(session: Session, person: str) -> frozenset[str]:
    """The kinds of role that somebody is confirmed to hold now."""
    rows = session.connection().execute(_HELD, {"person": person})
    confirmed = (ConfirmedRole(row[0], _partial(*row[1:4]), _partial(*row[4:7]), row[7]) for row in rows)
    return rights(confirmed, clock.today(session))


def _partial(text: str | None, first: date | None, last: date | None) -> PartialDate | None:
    return PartialDate(text, first, last) if text and first and last else None
