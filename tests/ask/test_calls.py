"""Questions about calls for participation: what everybody may know, what only some may, and what nobody is told before its time."""

from __future__ import annotations

import pytest

from bot.ask.text import render
from cadre.ask.service import answer
from cadre.calls import queries
from cadre.calls import service as calls
from cadre.calls.forms import SignUpForm
from cadre.core.database import Database
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Actor, Reader
from cadre.people.models import Person
from tests.ask import call_office as world
from tests.ask.call_office import BEV, GUY, NAT, SAM, SOPHIA, Desk, Office

office, answered, public, two, going_on = world.office, world.answered, world.public, world.two, world.going_on


def test_without_a_call_none_is_open(office: Office) -> None:
    assert office.ask("which calls are open?", NAT).headline == "No call is open."
    assert office.ask("quels appels sont ouverts?", NAT, "fr").intent == "calls_open"
    assert "ask me in a conversation of our own" in office.told("which calls are open?")


def test_which_calls_are_open_and_until_when_where_the_asker_is(answered: Desk) -> None:
    call = answered.call
    assert call.closes_at
    there = Reader(LOCALES["en"], "America/St_Johns")
    found = answered.ask("which calls are open?", NAT, zone="America/St_Johns")
    assert found.headline == f"The call for the Digital Identity Working Group is open until {there.moment(call.closes_at)}."
    assert "2 of 4 jurisdictions have answered." in found.parts[0].details[0]
    (source,) = found.sources
    assert source.startswith("The registry's own record, ")
    assert "St. John's" in source
    assert answered.ask("until when is the call for digital identity open", NAT).headline.startswith("The call for the Digital Identity")
    assert answered.ask("is there a call for client-centric services?", NAT).headline.startswith(
        "That is not in the registry: no call that you may see for"
    )


def test_what_changes_is_told_at_once(office: Office) -> None:
    call = office.opened()
    assert "4 jurisdictions have not answered" in office.ask("which jurisdictions have not answered", SAM).headline
    office.do(SAM, calls.decline, call.id, "ON", "No canoe", said_by="A clerk", way="email")
    assert "3 jurisdictions have not answered" in office.ask("which jurisdictions have not answered", SAM).headline
    office.do(SAM, calls.close_now, call.id)
    assert office.ask("which calls are open", NAT).headline == "No call is open."
    assert "3 jurisdictions have not answered" in office.ask("which jurisdictions have not answered", SAM).headline


def test_a_call_whose_moment_is_past_is_not_open(office: Office) -> None:
    office.opened()
    office.later(days=21)
    assert office.ask("which calls are open", NAT).headline == "No call is open."
    assert "closed" in office.ask("is the call for digital identity open", NAT).headline


@pytest.mark.parametrize(
    "question",
    [
        "which jurisdictions have not answered the call for digital identity",
        "who is silent?",
        "who hasn't replied yet",
        "quelles administrations n'ont pas répondu à l'appel pour l'identité numérique",
        "qui n'a pas encore répondu?",
    ],
)
def test_the_secretariat_hears_who_is_silent(answered: Desk, question: str) -> None:
    found = answered.ask(question, SAM)
    assert found.headline.split()[0] == "2"
    places = [detail.partition(":")[0].strip() for detail in found.parts[0].details]
    assert sorted(places) == ["Manitoba", "Ontario"]


@pytest.mark.parametrize("by", [NAT, None])
def test_others_hear_how_many_are_silent_and_who_may_know_which(public: Desk, by: Actor | None) -> None:
    for question in ("which jurisdictions have not answered", "who is silent"):
        found = public.told(question, by)
        assert "2 jurisdictions have not answered" in found
        assert "only the secretariat may know" in found
        assert "Manitoba" not in found
        assert "Ontario" not in found


