"""App Home: drawn when somebody opens it, and after each click in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy.orm import Session

from bot.blocks import Block, Home, Message, divider
from bot.caller import Caller
from bot.door import Door
from bot.home import views
from bot.visit import Visit
from cadre.core.i18n import LOCALES, Language, is_language, language_of
from cadre.people import service as people

Section: TypeAlias = Callable[[Session, Caller], Iterable[Block]]
"""What a part shows to somebody, as the registry has it: nothing where it has nothing for them."""


@dataclass(frozen=True, slots=True)
class AppHome:
    """The sections of App Home, in order: each capability contributes its own (``bot.app``)."""

    sections: tuple[Section, ...]

    def register(self, door: Door) -> None:
        """At the door."""
        door.openings["app_home_opened"] = self.opened
        door.actions[views.LANGUAGE] = choose

    async def opened(self, visit: Visit) -> None:
        """Somebody looks at it; the tab of messages is no concern of ours."""
        if visit.body["event"].get("tab", "home") == "home":
            await self.draw(visit)

    async def draw(self, visit: Visit) -> None:
        """Draw it anew, from the registry."""
        await visit.slack.publish_home(visit.caller.user, await visit.registry.read(self._drawn, visit.caller))

    def _drawn(self, session: Session, caller: Caller) -> Home:
        blocks: list[Block] = list(views.greeting(caller.reader))
        for section in self.sections:
            found = list(section(session, caller))
            blocks += [divider(), *found] if found else []
        return Home(tuple(blocks))


def language(session: Session, caller: Caller) -> Iterable[Block]:
    """The choice of language."""
    return views.language(people.language(session, caller.identity), caller.reader)


async def choose(visit: Visit) -> None:
    """A language chosen in App Home, which is then drawn in it."""
    value = visit.action["selected_option"]["value"]
    await _keep(visit, value if is_language(value) else None)


async def english(visit: Visit) -> None:
    """English, by a word."""
    await _keep(visit, "en")
    await visit.whisper(Message(visit.caller.reader.gettext("From now on I write to you in English.")))


async def french(visit: Visit) -> None:
    """French, by a word."""
    await _keep(visit, "fr")
    await visit.whisper(Message(visit.caller.reader.gettext("From now on I write to you in French.")))


async def _keep(visit: Visit, language: Language | None) -> None:
    await visit.registry.write(visit.caller.actor, people.choose_language, visit.caller.identity, language)
    slack_says = visit.callers.locale(visit.caller.team, visit.caller.user)
    reader = replace(visit.caller.reader, locale=LOCALES[language or language_of(slack_says)])
    visit.caller = replace(visit.caller, reader=reader)
