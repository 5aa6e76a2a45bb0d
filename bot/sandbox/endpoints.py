"""The workspace's own HTTP API, by which the page, the tests and other tools act as people: everything under ``/_sandbox/``."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import requests
from bot.sandbox.mail import Kept
from bot.sandbox.people import INVITE, BadInput
from bot.sandbox.requests import Body
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.slack import parts, shapes
from bot.sandbox.slack.faults import SOCKET, Fault
from bot.sandbox.slack.workspace import BOT, NAME, SLACKBOT, TEAM, Conversation, Message, Payload, User

log: Final = logging.getLogger("cadre.sandbox")
_LARGEST: Final = 1_000_000
_SHOWN: Final = 500
B = TypeVar("B", bound=Body)


class Endpoints:
    """The calls. Each is read and checked, done by one of the workspace's parts, and answered as JSON."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self._people = sandbox.people
        self._controls = sandbox.controls

    def routes(self) -> list[Route]:
        """Their addresses."""
        reads = {
            "state": self._state,
            "messages": self._messages,
            "views": self._views,
            "home": self._published,
            "mail": self._mail,
            "log": self._log,
        }
        writes: dict[str, tuple[type[Body], Callable[[Any], Awaitable[Any]]]] = {
            "message": (requests.SaidBody, self._message),
            "command": (requests.CommandBody, self._command),
            "click": (requests.ClickBody, self._click),
            "submit": (requests.SubmitBody, self._submit),
            "close": (requests.CloseBody, self._close),
            "options": (requests.OptionsBody, self._options),
            "shortcut": (requests.ShortcutBody, self._shortcut),
            "home": (requests.ByUser, self._home),
            "user": (requests.UserBody, self._user),
            "clock": (requests.ClockBody, self._clock),
            "fault": (requests.FaultBody, self._fault),
            "redeliver": (requests.RedeliverBody, self._redeliver),
            "reset": (requests.EmptyBody, self._reset),
        }
        return [
            *(Route(f"/_sandbox/{name}", _reading(read), methods=["GET"]) for name, read in reads.items()),
            *(Route(f"/_sandbox/{name}", _writing(body, write), methods=["POST"]) for name, (body, write) in writes.items()),
            Route("/_sandbox/attach", self._attach, methods=["POST"]),
        ]

    async def _state(self, request: Request) -> Payload:
        known = await self._sandbox.acting()
        due = await self._sandbox.clock.next_due()
        return {
            "users": [self._shown_user(user, known.get(user.id)) for user in self._workspace.users.values() if not user.is_bot],
            "channels": [
                {"id": each.id, "name": each.name, "topic": each.topic, "is_private": False, "members": each.members}
                for each in self._workspace.conversations.values()
                if not each.is_im
            ],
            "now": self._workspace.now().isoformat(),
            "offset_seconds": self._sandbox.clock.offset,
            "next_due": due.isoformat() if due else None,
            "busy": self._sandbox.busy,
            "team": {"id": TEAM},
            "bot": {"id": BOT, "name": NAME},
            "usage_hints": {INVITE: "@Cadre"} | {each["command"]: each["usage_hint"] for each in self._people.commands},
            "methods": self._sandbox.methods,
        }

    def _shown_user(self, user: User, known: Any) -> Payload:
        return {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "locale": user.locale,
            "tz": user.tz,
            "dm": user.dm,
            "person": known.person if known else None,
            "person_name": known.name if known else None,
            "roles": list(known.roles) if known else [],
            "demo": bool(known and known.invented),
            "is_bot": user.is_bot,
            "initials": "".join(word[0] for word in user.name.split()[:2]).upper(),
            "time": shapes.clock_time(self._workspace, user),
            "local": shapes.reader(user).local(self._workspace.now()).strftime("%Y-%m-%dT%H:%M"),
        }

    async def _messages(self, request: Request) -> Payload:
        who = self._people.user(request.query_params.get("user", ""))
        place = self._people.place(who, request.query_params.get("channel", "dm"))
        thread = request.query_params.get("thread_ts")
        limit = _number(request, "limit", _SHOWN)
        seen = [each for each in place.messages.values() if each.seen_by in (None, who.id)]
        if thread:
            seen = [each for each in seen if thread in (each.ts, each.thread_ts)]
        return {"messages": [self._shown_message(who, place, each) for each in seen[-limit:]]}

    def _shown_message(self, who: User, place: Conversation, said: Message) -> Payload:
        content = shapes.message(self._workspace, place, said)
        reader = shapes.reader(who)
        local = reader.local(shapes.moment_of(said))
        if content.get("subtype") == "channel_join":  # Slack words it for each reader too
            content["text"] = reader.gettext("Cadre has joined the channel.")
        return content | {
            "name": shapes.name_of(self._workspace, said.user),
            "is_bot": said.user == BOT,
            "slackbot": said.user == SLACKBOT,
            "ephemeral": said.seen_by is not None,
            "edited": said.edited is not None and said.seen_by is None,
            "files": [file | {"url": f"/_sandbox/file/{file['id']}"} for file in content.get("files", ())],
            "time": reader.time(local),
            "day": reader.date(local.date(), weekday=True),
            "state": parts.state(content.get("blocks", ()), (said.chosen or {}).get(who.id, {})),
        }

    async def _views(self, request: Request) -> Payload:
        who = self._people.user(request.query_params.get("user", ""))
        return {"views": [parts.shown(view) | {"errors": view.errors} for view in self._workspace.modals[who.id]]}

    async def _published(self, request: Request) -> Payload:
        """App Home as it was drawn last: looking again opens it no second time."""
        found = self._workspace.homes.get(self._people.user(request.query_params.get("user", "")).id)
        return {"view": parts.shown(found) if found else None}

    async def _mail(self, request: Request) -> Payload:
        """The letters to somebody; without a user, to everybody."""
        if "user" not in request.query_params:
            return {"letters": [_shown_letter(each) for each in self._sandbox.mailbox.of()]}
        who = self._people.user(request.query_params["user"])
        reader = shapes.reader(who)
        kept = self._sandbox.mailbox.of(who.email) if who.email else []
        return {"address": who.email, "letters": [_shown_letter(each) | {"time": reader.moment(each.at)} for each in kept]}

    async def _log(self, request: Request) -> Payload:
        since = _number(request, "since", 0)
        entries = self._sandbox.log.since(since)
        return {"entries": entries, "last": self._sandbox.log.last}

    async def _message(self, body: requests.SaidBody) -> Payload:
        said = self._people.message(self._people.user(body.user), body.channel, body.text, body.thread_ts)
        return {"ts": said.ts}

    async def _command(self, body: requests.CommandBody) -> Payload:
        return {"response": await self._people.command(self._people.user(body.user), body.channel, body.command, body.text)}

    async def _click(self, body: requests.ClickBody) -> Payload:
        return await self._controls.click(self._people.user(body.user), body, body.value)

    async def _submit(self, body: requests.SubmitBody) -> Payload:
        return await self._controls.submit(self._people.user(body.user), body.view_id, body.values)

    async def _close(self, body: requests.CloseBody) -> Payload:
        await self._controls.close(self._people.user(body.user), body.view_id, all_=body.all)
        return {}

    async def _options(self, body: requests.OptionsBody) -> Payload:
        who = self._people.user(body.user)
        return await self._controls.options(who, self._controls.target(who, body), body.value)

    async def _attach(self, request: Request) -> Response:
        """The bytes of a file that somebody chose for a field, to be put into it by its id then: ``?user=&name=``."""
        if _from_elsewhere(request):
            return JSONResponse({"error": "forbidden"}, status_code=403)
        try:
            who = self._people.user(request.query_params.get("user", ""))
            return JSONResponse({"id": self._controls.attach(who, request.query_params.get("name", ""), await request.body())})
        except BadInput as wrong:
            return _refused(wrong.field, wrong.message)

    async def _shortcut(self, body: requests.ShortcutBody) -> Payload:
        who = self._people.user(body.user)
        return {"response": await self._people.shortcut(who, body.callback_id, body.channel, body.message_ts)}

    async def _home(self, body: requests.ByUser) -> Payload:
        return {"view": await self._people.home(self._people.user(body.user))}

    async def _user(self, body: requests.UserBody) -> Payload:
        return {"id": self._sandbox.change_user(body).id}

    async def _clock(self, body: requests.ClockBody) -> Payload:
        return {"now": (await self._sandbox.move_clock(body)).isoformat()}

    async def _fault(self, body: requests.FaultBody) -> Payload:
        if body.method == SOCKET:
            await self._sandbox.drop_connections()
        else:
            fault = Fault(body.kind, body.times, body.error, body.retry_after, body.done, body.every)
            self._sandbox.faults.plan(body.method, fault)
        return {}

    async def _redeliver(self, body: requests.RedeliverBody) -> Payload:
        return {"delivered": self._sandbox.deliveries.again(body.last)}

    async def _reset(self, body: requests.EmptyBody) -> Payload:
        await self._sandbox.reset()
        return {}


