"""What the proofs of notices share: a registry in which much is due, workers as processes, and a Slack whose log is the witness."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.slack.api import Api, Keys
from bot.sandbox.slack.faults import Faults
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.workspace import BOT, NAME, Conversation, Message, Payload, User
from bot.sandbox.slack.workspace import Workspace as State
from cadre.core import clock, sandbox
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.core.schema import ROOT, metadata
from cadre.groups.models import Group, GroupKind
from cadre.notices import service
from cadre.notices.drafts import WORD
from cadre.notices.models import Delivery, Notice, Planning
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Workplan
from tests.sandbox.conftest import BOT_TOKEN, SCOPES, served

NOON: Final = datetime(2027, 3, 2, 17, tzinfo=UTC)
"""A Tuesday, in Toronto."""
DUE: Final = date(2027, 3, 2)
HALF: Final = "2027-1"
TITLE: Final = "Count the bees"
TOLD: Final = "The word is"
"""What everybody is told: of an activity that is due, and what the secretariat writes. By these words the messages are counted."""
OWNERS: Final = 10
"""Of an activity: with thousands each message would tell of thousands."""
HURRIED: Final = ("-m", "tests.notices.hurried_worker")
CADRE: Final = ("-c", "from bot.cli import main; main()", "worker")
CHILD: Final = ROOT / "tests" / "postgres" / "child.py"
"""Starts what ends with the process that started it: a worker that nobody watches would work for ever."""
SECONDS: Final = 30.0


def person(number: int) -> str:
    """Somebody's record."""
    return f"p{number}"


def fill(session: Session, people: int) -> None:
    """A sandbox's registry with so many people at noon of a working day; each owns an activity that is due."""
    sandbox.mark(session)
    there, tables = session.connection(), metadata().tables
    everybody = range(people)
    there.execute(insert(tables["person"]), [{"id": person(n), "name": f"Person {n}", "visibility": "members"} for n in everybody])
    where = {"team": "T1", "zone": "America/Toronto", "locale": "en-US"}
    there.execute(insert(tables["identity"]), [where | {"user": f"U{n}", "person": person(n), "name": f"Person {n}"} for n in everybody])
    for kind in ("council", "working_group"):
        session.add(GroupKind(id=kind, name=_both(kind), plural=_both(kind), needs_workplan=kind == "working_group"))
    session.add(Group(id="council", name=_both("Council"), kind="council", state="active"))
    session.flush()
    session.add(Group(id="bees", name=_both("Bees"), kind="working_group", state="active", owner="council"))
    session.add(Cycle(id=f"council.{HALF}", council="council", half=HALF))
    session.flush()
    session.add(Workplan(id=f"bees.{HALF}", cycle=f"council.{HALF}", group="bees"))
    session.flush()
    for number in range(0, people, OWNERS):
        activity = Activity(workplan=f"bees.{HALF}", number=number, title=_both(TITLE), due=DUE)
        session.add(activity)
        session.flush()
        owners = [{"activity": activity.id, "person": person(n)} for n in range(number, min(number + OWNERS, people))]
        there.execute(insert(ActivityOwner), owners)


def _both(text: str) -> Bilingual:
    return Bilingual(text, f"{text} (fr)")


def say(session: Session, people: int) -> None:
    """The secretariat writes to everybody."""
    detail = {"en": TOLD, "fr": TOLD, "by": "Jordan"}
    service.announce(session, WORD, "word:1", [person(n) for n in range(people)], detail)


def set_clock(session: Session, to: datetime) -> None:
    """Let it be that moment in the workspace."""
    sandbox.set_clock(session, (to - clock.real()).total_seconds())


def lapse(session: Session, pid: int) -> None:
    """Let everything that a process holds be over, as it is 90 seconds after it was killed."""
    past, holder = clock.real() - timedelta(seconds=1), f"worker-%-{pid}-%"
    session.execute(update(Delivery).where(Delivery.leased_by.like(holder)).values(leased_until=past))
    session.execute(update(Planning).where(Planning.holder.like(holder)).values(until=past))


