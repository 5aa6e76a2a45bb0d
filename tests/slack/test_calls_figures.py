"""What a call says of its seats, and of how many offered and were accepted."""

from __future__ import annotations

from cadre.calls import service as calls
from cadre.calls.summary import too_many
from cadre.core.reader import Actor, Reader
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import CASEY, ROBIN, answers, casey, maxime, of, offers, opened, posted, report_of, soon, stands, told
from tests.workspace import Workspace

workspace = world.workspace


async def test_where_the_secretariat_chooses_no_form_says_that_all_seats_are_taken(workspace: Workspace) -> None:
    call = await opened(workspace, seats=1)
    offers(workspace, CASEY, call)
    assert not stands(workspace, call).call.full
    await maxime(workspace).clicks("Participer", await answers(maxime(workspace)))
    assert "Toutes les places sont prises" not in (await maxime(workspace).window()).text


async def test_after_the_closing_of_a_capped_call_nobody_is_told_that_they_wait_in_order(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=1)
    offers(workspace, JORDAN, call, person="sacha-rivenord", said_by="Sacha", way="letter")
    does(workspace, JORDAN, calls.close_now, call)
    await casey(workspace).clicks("Take part myself", await answers(casey(workspace)))
    form = (await casey(workspace).window()).text
    assert "kept as late" in form
    assert "waits in order" not in form


async def test_how_many_offered_stays_when_some_are_declined_and_how_many_were_accepted_is_said(workspace: Workspace) -> None:
    call = await opened(workspace)
    for actor in (CASEY, ROBIN):
        offers(workspace, actor, call)
    does(workspace, JORDAN, calls.close_now, call)
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "casey-larkfield").id], accepted=True)
    does(workspace, JORDAN, calls.settle, call, [of(workspace, call, "robin-ashgrove").id], accepted=False)
    await soon(workspace)
    post = (await posted(casey(workspace))).text
    assert "2 people offered. 1 accepted." in post
    assert "2 personnes se sont proposées. 1 candidature retenue." in post.replace("\u00a0", " ")


async def test_more_than_wanted_from_one_government_is_said_before_and_after_they_are_accepted(workspace: Workspace) -> None:
    call, officer = await opened(workspace, seats=5, seats_each=1), workspace.secretariat()
    for actor in (CASEY, Actor("Maxime Grandchêne (U0MAXIME)", "maxime-grandchene")):
        offers(workspace, actor, call)
    report = await report_of(officer, call)
    assert "More than wanted" in report.text
    assert "2 from Bellorme, demonstration." in report.text
    await officer.clicks("Accept or decline", report)
    assert "More offer than wanted: 2 from Bellorme, demonstration." in (await officer.window()).text
    await officer.submits(whom="all", accepted="yes")
    assert "More are accepted than wanted: 2 from Bellorme, demonstration." in (await officer.window()).text


def test_people_beyond_the_seats_in_all_are_counted() -> None:
    assert list(too_many(50, (), Reader())) == ["50 people more than there are seats."]
    assert list(too_many(0, (), Reader())) == []


async def test_who_waits_after_the_closing_learns_that_the_secretariat_gives_the_seats(workspace: Workspace) -> None:
    call = await opened(workspace, capped=True, seats=1)
    for actor in (ROBIN, CASEY):
        offers(workspace, actor, call)
    does(workspace, JORDAN, calls.close_now, call)
    told = (await answers(casey(workspace))).text
    assert "The call is closed: the secretariat gives any seat that becomes free." in told
    assert "I will write to you as soon as a seat is free" not in told


async def test_a_call_that_nobody_offered_for_says_so_in_words(workspace: Workspace) -> None:
    await opened(workspace)
    post = (await posted(casey(workspace))).text
    assert "Nobody has offered yet." in post
    assert "Personne ne s'est encore proposé." in post


async def test_the_word_to_those_who_are_accepted_is_read_in_their_language(workspace: Workspace) -> None:
    call, officer = await opened(workspace), workspace.secretariat()
    for actor in (CASEY, Actor("Maxime Grandchêne (U0MAXIME)", "maxime-grandchene")):
        offers(workspace, actor, call)
    await officer.clicks("Accept or decline", await report_of(officer, call))
    await officer.submits(whom="all", accepted="yes", message="Bring a paddle.", message_fr="Apportez une pagaie.")
    await soon(workspace)
    assert "Bring a paddle." in (await casey(workspace).last_dm()).text
    assert "Apportez une pagaie." in (await maxime(workspace).last_dm()).text


async def test_whoever_declined_and_then_answered_late_hears_that_the_late_answer_was_taken_up(workspace: Workspace) -> None:
    call, actor = await opened(workspace), Actor("Maxime Grandchêne (U0MAXIME)", "maxime-grandchene")
    does(workspace, actor, calls.decline, call, "demo-bellorme", "No canoe")
    does(workspace, JORDAN, calls.close_now, call)
    offers(workspace, actor, call)
    does(workspace, JORDAN, calls.decide_late, call, "demo-bellorme", taken_up=True)
    await soon(workspace)
    heard = await told(maxime(workspace))
    assert any("Jordan Wrenwood a retenu votre réponse tardive au nom de Bellorme" in said for said in heard)
    assert not any("a changé cette réponse" in said for said in heard)
