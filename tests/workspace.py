"""A workspace with Cadre in it, as its people see it: in this process, with real HTTP both ways. Tests read as what people do.

lead = workspace.lead(locale="fr-CA")
answer = await lead.asks("qui dirige l'identité numérique?")
await lead.clicks("Quels groupes", answer)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import httpx

from bot.delivery.worker import Duty, Housekeeping
from bot.sandbox import cast
from bot.sandbox.sandbox import Kept, Sandbox
from bot.sandbox.server import listen, serving
from bot.settings import Mode
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.core.sandbox import set_clock

GENERAL: Final = cast.GENERAL
ELSEWHERE: Final = cast.ELSEWHERE
DM: Final = "dm"
WHILE: Final = timedelta(days=14)
"""What is let go by at once: on a slow computer a winter takes longer than a request may."""
Beginning: TypeAlias = Callable[["Workspace"], Awaitable[None]]
"""What is done before a test begins."""


class Shown:
    """A message, window or App Home, as the workspace gives it to whoever sees it. ``channel``: where a message stands."""

    def __init__(self, raw: dict[str, Any], channel: str | None = None) -> None:
        self.raw = raw
        self.channel = channel

    def __getitem__(self, name: str) -> Any:
        return self.raw[name]

    def get(self, name: str) -> Any:
        return self.raw.get(name)

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def headline(self) -> str:
        """What the notification says."""
        return str(self.raw.get("text", ""))

    @property
    def text(self) -> str:
        """All that it says, a line for each text."""
        return "\n".join(_texts({name: value for name, value in self.raw.items() if name != "state"}))

    @property
    def blocks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.raw.get("blocks") or []
        return found

    @property
    def elements(self) -> list[dict[str, Any]]:
        """All that can be used in it, each with the ``block_id`` that it stands in."""
        return [
            element | {"block_id": block["block_id"]}
            for block in self.blocks
            for element in (*block.get("elements", ()), *(block[each] for each in ("accessory", "element") if each in block))
            if "action_id" in element
        ]

    @property
    def buttons(self) -> list[str]:
        """What can be clicked, behind a ⋯ too."""
        return [pressed["text"]["text"] for element in self.elements for pressed in _pressed(element)]

    def element(self, named: str) -> dict[str, Any]:
        """What begins with these words, or has this action id: of what stands behind a ⋯, with the value to choose there."""
        for element in self.elements:
            if element["action_id"] == named:
                return element
            for pressed in _pressed(element) or (element,):
                if (pressed.get("text") or {}).get("text", "").startswith(named):
                    return element | {"value": pressed.get("value")}
        raise AssertionError(f"nothing is called {named!r} in: {self.text}")


def _pressed(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The button, or those behind a ⋯."""
    return [element] if element["type"] == "button" else element["options"] if element["type"] == "overflow" else []


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace, who can be told what to do."""

    workspace: Workspace
    id: str
    name: str
    locale: str
    tz: str
    dm: str
    person: str | None
    roles: tuple[str, ...]
    demo: bool

    async def says(self, text: str, channel: str = DM, thread: str | None = None) -> str:
        """Write something, and wait until nothing more comes of it. Gives the message's ``ts``."""
        answered = await self.workspace.post(
            "message", user=self.id, channel=channel, text=text, **({"thread_ts": thread} if thread else {})
        )
        await self.workspace.quiet()
        found: str = answered["ts"]
        return found

    async def asks(self, question: str, channel: str = DM, thread: str | None = None) -> Shown:
        """Ask Cadre: directly, or by mention in a channel. Gives the answer, whoever sees it."""
        text = question if channel == DM or channel.startswith("D") else f"@Cadre {question}"
        ts = await self.says(text, channel, thread)
        after = [said for said in await self.sees(channel) if said.ts > ts and said["is_bot"]]
        assert after, f"nothing was answered to {question!r}"
        return after[-1]

    async def commands(self, text: str = "", channel: str = GENERAL, command: str = "/cadre") -> Shown:
        """Give a command. Gives the first message or window that comes of it."""
        answered = await self.workspace.post("command", user=self.id, channel=channel, command=command, text=text)
        await self.workspace.quiet()
        assert answered["response"], f"nothing came of {command} {text}"
        shown = Shown(answered["response"], channel)
        return await self.again(shown) if shown.get("ts") else shown

    async def clicks(self, named: str, shown: Shown | None = None, value: Any = None) -> dict[str, Any]:
        """Use what begins with these words (or has this action id): in what is shown, else in the newest direct message.

        ``value``: what is chosen or written, where it is no button.
        """
        target = shown or await self.last_dm()
        element = target.element(named)
        spot: dict[str, Any] = {"action_id": element["action_id"], "block_id": element["block_id"]}
        spot |= {"channel": target.channel, "message_ts": target.ts} if target.channel else {"view_id": target.id}
        if element["type"] == "overflow":
            value = element["value"]
        if value is not None:
            spot["value"] = value
        answered = await self.workspace.post("click", user=self.id, **spot)
        await self.workspace.quiet()
        return answered

    async def submits(self, view: Shown | None = None, **values: Any) -> dict[str, Any]:
        """Send the window in front: block -> what stands in it; blocks that are left out keep what they hold."""
        window = view or await self.window()
        answered = await self.workspace.post("submit", user=self.id, view_id=window.id, values=values)
        await self.workspace.quiet()
        return answered

    async def attaches(self, name: str, content: bytes) -> list[str]:
        """Choose a file of one's own: what the field that takes it is to hold."""
        response = await self.workspace.client.post("/_sandbox/attach", params={"user": self.id, "name": name}, content=content)
        assert response.status_code == 200, response.text
        return [response.json()["id"]]

    async def file(self, name: str) -> bytes:
        """The newest file of a name that they were sent."""
        sent = [file for said in await self.sees() for file in said.raw.get("files", ()) if file["name"] == name]
        assert sent, f"{self.name} was sent no {name}"
        return (await self.workspace.client.get(sent[-1]["url"])).content

    async def closes(self) -> None:
        """Close the window in front."""
        await self.workspace.post("close", user=self.id, view_id=(await self.window()).id)
        await self.workspace.quiet()

    async def looks_up(self, action_id: str, typed: str, shown: Shown) -> list[dict[str, Any]]:
        """What a menu offers for the letters typed."""
        answered = await self.workspace.post("options", user=self.id, action_id=action_id, value=typed, view_id=shown.id)
        found: list[dict[str, Any]] = answered["options"]
        return found

    async def windows(self) -> list[Shown]:
        """The windows that are open, innermost last."""
        return [Shown(view) for view in (await self.workspace.get("views", user=self.id))["views"]]

    async def window(self) -> Shown:
        """The one in front."""
        found = await self.windows()
        assert found, f"{self.name} has no window open"
        return found[-1]

    async def home(self) -> Shown:
        """Open App Home."""
        answered = await self.workspace.post("home", user=self.id)
        await self.workspace.quiet()
        return Shown(answered["view"])

    async def sees(self, channel: str = DM) -> list[Shown]:
        """All that they see in a conversation, newest last."""
        found = await self.workspace.get("messages", user=self.id, channel=channel, limit=100_000)
        return [Shown(said, channel) for said in found["messages"]]

    async def again(self, shown: Shown) -> Shown:
        """A message as it stands now."""
        assert shown.channel, "this is no message"
        return next(said for said in await self.sees(shown.channel) if said.ts == shown.ts)

    async def last(self, channel: str) -> Shown:
        """The newest thing that they see in a conversation."""
        found = await self.sees(channel)
        assert found, f"{self.name} sees nothing in {channel}"
        return found[-1]

    async def last_dm(self) -> Shown:
        """The newest thing in their conversation with Cadre."""
        return await self.last(DM)

    async def turns_to(self, locale: str) -> None:
        """Choose another language in Slack."""
        await self.workspace.post("user", id=self.id, locale=locale)
        await self.workspace.quiet()