def test_who_declined_and_why_is_for_the_secretariat(public: Desk) -> None:
    found = public.ask("who declined and why?", SAM)
    assert found.headline == "1 jurisdiction has declined the call for the Digital Identity Working Group."
    assert found.parts[0].details == ("Yukon: Nobody to spare",)
    for by in (NAT, BEV, None):
        told = public.told("who declined and why?", by)
        assert "only the secretariat may know" in told
        assert "Yukon" not in told
        assert "spare" not in told


def test_who_signed_up_by_name_for_the_secretariat_and_for_their_own_jurisdiction(going_on: Office) -> None:
    going_on.do(GUY, calls.sign_up, SignUpForm(going_on.call.id, "member", "fr", jurisdiction="MB"))
    question = "who signed up for digital identity?"
    assert "Sophia Howse" in going_on.told(question, SAM)
    assert "Guy Gordon" in going_on.told(question, SAM)
    own = going_on.told(question, BEV)
    assert "Sophia Howse" in own
    assert "Guy Gordon" not in own
    for by in (NAT, None):
        told = going_on.told(question, by)
        assert "2 people have offered" in told
        assert "representatives of their own jurisdictions may know" in told
        assert not any(name in told for name in ("Sophia", "Guy"))


@pytest.mark.parametrize("question", ["did Sophia Howse sign up for digital identity?", "who signed up?", "who is on the waitlist?"])
def test_nobody_learns_a_name_by_asking_for_it(public: Desk, question: str) -> None:
    for by in (NAT, GUY, None):
        details = public.ask(question, by).parts[0].details
        assert not any("Sophia" in detail for detail in details)


def test_what_a_jurisdiction_answered(public: Desk) -> None:
    assert public.ask("has British Columbia answered?", SAM).headline.startswith("Put forward by British Columbia for the Digital Identity")
    assert public.ask("has British Columbia answered?", BEV).headline.endswith("Sophia Howse.")
    assert public.ask("has Ontario answered", SAM).headline.startswith("No answer from Ontario to the call for")
    assert "Reason: Nobody to spare" in public.told("why did Yukon decline?", SAM)
    assert "was not addressed to Quebec" in public.ask("has Quebec answered?", NAT).headline
    for by in (NAT, GUY, None):
        told = public.told("has Yukon answered?", by)
        assert "only the secretariat and its own representatives may know" in told
        assert "spare" not in told
        assert "declined" not in told


def test_how_many_seats_are_left(going_on: Office) -> None:
    for by in (NAT, None):
        assert going_on.ask("how many seats are left?", by).headline.startswith("2 seats of 3 on the Digital Identity Working Group")
    assert going_on.ask("combien de places reste-t-il pour l'identité numérique?", NAT, "fr").intent == "call_seats"
    going_on.later(days=21)
    told = going_on.ask("how many seats on digital identity are left?", NAT).headline
    assert told == "2 seats of 3 on the Digital Identity Working Group went to nobody before the closing."


def test_a_call_without_a_cap_says_that_the_secretariat_chooses(office: Office) -> None:
    office.opened(capped=False)
    assert "the secretariat chooses" in office.ask("how many seats are left", NAT).headline


def test_did_i_sign_up(public: Desk) -> None:
    assert public.ask("did I sign up for digital identity?", SOPHIA).headline.startswith("You were put forward for the Digital Identity")
    assert public.ask("did I sign up?", NAT).headline.startswith("You have not signed up for the Digital Identity")
    assert public.ask("did I sign up?").headline.startswith("I cannot tell who is asking")
    assert public.ask("me suis-je inscrit?", NAT, "fr").intent == "call_mine"


def test_whoever_was_put_forward_hears_of_the_closed_call_too(going_on: Office) -> None:
    going_on.do(SAM, calls.close_now, going_on.call.id)
    going_on.opened(priority="client-centric", name_en="Canoes Working Group", name_fr="Groupe de travail sur les canots")
    asked: tuple[tuple[str, Language], ...] = (("did I sign up?", "en"), ("est-ce que je me suis inscrite?", "fr"))
    for question, lang in asked:
        told = going_on.told(question, SOPHIA, lang)
        assert "Bev Dicks" in told
        assert "Canoes" in told or "canots" in told


