"""The sender: claims deliveries that are due, sends or posts each once, and settles it. Any number of senders may run."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import reasons
from bot.blocks import Message
from bot.delivery import logged, views
from bot.delivery.email import MailDelayed, Mailer
from bot.delivery.settling import Settling
from bot.face import Alike, Face, File, Post, Told
from bot.links import Links
from bot.registry import Registry
from bot.slack import Slack, SlackError, may_be_done, may_pass, refusal, retry_after
from cadre.core import clock
from cadre.core.errors import CadreError
from cadre.core.i18n import LOCALES
from cadre.core.reader import WORKER, Reader
from cadre.notices import deliveries, turns
from cadre.notices.deliveries import Item, Outcome, Prepared
from cadre.notices.drafts import Proposal, proposals
from cadre.notices.facts import Job
from cadre.notices.planner import local_day
from cadre.notices.recipients import secretariat_mailbox
from cadre.notices.rules import AT_ONCE, Kind, Recipient

log: Final = logging.getLogger("cadre.delivery")

TOGETHER: Final = 25
"""Deliveries that a sender takes on at once: few enough that all are sent long before the lease is over, at the workspace's pace."""
LEASE: Final = timedelta(seconds=90)
"""Of real time: longer than all of a batch may take, timeouts included."""
PACE: Final = timedelta(seconds=0.2)
"""Between two messages to the workspace, all senders together: https://docs.slack.dev/apis/web-api/rate-limits has one a second for each
conversation, and "several hundred a minute" for a workspace."""
_LONGEST: Final = timedelta(seconds=10)
"""That a sender waits for its turn; where Slack wants more, the deliveries are given back."""
_AGAIN: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 15.0)
"""Seconds between attempts to write that something is sent."""
_MARGIN: Final = timedelta(seconds=45)
"""Of a lease, in which nothing new is begun: four calls, to look for a post, join its channel, look again and post, take 10 seconds each
at most."""


_LEFT: Final = frozenset({"user_not_found", "user_disabled", "user_not_visible"})
"""What Slack says of whoever is not in the workspace any more: https://docs.slack.dev/reference/methods/conversations.open (errors)"""


