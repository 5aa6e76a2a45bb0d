"""Who is asking: a Slack user, known by what Slack says of them and by what the registry does."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientError

from bot.registry import Registry
from bot.slack import Installation, Slack, SlackError
from cadre.core import clock
from cadre.core.i18n import LOCALES, language_of
from cadre.core.reader import DEFAULT_ZONE, Actor, Reader
from cadre.people import service as people
from cadre.people.rules import Known, SlackProfile

log: Final = logging.getLogger("cadre.caller")

FRESH: Final = 600.0
"""Seconds for which a profile is believed: ``user_change`` reaches one of several web processes, the others find out by this."""
_RETRY: Final = 15.0
"""Seconds before Slack is asked again for a profile that it did not give."""
_KEPT: Final = 10_000
PATIENCE: Final = 2.0
"""Seconds to wait for a profile where nothing else waits for it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A Slack user who does something, and where. ``identity``: their row in the registry; ``name``: as Slack shows it."""

    team: str
    user: str
    channel: str | None
    identity: int
    name: str
    reader: Reader
    actor: Actor
    secretariat: bool

    @property
    def public(self) -> Reader:
        """The same language and time zone, but anyone's entitlements: for what others will see too."""
        return replace(self.reader, person=None, roles=frozenset())


@dataclass(frozen=True, slots=True)
class _Seen:
    profile: SlackProfile
    until: float
    reader: Reader


class Callers:
    """Callers, with Slack's profiles of them kept in memory. What the registry says of them is read each time: it may change."""

    def __init__(self, registry: Registry, slack: Slack) -> None:
        self._registry = registry
        self._slack = slack
        self._seen: OrderedDict[tuple[str, str], _Seen] = OrderedDict()

    async def complete(self, team: str, user: str, channel: str | None = None, *, patience: float = PATIENCE) -> Caller:
        """Who somebody is. Waits for Slack for ``patience`` seconds at most; without its answer, by what the registry knows."""
        profile = await self._profile(team, user, patience)
        known = await self._registry.read(people.recognise, profile)
        if known is None:
            newcomer = Actor(f"{profile.name or user} ({user})")
            known = await self._registry.write(newcomer, people.identify, profile)
        found = caller(profile, known, channel)
        seen = self._seen.get((team, user))
        if seen:
            self._seen[team, user] = replace(seen, reader=found.public)
        return found

    async def name(self, team: str, user: str) -> str | None:
        """What somebody is called who is spoken of: as the registry has them, else as Slack shows them. Nothing is written of them."""
        known = await self._registry.read(people.person_name_of, team, user)
        return known or (await self._profile(team, user, PATIENCE)).name or None

    def forget(self, team: str, user: str) -> None:
        """Slack says that something about a user changed."""
        self._seen.pop((team, user), None)

    def locale(self, team: str, user: str) -> str | None:
        """The locale that Slack last gave for a user."""
        seen = self._seen.get((team, user))
        return seen.profile.locale if seen else None

    def reader(self, team: str, user: str) -> Reader:
        """In which language a user is written to where nobody may wait to find out: the one that they were last written to in."""
        seen = self._seen.get((team, user))
        return seen.reader if seen else Reader()

    async def _profile(self, team: str, user: str, patience: float) -> SlackProfile:
        seen = self._seen.get((team, user))
        if seen and clock.ticks() < seen.until:
            self._seen.move_to_end((team, user))
            return seen.profile
        try:
            async with asyncio.timeout(patience):
                profile = profile_of(team, await self._slack.user(user), await self._slack.installation())
        except (SlackError, ClientError, TimeoutError) as problem:
            log.warning("users.info gave no profile of %s: %s", user, problem or type(problem).__name__)
            profile = seen.profile if seen else SlackProfile(team, user)
            self._keep(profile, _RETRY)
            return profile
        self._keep(profile, FRESH)
        return profile

    def _keep(self, profile: SlackProfile, seconds: float) -> None:
        before = self._seen.get((profile.team, profile.user))
        reader = before.reader if before else Reader(LOCALES[language_of(profile.locale)], _zone(profile.zone))
        self._seen[profile.team, profile.user] = _Seen(profile, clock.ticks() + seconds, reader)
        self._seen.move_to_end((profile.team, profile.user))
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)


def caller(profile: SlackProfile, known: Known, channel: str | None) -> Caller:
    """A caller by what is known: their own choice of language, else Slack's, else English."""
    locale = LOCALES[known.language or language_of(profile.locale)]
    name = known.name or profile.user
    return Caller(
        team=profile.team,
        user=profile.user,
        channel=channel,
        identity=known.identity,
        name=name,
        reader=Reader(locale, _zone(profile.zone), known.person, known.roles),
        actor=Actor(f"{name} ({profile.user})", known.person, known.email),
        secretariat=known.secretariat,
    )


def profile_of(team: str, user: dict[str, Any], own: Installation) -> SlackProfile:
    """A user as ``users.info`` and ``user_change`` give them: https://docs.slack.dev/reference/objects/user-object

    An address proves something only where ``is_email_confirmed`` says so, and only of users of the own workspace or, in an
    Enterprise Grid, of the own organization: own as the token has it, whatever workspace the payload named.
    """
    profile = user.get("profile", {})
    confirmed = user.get("is_email_confirmed")
    return SlackProfile(
        team=team,
        user=user["id"],
        name=profile.get("real_name") or user.get("real_name") or profile.get("display_name") or user.get("name") or user["id"],
        email=profile.get("email"),
        email_confirmed=None if confirmed is None else bool(confirmed) and not user.get("is_bot"),
        at_home=_at_home(user, own),
        locale=user.get("locale"),
        zone=user.get("tz"),
    )


def _at_home(user: dict[str, Any], own: Installation) -> bool | None:
    """Whether a user is of the own workspace or organization; None where what Slack gave does not tell."""
    if user.get("is_stranger"):
        return False
    team, grid = user.get("team_id"), user.get("enterprise_user", {}).get("enterprise_id")
    if team == own.team or (own.enterprise is not None and grid == own.enterprise):
        return True
    return None if team is None or (own.enterprise and grid is None) else False


def _zone(name: str | None) -> str:
    """A zone of the pinned zone data; Ottawa's for one that it does not have."""
    try:
        return ZoneInfo(name).key if name else DEFAULT_ZONE
    except (KeyError, ValueError):
        return DEFAULT_ZONE