def waiting(session: Session) -> int:
    """How much is due and not settled."""
    now = clock.now(session)
    notices = select(func.count()).select_from(Notice).where(Notice.state.in_(("planned", "queued")), Notice.at <= now)
    deliveries = select(func.count()).select_from(Delivery).where(Delivery.state.in_(("due", "redraw")))
    return (session.scalar(notices) or 0) + (session.scalar(deliveries) or 0)


def held(session: Session) -> int:
    """How many deliveries somebody holds."""
    return session.scalar(select(func.count()).select_from(Delivery).where(Delivery.leased_until.is_not(None))) or 0


@dataclass
class Witness:
    """Slack's side. ``stands``: what was posted where, as often as it was; each with the ``ts`` that it has.

    ``then``: what is done as soon as so many messages stand; until it is, the answer to the last one is held back.
    """

    api: Api
    address: str
    stands: list[tuple[str, str, str]] = field(default_factory=list)
    then: dict[int, Callable[[], Awaitable[object]]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: int, address: str) -> Witness:
        """A workspace with so many people in it."""
        state = State(clock.real, Stream())
        users = [User(f"U{n}", f"Person {n}") for n in range(people)]
        state.users = {user.id: user for user in (*users, User(BOT, NAME, is_bot=True))}
        keys = Keys(BOT_TOKEN, "xapp-unused", SCOPES)
        made = cls(Api(state, Triggers(), Faults(), Log(state.stream), keys, address), address)
        state.heard = made._heard
        return made

    def _heard(self, place: Conversation, message: Message, before: Payload | None) -> None:
        if before is None:
            self.stands.append((place.id, message.ts, message.payload["text"]))

    async def call(self, request: Request) -> Response:
        """A call, answered when what was to follow it has happened."""
        answer = await self.api.call(request)
        for number in [number for number in self.then if number <= len(self.stands)]:
            await self.then.pop(number)()
        return answer

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The calls of a method that came through, as the log has them."""
        found: list[dict[str, Any]] = []
        number = self.api.log.last - len(self.api.log.since(0, most=sys.maxsize))
        while more := self.api.log.since(number):
            number = more[-1]["n"]
            found += [each for each in more if each["name"] == method and each["answer"] and each["answer"].get("ok")]
        return found


@dataclass(frozen=True, slots=True)
class Count:
    """Messages that nobody got, and those that somebody got once more."""

    lost: int
    doubled: int


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker's process. ``log``: the file that it writes to."""

    process: asyncio.subprocess.Process
    log: Path

    def said(self) -> str:
        """What it logged."""
        return self.log.read_text("utf-8")

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def ends(self, seconds: float = SECONDS) -> int:
        """Wait for its end: its exit code."""
        async with asyncio.timeout(seconds):
            return await self.process.wait()