def test_who_came_late_is_named_apart_and_counted_by_nobody(going_on: Office) -> None:
    going_on.do(SAM, calls.close_now, going_on.call.id)
    going_on.do(GUY, calls.sign_up, SignUpForm(going_on.call.id, "member", "fr", jurisdiction="MB"))
    question = "who signed up for digital identity?"
    for by in (SAM, NAT):
        assert going_on.ask(question, by).headline.startswith("1 person has offered to take a seat")
    assert "Not counted: Guy Gordon" in going_on.told(question, SAM)
    assert "Not counted: Guy Gordon" in going_on.told(question, GUY)
    assert "Guy Gordon" not in going_on.told(question, NAT)


def test_a_call_that_is_not_public_is_told_to_nobody_unknown(answered: Desk) -> None:
    for question in ("which calls are open", "who signed up", "who is silent", "has Yukon answered"):
        assert answered.ask(question).headline == "No call is open."
    assert "that you may see" in answered.ask("who signed up for digital identity").headline


def test_a_call_that_was_cancelled_is_said_to_be(office: Office) -> None:
    call = office.opened()
    office.do(SAM, calls.cancel, call.id, "No water", "Pas d'eau")
    for question in ("is the call for digital identity open", "who signed up for digital identity"):
        assert office.ask(question, NAT).headline == "The call for the Digital Identity Working Group was cancelled."
    assert office.ask("which calls are open", NAT).headline == "No call is open."


def test_a_call_that_is_being_prepared_is_for_the_secretariat(office: Office) -> None:
    call = office.drafted()
    question = "is there a call for digital identity?"
    assert office.ask(question, SAM).headline == "The call for the Digital Identity Working Group: in preparation."
    assert "no call that you may see for" in office.ask(question, NAT).headline
    office.do(SAM, calls.schedule, call.id)
    assert "opens" in office.ask("which calls are open?", SAM).parts[0].details[0]
    assert office.ask("which calls are open?", NAT).parts[0].details == ()


def test_a_name_that_only_the_call_has(office: Office) -> None:
    office.opened(priority=None, group=None, name_en="Lighthouse Keepers Working Group", name_fr="Groupe de travail sur les phares")
    assert office.ask("who signed up for the lighthouse keepers?", SAM).headline.startswith(
        "Nobody has offered to take a seat on the Lighthouse"
    )
    assert office.ask("quelles administrations n'ont pas répondu à l'appel pour les phares?", SAM, "fr").headline.split()[0] == "4"
    assert office.ask("who signed up for blockchain?", SAM).intent == "out_of_registry"


def test_several_calls_are_each_told(office: Office) -> None:
    office.opened()
    office.opened(priority="client-centric", name_en="Canoes Working Group", name_fr="Groupe de travail sur les canots")
    found = office.ask("which calls are open?", NAT)
    assert found.headline == "2 calls are open."
    assert sum("is open until" in group.headline for group in found.parts[0].groups) == 2


def test_of_several_calls_the_first_line_answers_and_each_call_has_its_own_list(two: Desk) -> None:
    found = two.ask("who has not answered?", SAM)
    assert found.headline == "4 answers are still missing in 2 open calls."
    told = {group.headline: sorted(place.partition(":")[0] for place in group.details) for group in found.parts[0].groups}
    assert told == {
        "2 jurisdictions have not answered the call for the Canoes Working Group.": ["Manitoba", "Ontario"],
        "2 jurisdictions have not answered the call for the Digital Identity Working Group.": ["Manitoba", "Ontario"],
    }
    assert found.parts[0].details == ()
    shown = two.told("who has not answered?", SAM).splitlines()
    assert shown[0] == found.headline
    assert [line for line in shown if line.startswith("  - Manitoba")], "below the line of its call"