class Workspace:
    """The workspace. ``database``: the registry behind it, to look at and to arrange what people cannot."""

    def __init__(self, sandbox: Sandbox, client: httpx.AsyncClient, database: Database) -> None:
        self.sandbox = sandbox
        self.client = client
        self.database = database
        self.members: dict[str, Member] = {}
        self.began: datetime | None = None
        """The moment that it is when a test begins; None: the real one."""
        self._kept: dict[Beginning, Kept] = {}

    @property
    def url(self) -> str:
        """Where its registry is."""
        return self.database.engine.url.render_as_string(hide_password=False)

    async def start_over(self, beginning: Beginning | None = None) -> None:
        """Let everything be as at the start, the log too; or as ``beginning`` leaves it, which takes its time once."""
        await asyncio.sleep(0.005)  # connections that ended while other tests ran are noticed first
        known = self._kept.get(beginning) if beginning else None
        await self.sandbox.put_back(known or replace(self.sandbox.beginning, moment=self.began))
        self.members.clear()
        await self.refresh()
        if beginning and not known:
            await beginning(self)
            self._kept[beginning] = await self.sandbox.kept(self.sandbox.now())
        self.sandbox.log.clear()

    async def post(self, call: str, **body: Any) -> dict[str, Any]:
        """Do something: ``POST /_sandbox/<call>``. Fails where the workspace refuses it."""
        response = await self.client.post(f"/_sandbox/{call}", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def get(self, call: str, **query: Any) -> dict[str, Any]:
        """Look at something: ``GET /_sandbox/<call>``."""
        response = await self.client.get(f"/_sandbox/{call}", params=query)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def refresh(self) -> None:
        """Learn who is there."""
        for user in (await self.get("state"))["users"]:
            about = {name: user[name] for name in ("id", "name", "locale", "tz", "dm", "person", "demo")}
            self.members[user["id"]] = Member(self, roles=tuple(user["roles"]), **about)

    async def joins(self, name: str, **about: Any) -> Member:
        """Somebody new: ``locale``, ``tz``, ``email``; ``more`` is what else Slack says of them, such as ``is_stranger``."""
        more = about.pop("more", {})
        given = {"locale": "en-US", "tz": "America/Halifax"} | about
        id_ = (await self.post("user", name=name, **given))["id"]
        self.sandbox.workspace.users[id_].more.update(more)
        await self.refresh()
        return self.members[id_]

    def user(self, named: str) -> Member:
        """Somebody, by name, Slack id or record."""
        return next(each for each in self.members.values() if named in (each.id, each.name, each.person))

    def lead(self, locale: str = "en-US") -> Member:
        return self._who("lead", locale)

    def co_chair(self, locale: str = "en-US") -> Member:
        return self._who("co_chair", locale)

    def member(self, locale: str = "en-US") -> Member:
        return self._who("member", locale)

    def alternate(self, locale: str = "en-US") -> Member:
        return self._who("alternate", locale)

    def secretariat(self, locale: str = "en-US") -> Member:
        return self._who("secretariat", locale)

    def newcomer(self, locale: str = "en-US") -> Member:
        """Somebody whom Cadre does not know yet."""
        return next(each for each in self.members.values() if each.person is None and each.locale == locale)

    def _who(self, role: str, locale: str) -> Member:
        held = (each for each in self.members.values() if role in each.roles and each.locale == locale and each.demo)
        return min(held, key=lambda each: (len(each.roles), each.id))

    async def until(self, when: str | datetime | timedelta, tz: str = "UTC") -> None:
        """Let time go by: to a moment (in ``tz``, where it names no offset), or for a while. What is due on the way is done."""
        now = self.sandbox.workspace.now
        moment = now() + when if isinstance(when, timedelta) else datetime.fromisoformat(when) if isinstance(when, str) else when
        local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(tz))
        while (left := local - now()) > WHILE:  # no request may last longer than one waits for it
            await self.post("clock", set=(local - left + WHILE).isoformat())
        await self.post("clock", set=local.isoformat())

    async def fault(self, method: str, kind: str, times: int = 1, **more: Any) -> None:
        """Let the workspace misbehave."""
        await self.post("fault", method=method, kind=kind, times=times, **more)

    async def redelivers(self, last: int = 1) -> None:
        """Deliver the last events once more, all at once, as Slack does where an acknowledgement was lost."""
        await self.post("redeliver", last=last)

    async def log(self, *names: str, kind: str | None = None) -> list[dict[str, Any]]:
        """All that went between Slack and Cadre: of some methods, events or commands, of one kind."""
        entries: list[dict[str, Any]] = []
        while more := (await self.get("log", since=entries[-1]["n"] if entries else 0))["entries"]:
            entries += more
        return [each for each in entries if (not names or each["name"] in names) and kind in (None, each["kind"])]

    async def sent(self, method: str) -> list[dict[str, Any]]:
        """What Cadre sent with the calls of a method that came through."""
        return [each["sent"] for each in await self.log(method, kind="call") if each["answer"] and each["answer"].get("ok")]

    async def quiet(self) -> None:
        """Wait until neither Slack nor Cadre has anything under way."""
        await self.sandbox.quiet()


