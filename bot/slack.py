"""Slack's Web API: each method that Cadre calls, once. ``bot.manifest`` knows the scope that each needs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    ServerDisconnectedError,
    TCPConnector,
)
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler, AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.blocks import TEXT, Home, Message, Modal, Payload, cut
from bot.markup import escaped
from cadre.core.words import Words

SlackError = SlackApiError


def refusal(problem: SlackError) -> str:
    """Slack's own word for what went wrong, such as ``not_in_channel``; empty where it answered no JSON at all."""
    said = getattr(problem.response, "data", problem.response)
    return str(said.get("error") or "") if isinstance(said, dict) else ""


LARGEST_FILE: Final = 10_000_000
"""Bytes of a file that is taken: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""
_ALT: Final = 1000
"""Characters that Slack takes of what a picture shows."""
_LOOKS: Final = (0.0, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds before each look whether a picture can be shown."""
KEYED: Final = "cadre_key"
"""The kind of metadata that holds the key of a message: https://docs.slack.dev/messaging/message-metadata/"""
NEWEST: Final = 100
"""Messages of a conversation in which one that may have arrived is looked for."""
PATIENCE: Final = 10.0
"""Seconds that a call may take. Slack's library leaves it to the session, which would wait five minutes."""
_IDLE: Final = 3.0
"""Seconds for which a connection that nothing comes over is kept: a server that closes it after five, as uvicorn does, must not do so just
as something is sent that cannot be sent twice."""
_HALF_DONE: Final = frozenset({"", "fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""What Slack says where some of it may be done all the same: https://docs.slack.dev/reference/methods/chat.postMessage (errors)"""
_NEVER_SENT: Final = (ClientConnectorError, ConnectionTimeoutError)
_CUT_OFF: Final = (TimeoutError, ServerDisconnectedError, ClientOSError, ClientPayloadError)


def connections() -> ClientSession:
    """Connections to Slack, for a process; the caller closes them."""
    return ClientSession(timeout=ClientTimeout(total=PATIENCE), connector=TCPConnector(keepalive_timeout=_IDLE))


def may_be_done(problem: Exception) -> bool:
    """Whether Slack may have done what was asked of it, although the answer was a failure, or did not come."""
    if isinstance(problem, SlackError):
        return refusal(problem) in _HALF_DONE
    return isinstance(problem, _CUT_OFF) and not isinstance(problem, _NEVER_SENT)


def may_pass(problem: Exception) -> bool:
    """Whether it may go better a little later: Slack was away, busy or cut off, and did not say no."""
    if isinstance(problem, SlackError):
        return refusal(problem) in _HALF_DONE | {"ratelimited", "rate_limited"}
    return isinstance(problem, TimeoutError | ClientError)


def retry_after(problem: Exception) -> float | None:
    """Seconds that Slack asks to wait, where there were too many calls: https://docs.slack.dev/apis/web-api/rate-limits"""
    if not isinstance(problem, SlackError) or getattr(problem.response, "status_code", 0) != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    headers = {name.lower(): value for name, value in problem.response.headers.items()}
    said = str(headers.get("retry-after", ""))
    return float(said) if said.isdecimal() else 1.0


@dataclass(frozen=True, slots=True)
class Installation:
    """Where Cadre is installed: the own workspace, and the organization that it belongs to, if any."""

    team: str
    enterprise: str | None


class FileRefused(Exception):
    """A file that Slack does not give out: its token may not read files, or the file is too large to be taken."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that somebody put into a window."""

    name: str
    content: bytes


class AnswerRefused(Exception):
    """An address to answer at that takes no more answers: 30 minutes or 5 answers are over."""


class Slack:
    """The Web API, over one shared session. Its methods raise SlackError for what Slack refuses."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._installation: Installation | None = None
        self._conversations: dict[str, str] = {}
        self._hasty: Slack | None = None

    @classmethod
    def with_token(cls, token: str, address: str) -> Slack:
        """A client for a token, at the address of the Web API."""
        return cls(AsyncWebClient(token=token, base_url=address, retry_handlers=_patience()))

    def hasty(self) -> Slack:
        """The same, but a call that fails fails at once: for those who see to it themselves that it is repeated, and when."""
        if self._hasty is None:
            client = self._client
            self._hasty = Slack(AsyncWebClient(token=client.token, base_url=client.base_url, session=client.session, retry_handlers=[]))
        return self._hasty

    @property
    def client(self) -> AsyncWebClient:
        """For Socket Mode, which opens its connection with it."""
        return self._client

    def use(self, session: ClientSession | None) -> None:
        """The session that all calls share: one for each call would halve what the bot can do."""
        self._client.session = session
        if self._hasty:
            self._hasty.use(session)

    async def whoami(self) -> Payload:
        """Whose token it is."""
        found = _data(await self._client.auth_test())
        self._installation = Installation(found.get("team_id") or "", found.get("enterprise_id") or None)
        return found

    async def installation(self) -> Installation:
        """Where Cadre is installed, by the token itself: a token never changes its workspace, so it is asked for once.

        A payload may name another workspace: that of somebody from another organization, in a shared channel.
        """
        if self._installation is None:
            await self.whoami()
        assert self._installation
        return self._installation

    async def user(self, user: str) -> Payload:
        """A user, with their language: https://docs.slack.dev/reference/methods/users.info"""
        found: Payload = _data(await self._client.users_info(user=user, include_locale=True))["user"]
        return found

    async def user_by_email(self, email: str) -> Payload | None:
        """The user of the workspace who has an address; None where there is none."""
        try:
            found: Payload = _data(await self._client.users_lookupByEmail(email=email))["user"]
        except SlackApiError as problem:
            if refusal(problem) == "users_not_found":
                return None
            raise
        return found

    async def conversation_with(self, user: str) -> str:
        """The channel of the direct messages between Cadre and a user. It never changes, so it is asked for once."""
        if user not in self._conversations:
            opened = _data(await self._client.conversations_open(users=user))
            self._conversations[user] = opened["channel"]["id"]
        return self._conversations[user]

    async def post(self, channel: str, message: Message, thread: str | None = None, key: str | None = None) -> str:
        """Post, and give the message's ``ts``. Addresses in it are not unfolded: an answer is read, not looked at.

        ``key``: what the message can be found by again.
        """
        kept = {"event_type": KEYED, "event_payload": {"key": key}} if key else None
        posted = await self._client.chat_postMessage(
            channel=channel, thread_ts=thread, unfurl_links=False, unfurl_media=False, metadata=kept, **message.payload()
        )
        ts: str = _data(posted)["ts"]
        return ts

    async def find(self, channel: str, key: str) -> str | None:
        """The ``ts`` of the message that was posted with a key, among the newest; None where there is none.

        Slack allows few such calls (https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps/): one is
        made only where a call may have been done although it failed. In a public channel Cadre may post without being a member, but not
        read: to look there it joins.
        """
        try:
            newest = await self._newest(channel)
        except SlackApiError as problem:
            if refusal(problem) != "not_in_channel":
                raise
            await self.join(channel)
            newest = await self._newest(channel)
        for message in newest["messages"]:
            if (message.get("metadata") or {}).get("event_payload", {}).get("key") == key:
                ts: str = message["ts"]
                return ts
        return None

    async def join(self, channel: str) -> None:
        """Become a member of a public channel; of one already, nothing happens."""
        await self._client.conversations_join(channel=channel)

    async def _newest(self, channel: str) -> Payload:
        return _data(await self._client.conversations_history(channel=channel, limit=NEWEST, include_all_metadata=True))

    async def file(self, id_: str) -> Attached:
        """A file that somebody put into a window. Raises FileRefused where it cannot be had.

        To a token that may not read files Slack shows a page instead, and calls that a success.
        https://docs.slack.dev/reference/objects/file-object#auth
        """
        found: Payload = _data(await self._client.files_info(file=id_))["file"]
        if int(found.get("size") or 0) > LARGEST_FILE:
            raise FileRefused("too large")
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with self._connections().get(found["url_private_download"], headers=headers, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK or answer.content_type == "text/html":
                raise FileRefused(f"{answer.status} {answer.content_type}")
            return Attached(str(found["name"]), await answer.read())

    async def upload(self, channel: str, name: str, content: bytes, comment: Words, thread: str | None = None) -> None:
        """Post a file, with a word about it, in a thread where there is one: https://docs.slack.dev/messaging/working-with-files/#upload"""
        files: list[dict[str, str | None]] = [{"id": await self._uploaded(name, content), "title": name}]
        await self._client.files_completeUploadExternal(
            files=files, channel_id=channel, thread_ts=thread, initial_comment=escaped(comment, TEXT)
        )

    async def picture(self, name: str, content: bytes, told: Words) -> str:
        """Give Slack a picture for messages to show (``blocks.image``), and its id. ``told``: what it shows, for whoever does not see it.

        Slack looks at files after it took them, and shows none before: https://docs.slack.dev/reference/objects/file-object
        """
        id_ = await self._uploaded(name, content, alt_txt=cut(told, _ALT))
        await self._client.files_completeUploadExternal(files=[{"id": id_, "title": name}])
        for wait in _LOOKS:
            await asyncio.sleep(wait)
            if _data(await self._client.files_info(file=id_))["file"].get("mimetype"):
                return id_
        raise FileRefused(f"{name} is not ready")

    async def _uploaded(self, name: str, content: bytes, **about: str) -> str:
        announced = _data(await self._client.files_getUploadURLExternal(filename=name, length=len(content), **about))
        async with self._connections().post(announced["upload_url"], data=BytesIO(content)) as answer:
            if answer.status != HTTPStatus.OK:
                raise FileRefused(f"{answer.status} {await answer.text()}")
        id_: str = announced["file_id"]
        return id_

    def _connections(self) -> ClientSession:
        session = self._client.session
        assert session, "a process that fetches files has connections"
        return session

    async def whisper(self, channel: str, user: str, message: Message, thread: str | None = None) -> None:
        """Post what only one user sees. Slack keeps it nowhere: it is gone with the window."""
        await self._client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, **message.payload())

    async def update(self, channel: str, ts: str, message: Message) -> None:
        """Draw a message anew."""
        await self._client.chat_update(channel=channel, ts=ts, **message.payload())

    async def open_view(self, trigger: str, view: Modal) -> str:
        """Open a window; the trigger of a click is good for 3 seconds."""
        opened: str = _data(await self._client.views_open(trigger_id=trigger, view=view.payload()))["view"]["id"]
        return opened

    async def push_view(self, trigger: str, view: Modal) -> str:
        """Lay a window over the one in which the click was: three lie over each other at most."""
        pushed: str = _data(await self._client.views_push(trigger_id=trigger, view=view.payload()))["view"]["id"]
        return pushed

    async def update_view(self, view_id: str, view: Modal) -> None:
        """Draw an open window anew."""
        await self._client.views_update(view_id=view_id, view=view.payload())

    async def publish_home(self, user: str, home: Home) -> None:
        """Draw the App Home of a user anew."""
        await self._client.views_publish(user_id=user, view=home.payload())

    async def respond(self, address: str, message: Message, *, replace: bool = False, thread: str | None = None) -> None:
        """Answer a command or click by the address that came with it: good for 30 minutes and 5 answers, in any channel.

        Raises AnswerRefused when they are over. https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
        """
        webhook = AsyncWebhookClient(address, session=self._client.session, retry_handlers=_patience())
        payload = {"response_type": "ephemeral", "replace_original": replace, **message.payload()}
        if thread:
            payload["thread_ts"] = thread
        answered = await webhook.send_dict(payload)
        if answered.status_code != 200:
            raise AnswerRefused(f"{answered.status_code} {answered.body}")


def _patience() -> list[AsyncRetryHandler]:
    """Once more, where Slack says that there were too many calls, or was not reached at all.

    Slack's library would also repeat what was cut off on the way: that may be done already, and would stand there twice.
    """
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1, error_types=list(_NEVER_SENT)),
        AsyncRateLimitErrorRetryHandler(max_retry_count=1),
    ]


def _data(response: Any) -> Payload:
    found: Payload = response.data
    return found
