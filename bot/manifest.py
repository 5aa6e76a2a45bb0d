"""The Slack app manifest, generated from what is registered at the door, so that the two cannot disagree.

https://docs.slack.dev/reference/app-manifest/
"""

from __future__ import annotations

from typing import Any, Final

from bot.door import Door
from bot.settings import Mode

EVENTS_PATH: Final = "/slack/events"
ADDRESS: Final = "https://cadre.example.org"

METHOD_SCOPES: Final[dict[str, str | None]] = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "views.publish": None,
}
"""The methods of ``bot.slack``, and the scope that each needs: https://docs.slack.dev/reference/methods. A test compares them."""
POST_SCOPES: Final = ("channels:history", "chat:write.public")
"""What the same methods need for posts in public channels: to find one again, and where Cadre was not invited."""
EVENT_SCOPES: Final[dict[str, str | None]] = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "app_home_opened": None,
    "user_change": "users:read",
}
"""The scope that each event needs: https://docs.slack.dev/reference/events"""

# Slack shows an app's description in one language only, to everyone: so each says the same in both.
_DESCRIPTION: Final = "The Joint Councils' memory: ask, it answers. La mémoire des Conseils mixtes\u00a0: demandez, il répond."
_LONG: Final = (
    "Cadre keeps the registry of Canada's Joint Councils (PSSDC, PSCIOC and the two together): councils, groups, priorities, "
    "people, meetings and decisions. Ask it in your own words, in English or French, by mention, direct message or /cadre; each "
    "answer says where it comes from.\n\n"
    "Cadre tient le registre des Conseils mixtes du Canada (CPSSP, CDPISP et les deux réunis)\u00a0: conseils, groupes, "
    "priorités, personnes, réunions et décisions. Posez-lui vos questions dans vos mots, en français ou en anglais, par mention, "
    "message privé ou /cadre; chaque réponse indique sa source."
)
_COMMAND: Final = "Ask the registry / Interroger le registre"
_HINT: Final = "[question | workplan | help] / [question | plan | aide]"


def scopes(door: Door) -> list[str]:
    """The scopes of the bot token: those of the methods called and of the events listened to, and no other."""
    wanted = {*METHOD_SCOPES.values(), *POST_SCOPES, *(EVENT_SCOPES[event] for event in door.events), "commands" if door.commands else None}
    return sorted(scope for scope in wanted if scope)


def manifest(door: Door, mode: Mode, address: str = ADDRESS) -> dict[str, Any]:
    """The manifest for either way in. ``address``: where the web server is reached, for HTTP."""
    request = {"request_url": f"{address.rstrip('/')}{EVENTS_PATH}"} if mode is Mode.HTTP else {}
    lookups = {"message_menu_options_url": request["request_url"]} if request and door.lookups else {}
    commands = [
        {
            "command": name,
            "description": _COMMAND,
            "usage_hint": _HINT,
            "should_escape": False,
            **({"url": request["request_url"]} if request else {}),
        }
        for name in door.commands
    ]
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Cadre",
            "description": _DESCRIPTION,
            "long_description": _LONG,
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Cadre", "always_online": True},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": scopes(door)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": door.events},
            "interactivity": {"is_enabled": True, **request, **lookups},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode is Mode.SOCKET,
            "token_rotation_enabled": False,
        },
    }