@dataclass
class Proof:
    """A registry in which so many people are owed two messages each, and all who have to do with it."""

    url: str
    people: int
    database: Database
    witness: Witness
    folder: Path
    workers: list[Worker] = field(default_factory=list)

    async def works(self, *arguments: str, program: Iterable[str] = HURRIED) -> Worker:
        """Start another worker."""
        around = {name: value for name, value in os.environ.items() if not name.startswith(("CADRE_", "SLACK_"))}
        settings = {
            "CADRE_DATABASE_URL": self.url,
            "CADRE_LOG_LEVEL": "WARNING",
            "CADRE_SANDBOX": "1",
            "SLACK_API_URL": f"{self.witness.address}/api/",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": "secret",
            "PYTHONPATH": str(ROOT),
        }
        log = self.folder / f"worker-{len(self.workers)}.log"
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(CHILD), "", str(os.getpid())),
                *(sys.executable, *program, *arguments),
                cwd=ROOT,
                env=around | settings,
                stdout=file,
                stderr=file,
            )
        self.workers.append(Worker(process, log))
        return self.workers[-1]

    async def killed(self) -> None:
        """Kill a worker that holds something, and let that be over."""
        await self.write(lapse, await self.killed_alone())

    async def killed_alone(self) -> int:
        """Kill a worker that holds something, which nobody else may take on for 90 seconds. Gives its process id."""
        worker = await self._at_work()
        worker.process.kill()
        await worker.ends()
        return worker.process.pid

    async def _at_work(self) -> Worker:
        holders = await self.read(
            lambda session: session.scalars(select(Delivery.leased_by).where(Delivery.leased_until.is_not(None))).all()
        )
        return next(worker for worker in self.workers if any(f"-{worker.process.pid}-" in holder for holder in holders))

    async def write(self, fn: Callable[..., object], *given: Any) -> None:
        """Change the registry, beside the witness."""
        await asyncio.to_thread(self.database.write, OPERATOR, fn, *given)

    async def read(self, fn: Callable[[Session], Any]) -> Any:
        """Look into the registry, beside the witness."""
        return await asyncio.to_thread(self.database.read, fn)

    async def posted(self, number: int, seconds: float = SECONDS) -> None:
        """Wait until so many messages stand."""
        await self._until(lambda: self._reached(number), seconds)

    async def _reached(self, number: int) -> bool:
        return len(self.witness.stands) >= number

    async def over(self, seconds: float = SECONDS) -> None:
        """Wait until all that is due is settled."""
        await self.posted(2 * self.people, seconds)
        await self._until(self._settled, seconds)

    async def _settled(self) -> bool:
        return not await self.read(waiting)

    async def _until(self, so: Callable[[], Awaitable[bool]], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not await so():
                    if not any(worker.alive for worker in self.workers):
                        raise TimeoutError
                    await asyncio.sleep(0.05)
        except TimeoutError:
            told = "\n".join(worker.said()[-3000:] for worker in self.workers)
            left = await self.read(waiting)
            raise AssertionError(f"{left} left, {len(self.witness.stands)} sent; the workers said:\n{told}") from None

    def counted(self) -> Count:
        """What people have of what they were owed."""
        found: Counter[tuple[str, str]] = Counter()
        for channel, _, text in self.witness.stands:
            found[channel, TITLE if TITLE in text else TOLD if TOLD in text else text] += 1
        owed = {(f"D{n}", words) for n in range(self.people) for words in (TITLE, TOLD)}
        return Count(lost=len(owed - found.keys()), doubled=sum(found.values()) - len(found.keys() & owed))

    def check(self) -> None:
        """Each message stands once, under a key of its own, and the registry knows where."""
        count = self.counted()
        assert count == Count(0, 0), count
        keys = Counter(each["sent"]["metadata"]["event_payload"]["key"] for each in self.witness.calls("chat.postMessage"))
        assert set(keys.values()) == {1}
        assert len(keys) == 2 * self.people
        known = self.database.read(lambda session: session.execute(select(Delivery.posted_in, Delivery.ts, Delivery.state)).all())
        assert {(row.posted_in, row.ts) for row in known} == {(channel, ts) for channel, ts, _ in self.witness.stands}
        assert {row.state for row in known} == {"sent"}


@asynccontextmanager
async def proof(url: str, people: int, folder: Path) -> AsyncIterator[Proof]:
    """Much that is due on an empty registry, and nobody at work yet. All workers end with the block."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill, people)
        database.write(OPERATOR, set_clock, NOON)
        database.write(OPERATOR, say, people)
        app = Starlette()
        async with served(app) as address:
            witness = Witness.of(people, address)
            app.router.routes.append(Route("/api/{method}", witness.call, methods=["GET", "POST"]))
            made = Proof(url, people, database, witness, folder)
            try:
                yield made
            finally:
                for worker in made.workers:
                    if worker.alive:
                        worker.process.kill()
                    await worker.ends()
