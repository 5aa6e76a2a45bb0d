"""The one place where everything is wired. What a capability contributes is registered here, by name."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from socket import gethostname
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import slack as slack_api
from bot.ask import home as ask_home
from bot.ask import listeners as ask
from bot.ask.views import MAP as MAP_OFFERED
from bot.ask.views import MEETING as MEETING_TOLD
from bot.caller import Callers
from bot.calls import home as calls_home
from bot.calls import listeners as calls
from bot.calls import pages as call_pages
from bot.calls.actions import NEW_FOR as CALL_BEGUN
from bot.calls.chairs import FACES as OF_CO_CHAIRS
from bot.calls.notices import FACES as OF_CALLS
from bot.calls.post import POST as OF_A_CALL
from bot.calls.results import FACES as OF_OFFERS
from bot.calls.stuck import FACES as OF_STUCK_CALLS
from bot.commands import Commands
from bot.decisions import drawing as decision_windows
from bot.decisions import home as decisions_home
from bot.decisions import listeners as decisions
from bot.decisions import pages as decision_pages
from bot.decisions.actions import CARRY_OUT as DECISION_CARRIED_OUT
from bot.decisions.actions import GROUP_CARD
from bot.decisions.actions import MANDATE as MANDATE_OPENED
from bot.decisions.actions import MEETING as DECIDED_AT
from bot.decisions.actions import REFER as REFERRED
from bot.decisions.actions import REFERRALS as REFERRALS_LISTED
from bot.decisions.notices import FACES as OF_DECISIONS
from bot.delivery.email import Mailer, Smtp
from bot.delivery.planning import Planning
from bot.delivery.sender import PACE, Sender
from bot.delivery.worker import Duty, Housekeeping, OneByOne, Timed
from bot.door import Desk, Door
from bot.face import Face, Post, placed
from bot.framework import changes as framework_changes
from bot.framework import changes_pages, logic, review_home
from bot.framework import map as framework_map
from bot.framework import pages as framework_pages
from bot.framework import review as reviews
from bot.framework import review_actions as of_reviews
from bot.framework.map_views import SUBJECT as MAP_SHOWN
from bot.framework.review_notices import FACES as OF_REVIEWS
from bot.groups import actions as of_groups
from bot.groups import listeners as groups
from bot.home import listeners as home
from bot.home.listeners import AppHome
from bot.kinds import KINDS
from bot.links import Links
from bot.meetings import agenda as meeting_agenda
from bot.meetings import calendar_pages, polls
from bot.meetings import home as meetings_home
from bot.meetings import listeners as meetings
from bot.meetings import minutes as meeting_minutes
from bot.meetings import outcomes as meeting_outcomes
from bot.meetings import pages as meeting_pages
from bot.meetings.actions import NEW as MEETING_BEGUN
from bot.meetings.actions import OPEN as MEETING_OPENED
from bot.meetings.actions import PAST as MEETINGS_PAST
from bot.meetings.notices import FACES as OF_MEETINGS
from bot.meetings.poll_notices import FACES as OF_POLLS
from bot.meetings.post import POST as OF_AN_AGENDA
from bot.meetings.prep_notices import FACES as OF_PREPARING
from bot.notices import home as notices_home
from bot.notices import listeners as notices
from bot.notices import pages as notices_pages
from bot.notices.notices import faces as of_notices
from bot.notices.steering import Steering
from bot.oversight import actions as of_oversight
from bot.oversight import home as oversight_home
from bot.oversight import listeners as oversight
from bot.oversight import pages as oversight_pages
from bot.oversight.carrying import Carrying
from bot.oversight.closing_post import FACES as OF_CLOSINGS
from bot.oversight.closing_post import POST as OF_A_CLOSING
from bot.people import home as people_home
from bot.people import listeners as people
from bot.people import news
from bot.registry import Registry
from bot.settings import Framework, Mode, Settings
from bot.slack import Slack
from bot.verbs import verbs
from bot.web import metrics
from bot.web.pages import routes
from bot.web.socket import Socket
from bot.workplans import home as workplans_home
from bot.workplans import listeners as workplans
from bot.workplans import pages as workplan_pages
from bot.workplans.notices import FACES as OF_WORKPLANS
from bot.workplans.views import OPEN as WORKPLAN_OPENED
from cadre.calls import service as calls_service
from cadre.core.errors import Message
from cadre.decisions import mandates, putting_times, speaking
from cadre.framework import kept as snapshots
from cadre.framework import review_notices
from cadre.framework.review import leaning
from cadre.meetings import notices as meeting_notices
from cadre.meetings import service as meetings_service
from cadre.oversight import health as group_health
from cadre.workplans.service import follow_meetings, next_opening, open_cycles

log: Final = logging.getLogger("cadre.app")
DRAIN: Final = 8.0
"""Seconds that listeners which run have to come to an end, when the process is told to."""


_OF_AREAS: Final[tuple[Face, ...]] = (
    *placed(OF_WORKPLANS, Message("/cadre workplan")),
    *placed((*OF_CALLS, *OF_CO_CHAIRS, *OF_OFFERS, *OF_STUCK_CALLS), Message("/cadre calls")),
    *placed((*OF_MEETINGS, *OF_PREPARING, *OF_POLLS), Message("/cadre meetings")),
    *placed(OF_DECISIONS, Message("/cadre questions")),
    *placed(OF_CLOSINGS, Message("/cadre decisions")),
    *placed(OF_REVIEWS, Message("/cadre review")),
)
FACES: Final[tuple[Face, ...]] = (*of_notices(_OF_AREAS), *_OF_AREAS)
"""How notices of each kind read."""
POSTS: Final[tuple[Post, ...]] = (OF_A_CALL, OF_AN_AGENDA, OF_A_CLOSING)
"""How posts in channels read."""
OPENINGS: Final[tuple[Callable[[Session, date], object], ...]] = (
    open_cycles,
    meetings_service.extend,
    meetings_service.recompute,
    meetings_service.turn,
    follow_meetings,
    mandates.take_effect,
    speaking.tell_of_vacant,
    group_health.keep,
    snapshots.keep,
    review_notices.follow,
)
"""What a new day brings about, or a change of the registry."""
_STEERING: Final = Steering(KINDS)
_LEADS_TO: Final = {
    of_oversight.CALL: CALL_BEGUN,
    of_oversight.PLAN: WORKPLAN_OPENED,
    of_oversight.MEET: MEETING_BEGUN,
    of_oversight.HELD: MEETINGS_PAST,
    of_oversight.MANDATE: MANDATE_OPENED,
    of_oversight.ROLES: of_groups.ROLES,
    of_oversight.FACTS: of_groups.FACTS,
    of_groups.MANDATE: MANDATE_OPENED,
    DECIDED_AT: MEETING_OPENED,
    MAP_OFFERED: MAP_SHOWN,
    of_oversight.MAP: MAP_SHOWN,
    of_groups.REFER: REFERRED,
    of_groups.REFERRALS: REFERRALS_LISTED,
    GROUP_CARD: of_groups.CARD,
    of_reviews.PLAN: WORKPLAN_OPENED,
    of_reviews.GROUP: of_groups.CARD,
}
"""Where gaps, what is to complete, the card of a group and a decision lead, and who takes one there."""


def commands() -> Commands:
    """The table of verbs; help is generated from it."""
    return Commands(verbs(_STEERING), question=ask.question).with_help()


def app_home() -> AppHome:
    """The sections of App Home, in their order."""
    sections = (
        people_home.me,
        people_home.requests,
        decisions_home.questions,
        calls_home.calls,
        meetings_home.meetings,
        polls.home,
        workplans_home.workplans,
        review_home.reviews,
        oversight_home.ways,
        ask_home.examples,
        notices_home.summary,
        home.language,
    )
    return AppHome(sections)


def duties(slack: Slack, mailer: Mailer | None, *, pace: timedelta = PACE, links: Links | None = None) -> tuple[Duty, ...]:
    """All that the worker does. ``pace``: between two messages; ``links``: to the web pages, for letters that lead there."""
    name = _holder("worker")
    planning = Planning(KINDS, OPENINGS, name, email=mailer is not None, opens=next_opening, leaning=leaning)
    return (Housekeeping(), *_timed(), planning, _sender(slack, mailer, name, pace, links))


def _timed() -> tuple[Duty, ...]:
    """What areas do at moments of their own."""
    calls_duty = OneByOne(calls_service.due, calls_service.advance, calls_service.stuck, calls_service.next_due)
    questions = OneByOne(putting_times.due, putting_times.advance, putting_times.stuck, putting_times.next_due)
    return calls_duty, questions, Timed(meeting_notices.prompt, meeting_notices.next_prompt)


def _sender(slack: Slack, mailer: Mailer | None, holder: str, pace: timedelta, links: Links | None) -> Sender:
    return Sender(slack.hasty(), mailer, kinds=KINDS, faces=FACES, posts=POSTS, holder=holder, pace=pace, links=links)


def _holder(process: str) -> str:
    """In whose name a process claims what it does: no other has the same."""
    return f"{process}-{gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"


def mailer_of(settings: Settings) -> Mailer | None:
    """Who takes letters; None where e-mail is off."""
    return Smtp(settings.mail) if settings.mail else None


def links_of(settings: Settings) -> Links | None:
    """Links to the web pages; None where nobody is told where these are."""
    return Links(settings.address, settings.link_secret) if settings.address else None


def nudge(slack: Slack, mailer: Mailer | None, registry: Registry, pace: timedelta, links: Links | None) -> Callable[[], Awaitable[None]]:
    """What the web server does after a click that others are to hear of: it sends what is due, and does not leave it to the next tick."""
    name = _holder("web")
    planning = Planning(KINDS, (), name, email=mailer is not None, full=False, leaning=leaning)
    sender = _sender(slack, mailer, name, pace, links)

    turn = asyncio.Lock()
    waiting = False

    async def send() -> None:
        nonlocal waiting
        if waiting:
            return  # whoever waits for their turn sees this too: in a rush of clicks one looks for all
        waiting = True
        async with turn:
            waiting = False
            await planning.run(registry)
            await sender.run(registry)

    return send


def front_door() -> Door:
    """All that Cadre listens to."""
    door = Door()
    commands().register(door)
    app_home().register(door)
    ask.register(door)
    people.register(door)
    news.register(door)
    notices.register(door, KINDS)
    _STEERING.register(door)
    workplans.register(door)
    calls.register(door)
    meetings.register(door)
    decisions.register_at(door)
    groups.register(door)
    door.actions[MEETING_TOLD] = door.actions[MEETING_OPENED]
    for part in (polls, meeting_agenda, meeting_outcomes, meeting_minutes, oversight, logic, framework_changes, framework_map, reviews):
        part.register(door)
    Carrying(decision_windows.back_to_decision).register(door)
    door.actions[DECISION_CARRIED_OUT] = door.actions[of_oversight.CARRY]
    for ours, theirs in _LEADS_TO.items():
        door.actions[ours] = door.actions[theirs]
    return door


def create_app(
    settings: Settings, registry: Registry, slack: Slack | None = None, *, mailer: Mailer | None = None, pace: timedelta = PACE
) -> tuple[AsyncApp, Starlette]:
    """The bot, and the web application that it stands in. The caller closes the registry. ``slack``: as ``check_token`` left it.

    ``mailer``: another than that of the settings.
    """
    slack = slack or Slack.with_token(settings.bot_token, settings.api_url)
    mailer = mailer or mailer_of(settings)
    bolt = _bolt(settings)
    door = front_door()
    links = links_of(settings)
    send = nudge(slack, mailer, registry, pace, links)
    door.open(bolt, Desk(registry, slack, Callers(registry, slack), app_home().draw, send, links, mailer is not None))
    socket = Socket(bolt, slack, settings.app_token) if settings.mode is Mode.SOCKET else None

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with slack_api.connections() as session:
            slack.use(session)
            if socket:
                socket.start()
            yield
            if socket:
                await socket.stop()
            await door.drain(DRAIN)
            slack.use(None)

    signatures = SignatureVerifier(settings.signing_secret) if socket is None else None
    public = settings.framework is Framework.PUBLIC
    pages = [
        metrics.route(registry, settings),
        *workplan_pages.routes(registry, settings.link_secret),
        *call_pages.routes(registry, settings.link_secret, email=mailer is not None),
        *calendar_pages.routes(registry, settings.link_secret, settings.address),
        *meeting_pages.routes(registry, settings.link_secret),
        *oversight_pages.routes(registry, settings.link_secret),
        *decision_pages.routes(registry, settings.link_secret),
        *changes_pages.routes(registry, settings.link_secret, public=public),
        *framework_pages.routes(registry, settings.link_secret, settings.address, public=public),
        *notices_pages.routes(registry, settings.link_secret, KINDS, email=mailer is not None),
    ]
    web = Starlette(routes=[*routes(bolt, registry, socket, signatures), *pages], lifespan=lifespan)
    web.state.door = door
    return bolt, web


def _bolt(settings: Settings) -> AsyncApp:
    """Bolt, which calls nobody before it answers: without ``authorize`` it would ask Slack whose token it is at the first event.

    Its loggers take their level from the one given: a logger without a level would have it write out each payload.
    """
    logger = logging.getLogger("cadre.bolt")
    logger.setLevel(settings.log_level)
    logger.addFilter(_token_is_used)

    async def authorize(team_id: str | None, enterprise_id: str | None, **_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token)

    return AsyncApp(
        name="cadre",
        logger=logger,
        client=AsyncWebClient(base_url=settings.api_url),
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,  # the way in has verified it (bot.web.pages): Bolt would log what it refuses
        authorize=authorize,
        process_before_response=False,
    )


def _token_is_used(record: logging.LogRecord) -> bool:
    """Bolt looks SLACK_BOT_TOKEN up by itself and warns that it will not use it. Cadre does."""
    return "`token` will be unused" not in record.getMessage()
