"""Slack's Web API over HTTP, at ``/api/<method>``, and the addresses at which commands and clicks are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.slack import shapes
from bot.sandbox.slack.faults import Fault, FaultKind, Faults
from bot.sandbox.slack.log import Log
from bot.sandbox.slack.methods import METHODS, Call, Refused
from bot.sandbox.slack.methods.call import invalid, parsed
from bot.sandbox.slack.methods.chat import content
from bot.sandbox.slack.triggers import ResponseAddress, Triggers
from bot.sandbox.slack.workspace import BOT, Payload, Workspace
from cadre.core import clock

_LARGEST: Final = 2_000_000
_HANG: Final = 120.0
"""Seconds for which a call hangs, unless the caller gives up before."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the app was given when it was installed."""

    bot_token: str
    app_token: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Api:
    """The Web API of one workspace."""

    workspace: Workspace
    triggers: Triggers
    faults: Faults
    log: Log
    keys: Keys
    address: str

    def routes(self) -> list[Route]:
        """Its addresses."""
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/respond/{name}", self.respond, methods=["POST"]),
            Route("/_sandbox/upload/{id}", self.upload, methods=["POST"]),
            Route("/files-pri/{file}/{name:path}", self.private),
        ]

    async def call(self, request: Request) -> Response:
        """One call: faults first, then the token, then the method. Every refusal has Slack's own code."""
        began = clock.real()
        method = request.path_params["method"]
        fault = self.faults.take(method)
        args: Payload = {}
        answer: Payload
        try:
            args = await arguments(request)
            answer = {} if fault and not fault.done else {"ok": True, **self._done(method, args, request)}
        except Refused as refused:
            answer = refused.payload
        if fault:
            return await self._failed(fault, method, args, began, request)
        self.log.add("call", method, _without_token(args), answer, status=200, began=began)
        return JSONResponse(answer)

    def _done(self, method: str, args: Payload, request: Request) -> Payload:
        token = _token(args, request)
        found = METHODS.get(method)
        if found is None:
            raise Refused("unknown_method", req_method=method)
        if not token:
            raise Refused("not_authed")
        if token not in (self.keys.bot_token, self.keys.app_token):
            raise Refused("invalid_auth")
        if (token == self.keys.app_token) != found.app_token:
            raise Refused("not_allowed_token_type")
        scopes = frozenset({"connections:write"}) if found.app_token else self.keys.scopes
        call = Call(args, scopes, self.workspace, self.triggers, self.address)
        call.need(found.scope)
        try:
            return found.run(call)
        except (RecursionError, OverflowError, UnicodeError) as problem:
            raise invalid("is nested too deep, or holds what cannot be written") from problem

    async def _failed(self, fault: Fault, method: str, args: Payload, began: datetime, request: Request) -> Response:
        """https://docs.slack.dev/apis/web-api/rate-limits, and what else may go wrong with a service."""
        response: Response
        match fault.kind:
            case FaultKind.RATELIMITED:
                headers = {"retry-after": str(fault.retry_after)}
                response = JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
            case FaultKind.ERROR if fault.error:
                response = JSONResponse({"ok": False, "error": fault.error})
            case FaultKind.ERROR:
                response = JSONResponse({"ok": False, "error": "internal_error"}, status_code=500)
            case FaultKind.TIMEOUT:
                response = Response(status_code=504)
            case FaultKind.DOWN:
                response = PlainTextResponse("upstream connect error", status_code=503)
        told = None if fault.kind is FaultKind.TIMEOUT else response.status_code
        self.log.add("call", method, _without_token(args), None, status=told, began=began, error=f"fault: {fault.kind}")
        if fault.kind is FaultKind.TIMEOUT:
            await _hang(request)
        return response

    async def respond(self, request: Request) -> Response:
        """https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses"""
        began = clock.real()
        fault = self.faults.take("respond")
        sent: Payload = {}
        try:
            sent = _object(await _body(request))
            if fault and not fault.done:
                return await self._failed(fault, "respond", sent, began, request)
            self._answered(request.path_params["name"], sent)
        except Refused as refused:
            status = 404 if refused.error.endswith("_url") else 400
            self.log.add("response", "respond", sent, refused.payload, status=status, began=began)
            return JSONResponse(refused.payload, status_code=status)
        if fault:
            return await self._failed(fault, "respond", sent, began, request)
        self.log.add("response", "respond", sent, "ok", status=200, began=began)
        return PlainTextResponse("ok")

    def _answered(self, name: str, sent: Payload) -> None:
        found = self.triggers.answer(name, self.workspace.now())
        if isinstance(found, str):
            raise Refused(found)
        answer_at(self, found, sent)

    async def upload(self, request: Request) -> Response:
        """Takes the bytes of a file that was announced, as many as were announced."""
        found = self.workspace.files.get(request.path_params["id"])
        body = await request.body()
        if found is None or found.data is not None:
            return PlainTextResponse("no such upload", status_code=404)
        if len(body) != found.length:
            return PlainTextResponse(f"expected {found.length} bytes", status_code=400)
        found.data = body
        return PlainTextResponse(f"OK - {len(body)}")

    async def private(self, request: Request) -> Response:
        """A file at its private address. Without a token that may read files Slack shows the page where one signs in, and calls that 200:
        https://docs.slack.dev/reference/objects/file-object#auth, https://github.com/slackapi/bolt-js/issues/2585
        """
        began, id_ = clock.real(), request.path_params["file"].partition("-")[2]
        found = self.workspace.files.get(id_)
        may = _token({}, request) == self.keys.bot_token and "files:read" in self.keys.scopes
        self.log.add("call", "files-pri", {"file": id_}, {"ok": may}, status=200, began=began)
        if not may or found is None or found.data is None:
            return HTMLResponse("<!DOCTYPE html><title>Slack</title><h1>Sign in</h1>")
        return Response(found.data, media_type=shapes.mimetype(found.name))


