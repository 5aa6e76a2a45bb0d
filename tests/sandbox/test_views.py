"""Windows and App Home by the Web API, and the triggers without which no window opens."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.slack import triggers
from tests.sandbox.conftest import ALEX, SAM, Side

HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}]}


def modal(title: str = "Window", *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": list(blocks), **more}


def field(block_id: str, initial: str | None = None) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "typed", **({"initial_value": initial} if initial else {})}
    return {"type": "input", "block_id": block_id, "label": {"type": "plain_text", "text": "Name"}, "element": element}


def asking(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A window with fields, which can be sent."""
    return modal("Window", *fields, submit={"type": "plain_text", "text": "Send"}, **more)


def trigger(slack: Side, who: str = ALEX) -> str:
    """What comes with a click of somebody."""
    return slack.api.triggers.give(who)


async def opens(slack: Side, view: dict[str, Any] | None = None, who: str = ALEX) -> dict[str, Any]:
    """Open a window for somebody: the view."""
    found: dict[str, Any] = (await slack.calls("views.open", trigger_id=trigger(slack, who), view=view or modal()))["view"]
    return found


async def pushes(slack: Side, view: dict[str, Any] | None = None, who: str = ALEX) -> dict[str, Any]:
    """Lay a window over the one that somebody has open."""
    found: dict[str, Any] = (await slack.calls("views.push", trigger_id=trigger(slack, who), view=view or modal()))["view"]
    return found


def titles(slack: Side, who: str = ALEX) -> list[str]:
    """The windows that somebody has open, innermost last."""
    return [view.payload["title"]["text"] for view in slack.workspace.modals[who]]


async def test_a_window_opens_for_whoever_clicked(slack: Side) -> None:
    view = await opens(slack, asking(field("name", "Alex"), field("place"), private_metadata="7", callback_id="asked"))
    assert (view["type"], view["private_metadata"], view["callback_id"]) == ("modal", "7", "asked")
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    values = view["state"]["values"]
    assert (values["name"]["typed"]["value"], values["place"]["typed"]["value"]) == ("Alex", None)
    assert (titles(slack, ALEX), titles(slack, SAM)) == (["Window"], [])


async def test_a_trigger_is_good_once(slack: Side) -> None:
    given = trigger(slack)
    await slack.calls("views.open", trigger_id=given, view=modal())
    for method in ("views.open", "views.push"):
        assert await slack.refuses(method, trigger_id=given, view=modal()) == "exchanged_trigger_id", method
        assert await slack.refuses(method, trigger_id="12345.98765.abcd2358fdea", view=modal()) == "invalid_trigger_id", method
        assert await slack.refuses(method, view=modal()) == "invalid_arguments", method
    assert len(titles(slack)) == 1