@asynccontextmanager
async def running(
    url: str,
    *,
    mode: Mode = Mode.HTTP,
    duties: tuple[Duty, ...] | None = (Housekeeping(),),
    secretariat: frozenset[str] = frozenset(),
    at: str | None = None,
) -> AsyncIterator[Workspace]:
    """A workspace on a sandbox's registry that is there already.

    ``duties``: of the worker; None: all that Cadre's has, so that notices come as the days do. ``at``: the moment that it is, in UTC.
    """
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    if moment:
        with closing(Database(url)) as early:
            early.write(OPERATOR, set_clock, (moment - clock.real()).total_seconds())
    database, beside = Database(url, secretariat), Database(url, secretariat)
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        sandbox = Sandbox(database, address, duties, mode)
        plain = httpx.AsyncClient(base_url=address, timeout=30, verify=False)  # without TLS no certificates need to be read
        try:
            async with serving(sandbox, listening, ("127.0.0.1",)), plain as client:
                made = Workspace(sandbox, client, beside)
                made.began = moment
                await made.refresh()
                yield made
        finally:
            sandbox.registry.close()
            beside.close()


async def until(so: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something is so, for some seconds at most."""
    async with asyncio.timeout(seconds):
        while not so():  # noqa: ASYNC110  # what is waited for happens on the other side of a socket
            await asyncio.sleep(0.005)