def test_what_holds_for_each_of_several_calls_is_said_once(two: Desk) -> None:
    found = two.ask("who has not answered?", NAT)
    assert two.told("who has not answered?", NAT).count("only the secretariat may know") == 1
    assert found.parts[0].details == ("Which ones they are, only the secretariat may know.",)
    declined = two.ask("who declined?", NAT)
    assert declined.headline == "Who declined, and why, only the secretariat may know."
    assert [group.headline for group in declined.parts[0].groups] == ["The Canoes Working Group", "The Digital Identity Working Group"]


@pytest.mark.parametrize(
    ("question", "by", "told"),
    [
        ("who declined?", SAM, "1 refusal in 2 open calls."),
        ("who signed up?", SAM, "1 person has signed up in 2 open calls."),
        ("who signed up?", NAT, "1 person has signed up in 2 open calls."),
        ("who is on the waitlist?", SAM, "0 people wait for a seat in 2 open calls."),
        ("did I sign up?", SOPHIA, "You stand for 1 of 2 calls."),
        ("did I sign up?", NAT, "You stand for 0 of 2 calls."),
        ("how many seats are left?", NAT, "5 seats are left in 2 open calls."),
        ("has Ontario answered?", SAM, "0 answers were given to 2 open calls."),
        ("how many jurisdictions have answered?", NAT, "2 answers have come to 2 open calls."),
    ],
)
def test_the_answer_about_several_calls_comes_first(two: Desk, question: str, by: Actor, told: str) -> None:
    found = two.ask(question, by)
    assert found.headline == told
    assert len(found.parts[0].groups) == 2


def test_in_the_channel_where_it_is_posted_everybody_may_ask_about_a_call(office: Office) -> None:
    """It stands there for all of them to read, until when one may answer too."""
    office.with_answers(channels=("C0IDENTITY",))

    def told(question: str, channel: str) -> str:
        found = office.database.read(answer, question, Reader(), channel=channel)
        return render(found, Reader())

    assert told("which calls are open?", "C0IDENTITY").startswith("The call for the Digital Identity Working Group is open until")
    assert told("which calls are open?", "C0OTHER").startswith("No call is open.")
    for question in ("who signed up?", "who is silent?", "who declined and why?", "has Yukon answered?"):
        shown = told(question, "C0IDENTITY")
        assert "only the secretariat" in shown
        assert not any(word in shown for word in ("Sophia", "spare", "Ontario", "Manitoba"))


def test_a_call_that_is_not_open_yet_is_told_in_no_channel(office: Office) -> None:
    office.drafted(channels=("C0IDENTITY",))
    found = office.database.read(answer, "which calls are open?", Reader(), channel="C0IDENTITY")
    assert found.headline == "No call is open."


def test_what_is_offered_next_is_answered(answered: Desk) -> None:
    for by in (SAM, NAT):
        offered = answered.ask("which calls are open", by).follow_ups
        assert len(offered) == (3 if by is SAM else 2)
        for question in offered:
            found = answered.ask(question, by)
            assert found.intent.startswith("call")
            assert found.parts[0].subject == "priority:digital-identity"
    assert "Who declined" not in " ".join(answered.ask("which calls are open", NAT).follow_ups)


def test_other_questions_read_no_call(answered: Desk, monkeypatch: pytest.MonkeyPatch) -> None:

    def refuse(*_: object) -> None:
        raise AssertionError("calls were read")

    monkeypatch.setattr(queries, "calls", refuse)
    assert "Bev Dicks" in answered.ask("who leads digital identity?", NAT).headline
    with pytest.raises(AssertionError, match="calls were read"):
        answered.ask("which calls are open?", NAT)


def test_the_people_of_this_story_are_in_the_registry(registry: Database) -> None:
    ids = {actor.person for actor in (BEV, GUY, SOPHIA, NAT)}
    assert registry.read(lambda session: {id_ for id_ in ids if session.get(Person, id_)}) == ids