def answer_at(api: Api, at: ResponseAddress, sent: Payload) -> None:
    """Post, replace or take away, as an answer to a command or click asks for."""
    workspace = api.workspace
    place = workspace.conversation(at.channel)
    if place is None:
        raise Refused("channel_not_found")
    clicked = place.messages.get(at.ts or "")
    if sent.get("delete_original"):
        if clicked:
            workspace.remove(place, clicked)
        return
    kind = sent.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise Refused("invalid_response_type")
    made = content(workspace, sent, Call(sent, api.keys.scopes, workspace, api.triggers, api.address))
    if sent.get("replace_original") and clicked:
        workspace.redraw(place, clicked, made)
        return
    thread = sent.get("thread_ts") or None
    said = workspace.post(
        place, BOT, made, thread=thread if thread in place.messages else None, seen_by=at.user if kind == "ephemeral" else None
    )
    at.outcome.tell(shapes.message(workspace, place, said))


async def arguments(request: Request) -> Payload:
    """What was sent with a call: in the address, as a form, or as JSON: https://docs.slack.dev/apis/web-api/#post_bodies"""
    given: Payload = dict(request.query_params)
    if request.method != "POST":
        return given
    body = await _body(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return given | _object(body)
    if kind == "application/x-www-form-urlencoded" or not body:
        try:
            return given | dict(parse_qsl(body.decode(), keep_blank_values=True))
        except (UnicodeDecodeError, ValueError) as problem:
            raise Refused("invalid_form_data") from problem
    raise Refused("invalid_post_type")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise Refused("request_too_large")
    return bytes(body)


def _object(body: bytes) -> Payload:
    try:
        found = parsed(body)
    except (ValueError, RecursionError) as problem:
        raise Refused("invalid_json") from problem
    if not isinstance(found, dict):
        raise Refused("json_not_object")
    return found


def _token(args: Mapping[str, Any], request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return str(args.get("token") or "")


def _without_token(args: Payload) -> Payload:
    return {name: value for name, value in args.items() if name != "token"}


async def _hang(request: Request) -> None:
    """Keep a caller waiting until it gives up."""
    give_up = clock.ticks() + _HANG
    while clock.ticks() < give_up and not await request.is_disconnected():  # noqa: ASYNC110  # this can only be asked
        await asyncio.sleep(0.02)
