"""The manifest: what Slack is told of Cadre is what Cadre does."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from bot import slack
from bot.app import front_door
from bot.manifest import EVENT_SCOPES, METHOD_SCOPES, manifest, scopes
from bot.sandbox.slack.methods import METHODS
from bot.settings import Mode
from bot.web import terminal


def called() -> set[str]:
    """The methods of the Web API that ``bot.slack`` calls."""
    tree = ast.parse(Path(slack.__file__).read_text("utf-8"))
    return {
        node.func.attr.replace("_", ".", 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "self._client"
    }


def test_the_table_of_methods_is_what_is_called() -> None:
    assert called() == set(METHOD_SCOPES)


def test_the_sandbox_has_each_method_that_is_called_with_the_same_scope() -> None:
    """That of ``conversations.history`` goes by the kind of conversation: ``tests/sandbox`` sees to it."""
    by_kind = {"conversations.history": "im:history"}
    assert METHOD_SCOPES.items() <= ({name: method.scope for name, method in METHODS.items()} | by_kind).items()


def test_nothing_else_calls_the_web_api() -> None:
    for path in Path(slack.__file__).parent.rglob("*.py"):
        if path.name != "slack.py":
            assert "chat_post" not in path.read_text("utf-8"), path
            assert "api_call(" not in path.read_text("utf-8"), path


def test_no_scope_more_than_what_is_used() -> None:
    door = front_door()
    assert set(EVENT_SCOPES) == set(door.events)
    assert scopes(door) == [
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "chat:write",
        "chat:write.public",
        "commands",
        "files:read",
        "files:write",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_the_limits_of_slack(mode: Mode) -> None:
    made = manifest(front_door(), mode)
    shown = made["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert made["settings"]["socket_mode_enabled"] is (mode is Mode.SOCKET)


def test_addresses_for_http_only() -> None:
    assert "request_url" not in json.dumps(manifest(front_door(), Mode.SOCKET))
    made = manifest(front_door(), Mode.HTTP, "https://cadre.gc.example/")
    address = "https://cadre.gc.example/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": address, "message_menu_options_url": address}
    assert [command["url"] for command in made["features"]["slash_commands"]] == [address]


def test_it_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.manifest(["--mode", "socket"]) == 0
    assert json.loads(capsys.readouterr().out)["features"]["slash_commands"][0]["command"] == "/cadre"
