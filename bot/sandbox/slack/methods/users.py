"""People, and the workspace itself: https://docs.slack.dev/reference/methods (users, team, auth)."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from bot.sandbox.slack import shapes
from bot.sandbox.slack.methods.call import Call, Method, Refused
from bot.sandbox.slack.workspace import BOT, BOT_ID, TEAM, Payload, User

TEAM_NAME: Final = "Joint Councils"


def info(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/users.info: the language only where it is asked for."""
    return {"user": _shown(call, call.user())}


def list_(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/users.list"""
    page, more = call.page(list(call.workspace.users.values()))
    return {"members": [_shown(call, each) for each in page], "cache_ts": int(call.workspace.now().timestamp()), **more}


def by_email(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail"""
    email = call.required("email").casefold()
    found = next((each for each in call.workspace.users.values() if (each.email or "").casefold() == email), None)
    if found is None:
        raise Refused("users_not_found")
    return {"user": _shown(call, found)}


def team(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/team.info"""
    return {"team": {"id": TEAM, "name": TEAM_NAME, "domain": "cadre-sandbox", "email_domain": "", "icon": {"image_default": True}}}


def whose(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/auth.test"""
    return {
        "url": f"{call.address}/",
        "team": TEAM_NAME,
        "user": "cadre",
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
        **call.workspace.grid,
    }


def _shown(call: Call, who: User) -> Payload:
    offset = call.workspace.now().astimezone(ZoneInfo(who.tz)).utcoffset()
    return shapes.user(
        who,
        locale=call.flag("include_locale"),
        email="users:read.email" in call.scopes,
        offset=int(offset.total_seconds()) if offset else 0,
    )


METHODS: Final = {
    "auth.test": Method(whose),
    "team.info": Method(team, "team:read"),
    "users.info": Method(info, "users:read"),
    "users.list": Method(list_, "users:read"),
    "users.lookupByEmail": Method(by_email, "users:read.email"),
}