async def test_a_trigger_is_good_for_a_while_whatever_the_clock_of_the_workspace_says(slack: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    assert triggers.TRIGGER_SECONDS == 3
    monkeypatch.setattr("bot.sandbox.slack.triggers.TRIGGER_SECONDS", 0.4)
    in_time, too_late = trigger(slack), trigger(slack)
    slack.later(timedelta(days=7))
    await slack.calls("views.open", trigger_id=in_time, view=modal())
    await asyncio.sleep(0.42)
    for method in ("views.open", "views.push"):
        assert await slack.refuses(method, trigger_id=too_late, view=modal()) == "expired_trigger_id", method


async def test_a_view_that_is_refused_does_not_use_the_trigger_up(slack: Side) -> None:
    given = trigger(slack)
    assert await slack.refuses("views.open", trigger_id=given, view=HOME) == "invalid_arguments"
    await slack.calls("views.open", trigger_id=given, view=modal())


async def test_three_windows_lie_over_one_another_at_most(slack: Side) -> None:
    first = await opens(slack, modal("First"))
    second = await pushes(slack, modal("Second"))
    third = await pushes(slack, modal("Third"))
    assert [view["previous_view_id"] for view in (first, second, third)] == [None, first["id"], second["id"]]
    assert {view["root_view_id"] for view in (first, second, third)} == {first["id"]}
    assert await slack.refuses("views.push", trigger_id=trigger(slack), view=modal("Fourth")) == "push_limit_reached"
    assert titles(slack) == ["First", "Second", "Third"]
    assert await slack.refuses("views.push", trigger_id=trigger(slack, SAM), view=modal()) == "not_found", "over nothing"


async def test_a_window_is_drawn_anew_with_what_was_typed_in_it(slack: Side) -> None:
    view = await opens(slack, asking(field("name"), field("place")))
    slack.workspace.modals[ALEX][-1].chosen = {"name": {"typed": {"type": "plain_text_input", "value": "Alex"}}}
    drawn = (await slack.calls("views.update", view_id=view["id"], view=asking(field("name"), field("town"))))["view"]
    assert (drawn["id"], len(titles(slack))) == (view["id"], 1)
    assert drawn["state"]["values"]["name"]["typed"]["value"] == "Alex"
    assert drawn["state"]["values"]["town"]["typed"]["value"] is None
    assert "place" not in drawn["state"]["values"]
    assert await slack.refuses("views.update", view_id="V0NOTHING", view=modal()) == "not_found"
    assert await slack.refuses("views.update", view=modal()) == "invalid_arguments"


async def test_what_somebody_else_drew_meanwhile_is_not_drawn_over(slack: Side) -> None:
    view = await opens(slack)
    newer = (await slack.calls("views.update", view_id=view["id"], hash=view["hash"], view=modal("Newer")))["view"]
    assert newer["hash"] != view["hash"]
    assert await slack.refuses("views.update", view_id=view["id"], hash=view["hash"], view=modal("Older")) == "hash_conflict"
    assert titles(slack) == ["Newer"]
    first = (await slack.calls("views.publish", user_id=ALEX, view=HOME))["view"]
    await slack.calls("views.publish", user_id=ALEX, hash=first["hash"], view=HOME)
    assert await slack.refuses("views.publish", user_id=ALEX, hash=first["hash"], view=HOME) == "hash_conflict"
    await slack.calls("views.publish", user_id=ALEX, view=HOME)


async def test_a_name_of_ones_own_for_a_view_is_given_once(slack: Side) -> None:
    view = await opens(slack, modal("First", external_id="mine"))
    for method in ("views.open", "views.push"):
        refused = await slack.refuses(method, trigger_id=trigger(slack), view=modal("Second", external_id="mine"))
        assert refused == "duplicate_external_id", method
    drawn = (await slack.calls("views.update", external_id="mine", view=modal("Anew", external_id="mine")))["view"]
    assert (drawn["id"], titles(slack)) == (view["id"], ["Anew"])
    assert await slack.refuses("views.update", external_id="another", view=modal()) == "not_found"


async def test_views_are_no_larger_than_250_kilobytes(slack: Side) -> None:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    fits, large = modal("Window", *[text] * 80), modal("Window", *[text] * 85)
    assert await slack.refuses("views.open", trigger_id=trigger(slack), view=large) == "view_too_large"
    view = await opens(slack, fits)
    assert await slack.refuses("views.push", trigger_id=trigger(slack), view=large) == "view_too_large"
    assert await slack.refuses("views.update", view_id=view["id"], view=large) == "view_too_large"
    assert await slack.refuses("views.publish", user_id=ALEX, view={"type": "home", "blocks": [text] * 85}) == "view_too_large"


async def test_the_path_to_what_is_wrong_in_a_view_is_told(slack: Side) -> None:
    view = await opens(slack)
    for wrong, path in [
        (modal("A title of more than 24 characters"), "/view/title/text"),
        (modal("Window", field("name")), "/view/blocks/0/input"),
        (asking(field("name"), field("name")), "/view/blocks/1/block_id"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (HOME, "/view/type"),
    ]:
        for method, args in (("views.open", {"trigger_id": trigger(slack)}), ("views.update", {"view_id": view["id"]})):
            refused = await slack.answers(method, view=wrong, **args)
            assert refused["error"] == "invalid_arguments", (method, path)
            messages = refused["response_metadata"]["messages"]
            assert any(f"[json-pointer:{path}]" in message for message in messages), (path, messages)
    refused = await slack.answers("views.publish", user_id=ALEX, view=modal())
    assert "[json-pointer:/view/type]" in refused["response_metadata"]["messages"][0]
    nothings: tuple[Any, ...] = (None, "", "{", 7, [])
    for nothing in nothings:
        assert await slack.refuses("views.open", trigger_id=trigger(slack), view=nothing) == "invalid_arguments", nothing


async def test_app_home_is_published_for_each_by_themselves(slack: Side) -> None:
    first = (await slack.calls("views.publish", user_id=ALEX, view=HOME))["view"]
    again = (await slack.calls("views.publish", user_id=ALEX, view=HOME | {"private_metadata": "7"}))["view"]
    assert (first["type"], again["id"], again["private_metadata"]) == ("home", first["id"], "7")
    assert (await slack.calls("views.publish", user_id=SAM, view=HOME))["view"]["id"] != first["id"]
    assert await slack.refuses("views.publish", user_id="U0NOBODY", view=HOME) == "user_not_found"


async def test_a_window_that_is_opened_takes_the_place_of_those_that_were_open(slack: Side) -> None:
    await opens(slack, modal("First"))
    await pushes(slack, modal("Second"))
    await opens(slack, modal("Another"))
    assert titles(slack) == ["Another"]