class Unreachable(CadreError):
    """There is no way any more by which a message was to go. ``email``: where a letter may go instead."""

    def __init__(self, reason: str, email: str | None = None) -> None:
        super().__init__(reason)
        self.email = email


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with the facts that its message is made of, by kind and subject. ``now``: workspace time, when ``ticks`` was read.

    ``post``: what a post says; None where its subject is gone. ``mailbox``: where the secretariat is written to. ``files``: what
    goes with a letter.
    """

    prepared: Prepared
    facts: Mapping[str, Mapping[str, Any]]
    now: datetime
    ticks: float
    post: Message | None = None
    mailbox: str | None = None
    files: tuple[File, ...] = ()
    proposals: Mapping[tuple[str, str], Proposal] = field(default_factory=dict)
    """Of its drafts, by kind and subject."""


class Sender:
    """Sends what is due, by Slack and by e-mail, and posts in channels.

    ``pace``: the least time between two messages of all senders together; none: nor between two in one conversation. ``links``: to the
    web pages, where people reach them.
    """

    def __init__(
        self,
        slack: Slack,
        mailer: Mailer | None,
        *,
        kinds: Sequence[Kind],
        faces: Sequence[Face],
        posts: Sequence[Post] = (),
        holder: str,
        pace: timedelta = PACE,
        links: Links | None = None,
    ) -> None:
        self._slack = slack
        self._mailer = mailer
        self._kinds = {kind.name: kind for kind in kinds}
        self._faces = {face.kind: face for face in faces}
        self._posts = {post.prefix: post for post in posts}
        self._holder = holder
        self._pace = pace
        self._links = links
        self._held = clock.real()
        self._settling = Settling(holder)
        self._stop = asyncio.Event()
        self._lock = asyncio.Lock()

    async def run(self, registry: Registry) -> None:
        """Send all that is due. Whoever calls while it runs waits, and then looks again: nothing that was due before is left."""
        async with self._lock:
            self._stop.clear()  # not before: it would let go on what runs, and was told to stop
            while not self._stop.is_set():
                jobs = await registry.write(WORKER, self._claim)
                if not jobs:
                    return
                full = False
                if self._pace:
                    at, full = await self._turns(registry, jobs)
                    ended = [self._in_turn(registry, job, at[job.id]) for job in jobs if job.id in at]
                else:
                    ended = [self._one(registry, each) for each in await self._readied(registry, jobs)]
                for problem in await asyncio.gather(*ended, return_exceptions=True):
                    if isinstance(problem, BaseException):
                        log.error("a delivery is left to whoever claims it next", exc_info=problem)
                if full:
                    return

    def stop(self) -> None:
        """Begin nothing new; what is under way is settled."""
        self._stop.set()

    async def next_due(self, registry: Registry) -> datetime | None:
        """As planning says: what is sent was joined before."""
        return None

    async def _turns(self, registry: Registry, jobs: Sequence[Job]) -> tuple[Mapping[int, datetime], bool]:
        """By delivery, the real time at which it is its turn; and whether the workspace takes no more for now. What would wait too long is
        given back: all where the workspace takes no more, else what is for a conversation in which much is told. Others go on.
        """
        found = await registry.write(WORKER, turns.turns, [job.conversation for job in jobs], self._pace, _LONGEST)
        taken = list(zip(jobs, found.at, found.ours, strict=True))
        late = [(job, at) for job, at, ours in taken if not ours]
        if late:
            await registry.write(WORKER, _give_back, late)
        return {job.id: at for job, at, ours in taken if ours}, found.full

    def _claim(self, session: Session) -> tuple[Job, ...]:
        return deliveries.claim(session, self._holder, TOGETHER, LEASE)

    async def _readied(self, registry: Registry, jobs: Sequence[Job]) -> tuple[Ready, ...]:
        """Those that can be prepared. One that cannot must not keep the others from being sent: it is tried again later."""
        try:
            return await registry.read(self._ready, jobs)
        except Exception as problem:
            if len(jobs) > 1:
                found = [await self._readied(registry, [job]) for job in jobs]
                return tuple(each for some in found for each in some)
            log.exception("cannot be prepared", extra=logged.of_job(jobs[0]))
            await registry.write(WORKER, _again, jobs[0], f"{type(problem).__name__}: {problem}"[:200], jobs[0].doubtful)
            return ()

    def _ready(self, session: Session, jobs: Sequence[Job]) -> tuple[Ready, ...]:
        now, ticks = clock.now(session), clock.ticks()
        found = deliveries.prepare(session, jobs, self._kinds)
        mailbox = secretariat_mailbox(session) if any(job.via == "email" for job in jobs) else None
        alike = self._facts(session, [item for each in found for item in each.items], None)
        drafts = {(item.kind, item.subject) for each in found for item in each.items if item.manner == "draft"}
        drafted = proposals(session, sorted(drafts), self._kinds)

        def ready(each: Prepared) -> Ready:
            facts, post = alike | self._own(session, each), self._post(session, each.job.subject)
            return self._complete(Ready(each, facts, now, ticks, post, mailbox, proposals=drafted))

        complete = map(ready, found)
        return tuple(replace(each, files=self._files(session, each)) if each.prepared.job.via == "email" else each for each in complete)

    def _files(self, session: Session, ready: Ready) -> tuple[File, ...]:
        """What goes with a letter: of two with one name, the last, which is the newest."""
        reader = _reader(ready)
        told = ((self._faces[item.kind], self._as_told(item, ready)) for item in ready.prepared.items)
        found = {file.name: file for face, each in told for file in face.files(session, each, reader)}
        return tuple(found.values())

    def _complete(self, ready: Ready) -> Ready:
        """Without those whose subject is gone, or of which nobody knows how they read."""
        items, facts = ready.prepared.items, ready.facts
        gone = {item.id: "gone" for item in items if item.subject not in facts.get(item.kind, {})}
        if not ready.prepared.job.redraw:
            gone |= {item.id: "settled" for item in items if item.id not in gone and self._moot(item, ready)}
        if not gone:
            return ready
        left = tuple(item for item in items if item.id not in gone)
        skipped = {**ready.prepared.skipped, **gone}
        return replace(ready, prepared=replace(ready.prepared, items=left, skipped=skipped))

    def _moot(self, item: Item, ready: Ready) -> bool:
        return self._faces[item.kind].moot(ready.facts[item.kind][item.subject], self._as_told(item, ready))

    def _own(self, session: Session, prepared: Prepared) -> dict[str, Mapping[str, Any]]:
        return self._facts(session, prepared.items, prepared.recipient.person)

    def _facts(self, session: Session, items: Iterable[Item], person: str | None) -> dict[str, Mapping[str, Any]]:
        """The facts that notices tell of, by kind and subject: those for one person, or, without one, those that are alike for all."""
        wanted: dict[str, set[str]] = {}
        for item in items:
            face = self._faces.get(item.kind)
            if face and isinstance(face.load, Alike) == (person is None):
                wanted.setdefault(item.kind, set()).add(item.subject)
        return {kind: self._faces[kind].load(session, subjects, person or "") for kind, subjects in wanted.items()}

    def _post(self, session: Session, subject: str | None) -> Message | None:
        post = self._posts.get(subject.partition(":")[0]) if subject else None
        facts = post.load(session, subject) if post and subject else None
        return post.message(facts) if post and facts is not None else None

    async def _in_turn(self, registry: Registry, job: Job, turn: datetime) -> None:
        """One delivery, when it is its turn: only then is looked at what is still so."""
        wait = (turn - clock.real()).total_seconds()
        if wait > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stop.wait()
        if self._stop.is_set():
            await registry.write(WORKER, _give_back, [(job, clock.real())])
        else:
            for ready in await self._readied(registry, [job]):
                await self._one(registry, ready)

    async def _one(self, registry: Registry, ready: Ready) -> None:
        """One delivery, to its end: settled, put off, to be tried again, or failed."""
        job = ready.prepared.job
        if self._stop.is_set() or clock.real() > job.until - _MARGIN:
            await registry.write(WORKER, deliveries.put_off, job, ready.now)
        elif job.via == "slack" and clock.real() < self._held:
            await registry.write(WORKER, deliveries.put_off, job, ready.now + (self._held - clock.real()))
        elif ready.prepared.not_before:
            await registry.write(WORKER, deliveries.put_off, job, ready.prepared.not_before)
        else:
            try:
                posted_in, ts = await self._sent(ready)
            except Exception as problem:  # noqa: BLE001  # whatever it is: the delivery is tried again, or has failed and is told
                await self._went_wrong(registry, ready.prepared, problem)
            else:
                await self._settle(registry, ready, posted_in, ts)

    async def _settle(self, registry: Registry, ready: Ready, posted_in: str | None, ts: str | None) -> None:
        """Say that it is sent; again and again while nobody else may have it, because it is: the registry may be away for a moment."""
        job = ready.prepared.job
        for pause in _AGAIN:
            outcome = Outcome(ready.prepared, posted_in, ts, ready.now + timedelta(seconds=clock.ticks() - ready.ticks))
            try:
                settled = await self._settling.settled(registry, outcome)
            except SQLAlchemyError as problem:
                if clock.real() + timedelta(seconds=pause) >= job.until:
                    raise
                log.warning("is sent, and that could not be written: %s", type(problem).__name__, extra=logged.of(ready.prepared))
                await asyncio.sleep(pause)
            else:
                if settled:
                    log.info("drawn anew" if job.redraw else "settled", extra=logged.of(ready.prepared))
                else:
                    log.warning("its lease had gone to another sender", extra=logged.of(ready.prepared))
                return
        log.error("is sent, and that could not be written: whoever claims it next looks for it", extra=logged.of(ready.prepared))

    async def _sent(self, ready: Ready) -> tuple[str | None, str | None]:
        """Send it, where anything of it is still needed. Gives where it stands."""
        job, recipient = ready.prepared.job, ready.prepared.recipient
        if job.channel:
            return await self._stands(job, job.channel, ready.post) if ready.post else (job.posted_in, job.ts)
        reader = _reader(ready)
        told = self._told(ready)
        if not told:
            return job.posted_in, job.ts
        if job.via == "email":
            if self._mailer is None or recipient.email is None:
                raise Unreachable(reasons.NO_MAIL)
            await self._mailer.send(views.letter(told, recipient, job.key, reader, self._links, mailbox=ready.mailbox, files=ready.files))
            return None, None
        message = views.message(told, reader, self._links)
        if job.redraw and job.posted_in:
            return await self._stands(job, job.posted_in, message)
        return await self._stands(job, await self._conversation(recipient), message)

    async def _conversation(self, recipient: Recipient) -> str:
        """Where somebody is written to in Slack. Raises Unreachable, with their address where a letter may go, if they left it."""
        if recipient.user is None:
            raise Unreachable(reasons.LEFT_SLACK, recipient.email)
        try:
            return await self._slack.conversation_with(recipient.user)
        except SlackError as problem:
            if refusal(problem) not in _LEFT:
                raise
            raise Unreachable(reasons.LEFT_SLACK, recipient.email) from problem

    async def _stands(self, job: Job, channel: str, message: Message) -> tuple[str, str]:
        """Let a message stand in a conversation, once, as it reads now. Gives where."""
        ts = job.ts if job.redraw else await self._slack.find(channel, job.key) if job.doubtful else None
        if ts is None:
            return channel, await self._slack.post(channel, message, key=job.key)
        if job.redraw or job.version > 1:
            await self._slack.update(channel, ts, message)
        return channel, ts

    def _told(self, ready: Ready) -> tuple[views.Shown, ...]:
        """What the message shows: a subject once, by its last rung."""
        shown: dict[str, views.Shown] = {}
        for item in ready.prepared.items:
            key = str(item.id) if item.manner in AT_ONCE else f"{item.kind}:{item.subject}"
            facts = ready.facts[item.kind][item.subject]
            told = self._as_told(item, ready)
            proposal = ready.proposals.get((item.kind, item.subject)) if item.manner == "draft" else None
            shown[key] = views.Shown(self._faces[item.kind], facts, told, item.again, item.later, item.first, item.left, proposal)
        return tuple(shown.values())

    def _as_told(self, item: Item, ready: Ready) -> Told:
        recipient, today = ready.prepared.recipient, local_day(ready.now, ready.prepared.recipient)
        sent = ready.prepared.sent_at
        return Told(
            id=item.id,
            kind=item.kind,
            subject=item.subject,
            occurrence=item.occurrence,
            rung=item.rung,
            manner=item.manner,
            person=recipient.person,
            day=local_day(sent, recipient) if sent else today,
            detail=json.loads(item.detail) if item.detail else {},
            today=today,
            due=item.due,
        )

    async def _went_wrong(self, registry: Registry, prepared: Prepared, problem: Exception) -> None:
        job = prepared.job
        if isinstance(problem, Unreachable) and self._mailer and problem.email and await registry.write(WORKER, deliveries.by_email, job):
            log.info("it goes by e-mail", extra=logged.of(prepared, reason=problem))
            return
        wait = retry_after(problem)
        if wait is not None:
            await registry.write(WORKER, turns.hold, clock.real() + timedelta(seconds=wait))
            await registry.write(WORKER, _later, job, wait)
            if self._pace:
                self._held = max(self._held, clock.real() + timedelta(seconds=wait))
            return
        reason = _said(problem)
        if may_pass(problem) or isinstance(problem, MailDelayed):
            maybe = problem.maybe_sent if isinstance(problem, MailDelayed) else may_be_done(problem)
            again = await registry.write(WORKER, _again, job, reason, job.doubtful or maybe)
            log.warning("tried again later" if again else "given up", extra=logged.of(prepared, reason=reason))
        else:
            await registry.write(WORKER, deliveries.fail, job, reason)
            log.error("failed", extra=logged.of(prepared, reason=reason), exc_info=problem)


def _reader(ready: Ready) -> Reader:
    recipient = ready.prepared.recipient
    return Reader(LOCALES[recipient.language], recipient.zone, recipient.person)


def _give_back(session: Session, late: Iterable[tuple[Job, datetime]]) -> None:
    """Until their turns, which are told in real time."""
    now, real = clock.now(session), clock.real()
    for job, at in late:
        deliveries.put_off(session, job, now + (at - real))


def _later(session: Session, job: Job, seconds: float) -> None:
    deliveries.try_again(session, job, "ratelimited", doubtful=job.doubtful, after=timedelta(seconds=seconds))


def _again(session: Session, job: Job, reason: str, doubtful: bool) -> bool:
    return deliveries.try_again(session, job, reason, doubtful=doubtful)


def _said(problem: Exception) -> str:
    if isinstance(problem, SlackError):
        return refusal(problem) or reasons.NO_ANSWER
    return str(problem) or type(problem).__name__
