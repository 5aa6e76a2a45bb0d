"""Letters about calls, to those whom Slack does not reach, in the language in which they work."""

from __future__ import annotations

from cadre.calls import service as calls
from cadre.calls.forms import Newcomer
from cadre.core.reader import Actor
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import CASEY, letter_to, offers, opened
from tests.workspace import Workspace

workspace = world.workspace


async def test_whoever_is_not_in_slack_is_told_how_to_answer_without_it_and_why_they_are_written_to(workspace: Workspace) -> None:
    call = await opened(workspace, confirms=True)
    asked = (await letter_to(workspace, "ellis.marshgrove")).text
    assert "To answer, reply to this e-mail or write to the secretariat (" in asked
    assert "@" in asked.partition("write to the secretariat (")[2].partition(")")[0]
    newcomer = Newcomer("Noa Brook", "noa.brook@demonstration.example")
    offers(workspace, CASEY, call, newcomer=newcomer, jurisdiction="demo-bellorme")
    text = (await letter_to(workspace, "noa.brook")).text
    assert "To answer, reply to this e-mail" in text
    assert "reply to this e-mail: the secretariat changes or withdraws it for you" in " ".join(text.split())
    assert "role" not in text.partition("To answer")[2], "nobody confirmed a role of theirs"
    assert "/cadre" not in text
    assert "because it concerns you or those for whom you answer" in text


async def test_whoever_is_put_forward_is_written_to_in_the_language_in_which_they_work(workspace: Workspace) -> None:
    call = await opened(workspace)
    for name, works in (("noa", "fr"), ("zoe", "both")):
        newcomer = Newcomer(name.title(), f"{name}@demonstration.example")
        offers(workspace, CASEY, call, newcomer=newcomer, jurisdiction="demo-bellorme", language=works)
    assert (await letter_to(workspace, "noa")).language == "fr"
    assert (await letter_to(workspace, "zoe")).language == "en", "that of whoever put them forward"
    newcomer = Newcomer("Ivo", "ivo@demonstration.example")
    offers(workspace, Actor("Maxime", "maxime-grandchene"), call, newcomer=newcomer, jurisdiction="demo-bellorme", language="both")
    assert (await letter_to(workspace, "ivo")).language == "fr"


async def test_somebody_new_to_whom_the_answer_is_handed_on_is_written_to_in_both_languages(workspace: Workspace) -> None:
    call = await opened(workspace)
    does(workspace, CASEY, calls.delegate, call, "demo-bellorme", Newcomer("Bev Millpond", "bev@demonstration.example"))
    letter = await letter_to(workspace, "bev")
    assert "Casey Larkfield lets you answer for Bellorme" in letter.text
    assert "Casey Larkfield vous" in letter.text


async def test_whom_slack_knows_to_read_french_is_written_to_in_french_before_they_say_who_they_are(workspace: Workspace) -> None:
    call = await opened(workspace)
    heard = {"said_by": "Loïs", "way": "phone", "elsewhere": True}
    offers(workspace, JORDAN, call, person="lois-valdombre", language="en", jurisdiction="demo-bellorme", **heard)
    assert (await letter_to(workspace, "lois.valdombre")).language == "fr"