def _shown_letter(kept: Kept) -> Payload:
    letter = kept.letter
    return {
        "n": kept.n,
        "at": kept.at.isoformat(),
        "from": kept.sender,
        "to": letter.to,
        "name": letter.name,
        "reply_to": kept.reply_to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "key": letter.key,
        "language": letter.language,
        "files": [
            {"name": each.name, "method": each.method, "url": f"/_sandbox/letter/{kept.n}/{place}"}
            for place, each in enumerate(letter.files)
        ],
    }


def _reading(read: Callable[[Request], Awaitable[Payload]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await read(request))
        except BadInput as wrong:
            return _refused(wrong.field, wrong.message)

    return endpoint


def _writing(model: type[B], write: Callable[[B], Awaitable[Payload]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        """Only from the page itself or a tool: another site open in the same browser must not act as the people here."""
        if _from_elsewhere(request):
            return JSONResponse({"error": "forbidden"}, status_code=403)
        try:
            body = await request.body()
            if len(body) > _LARGEST:
                raise BadInput("body", "is too large")
            return JSONResponse(await write(model.model_validate_json(body or b"{}")))
        except ValidationError as problem:
            return _refused(*_first(problem))
        except BadInput as wrong:
            return _refused(wrong.field, wrong.message)
        except (ValueError, RecursionError):
            return _refused("body", "is no JSON")

    return endpoint


def _from_elsewhere(request: Request) -> bool:
    """Whether a page of another site sent it: every browser says so by Origin, newer ones by Sec-Fetch-Site too."""
    origin = request.headers.get("origin")
    foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    return foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _first(problem: ValidationError) -> tuple[str, str]:
    first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
    return ".".join(map(str, first["loc"])) or "body", str(first["msg"]).removeprefix("Value error, ")


def _refused(field: str, message: str) -> Response:
    return JSONResponse({"error": "invalid", "field": field, "message": message}, status_code=400)


def _number(request: Request, name: str, default: int) -> int:
    given = request.query_params.get(name, str(default))
    if not given.isdecimal() or len(given) > 12:  # digits of any number that may be meant
        raise BadInput(name, "is no whole number")
    return int(given)
