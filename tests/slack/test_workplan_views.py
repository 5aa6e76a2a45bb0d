"""How workplans are shown, from facts alone: within Slack's limits, in both languages, and only what one may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.blocks import IN_VIEW, Block, Home, Modal
from bot.door import Door
from bot.modals import Frame
from bot.sandbox.slack import parts
from bot.sandbox.slack.blockkit import Surface, problems, view_problems
from bot.web.personal import Other
from bot.workplans import deciding, home, lists, mine, pages, submissions, views, windows, wording
from bot.workplans.deciding import DueDates, Settling
from bot.workplans.meanwhile import Form, anew
from bot.workplans.views import Listing, Sheet
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.marks import marks, of_text
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityFacts, CycleFacts, LastChange, Line, MeetingChoice, TextFacts, WorkplanFacts
from cadre.workplans.meanwhile import Meanwhile, of_activity, of_due, of_plan
from tests.slack.invented_workplans import DAY, EXTENSION, LONG, OUTCOME, TAKEN_BACK, activity, huge, plan, seen

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def modals(found: WorkplanFacts, reader: Reader) -> Iterator[Modal]:
    owing = tuple(("title:1", language) for language in ("en", "fr"))
    for may in (True, False):
        sheet = Sheet(
            seen(found, may_edit=may, may_settle=may, owed=owing, mine=frozenset({1, 2} if may else ())), DAY, "https://x.example/"
        )
        yield from (views.plan(sheet, reader, Frame(found.id, start), Words.verbatim("Saved")) for start in (0, 28, 56))
    meetings = tuple(MeetingChoice(f"m{number}", LONG, PartialDate.parse("2027-03")) for number in range(120))
    known = found.activities[0] if found.activities else activity()
    yield windows.activity(found, known, [replace(OUTCOME, id=f"o{n}", wording=LONG) for n in range(120)], reader, Frame("x", under="{}"))
    yield windows.activity(found, None, [], reader, Frame())
    yield windows.aim(found, reader, Frame())
    yield deciding.submission(seen(found, owed=owing), reader, Frame())
    yield deciding.returning(found, reader, Frame())
    one, changed = seen(found), seen(replace(found, changed_since=True, handed_in=datetime.now(UTC)))
    lines = (Line("same", "W" * 3000), Line("removed", "W" * 3000), Line("added", "W" * 3000)) * 40
    yield deciding.approval(Settling(one, meetings, LONG), reader, Frame())
    yield deciding.approval(Settling(changed, meetings, LONG, lines, LastChange("N" * 200, datetime.now(UTC))), reader, Frame())
    yield deciding.approval(Settling(one, (), LONG), reader, Frame())
    yield deciding.unapproval(found, reader, Frame())
    yield deciding.due(found, reader, Frame())
    yield deciding.cycle(DueDates(found, CycleFacts("c", "m1", -21, DAY), meetings), reader, Frame())
    yield windows.extension(one, None, None, reader, Frame())
    yield windows.extension(one, known, DAY, reader, Frame())
    yield windows.extension(seen(replace(found, asked_until=DAY)), None, DAY, reader, Frame())
    yield deciding.refusal(EXTENSION, reader, Frame("1"))
    yield from overtaken(found, known, reader)
    yield windows.owners(known, reader, Frame())
    yield windows.risk(known, reader, Frame())
    many = tuple(replace(found, id=f"p{number}", council=f"c{number}", cycle=f"c{number}.2027-1") for number in range(130))
    for secretariat in (True, False):
        listing = Listing(many[:3], many, DAY, secretariat, (EXTENSION,) * 3 if secretariat else ())
        yield from (lists.listed(replace(listing, extensions=listing.extensions[:1]), reader, Frame(start=start)) for start in (0, 40, 120))


def overtaken(found: WorkplanFacts, known: ActivityFacts, reader: Reader) -> Iterator[Modal]:
    """Windows that are shown once more, because somebody changed everything meanwhile."""
    problem, name = Meanwhile("N" * 200, datetime.now(UTC)), "W" * 3000

    def form(now: Mapping[str, str]) -> Form:
        return anew(now, {field: name for field in now if field not in ("due", "owners", "state")}, marks(dict.fromkeys(now, "?")), problem)

    yield windows.activity(found, known, [], reader, Frame("x", under="{}"), form=form(of_activity(known)))
    yield windows.aim(found, reader, Frame("x"), form(of_text("aim", found.aim)))
    yield windows.owners(known, reader, Frame("x"), form({"owners": ",".join(each.id for each in known.owners)}))
    yield deciding.submission(seen(found), reader, Frame("x"), form(of_plan(found)))
    yield deciding.due(found, reader, Frame("x"), form(of_due(found)))
    yield windows.risk(known, reader, Frame("x"), form(windows.going(known, reader.language)))
    ids = frozenset(each.id for each in found.activities)
    typed = {id_: {"state": "done", "note": name} for id_ in ids}
    sheet = Sheet(seen(found), DAY, "https://x.example/", several=True, typed=typed, meanwhile=ids)
    yield views.plan(sheet, reader, Frame(found.id), Words.verbatim("Changed"))
    yield mine.window([sheet], reader, Frame(views.MINE), Words.verbatim("Changed"))


@pytest.mark.parametrize("reader", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("found", [huge(), plan(), plan(activity())], ids=["huge", "empty", "usual"])
def test_slack_takes_every_window(found: WorkplanFacts, reader: Reader) -> None:
    for modal in modals(found, reader):
        assert view_problems(modal.payload()) == (), modal.title
        assert len(modal.blocks) <= IN_VIEW, "nothing is left out"
        assert len(modal.title) <= 24, "a title is not cut"
        assert modal.submit is None or len(modal.submit) <= 24


@pytest.mark.parametrize("reader", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_slack_takes_the_message_and_app_home(reader: Reader) -> None:
    late = replace(huge(), due=date(2027, 1, 1))
    listing = Listing((late,) * 20, (late,) * 50, DAY, secretariat=True, extensions=(EXTENSION,))
    assert problems(views.message(listing, reader).payload()["blocks"], Surface.MESSAGE) == ()
    assert view_problems(Home(tuple(home.blocks(listing, reader))).payload()) == ()


def test_all_requests_for_more_time_are_found_however_many_there_are() -> None:
    asked, many = tuple(replace(EXTENSION, id=number) for number in range(70)), tuple(plan(id=f"p{number}") for number in range(50))
    listing = Listing((), many, DAY, secretariat=True, extensions=asked)
    shown = [lists.listed(listing, ENGLISH, Frame(start=start)) for start in (0, 40, 80)]
    told = "".join(str(modal.payload()) for modal in shown)
    assert [told.count(f"workplans.extension:{each.id}'") for each in asked] == [1] * 70
    assert [told.count(f'"about":"{each.id}"}}') for each in many] == [1] * 50
    assert all(len(modal.blocks) <= IN_VIEW for modal in shown)
    assert "65 more" in str(Home(tuple(home.blocks(listing, ENGLISH))).payload())
    fewer = lists.listed(replace(listing, extensions=()), ENGLISH, Frame(start=80))
    assert "Orchards" in str(fewer.payload()), "a page that is no more is the last one there is"


def test_late_activities_are_counted_where_nobody_is_said_to_be_late() -> None:
    calm = Listing((), (plan(),), DAY, secretariat=True)
    none = "No workplan or activity is late, no workplan waits to be looked at or approved, and nobody asks for more time."
    assert none in str(Home(tuple(home.blocks(calm, ENGLISH))).payload())
    late = replace(calm, late=tuple(activity(number, due=date(2027, 2, 10)) for number in range(1, 8)))
    shown = str(Home(tuple(home.blocks(late, ENGLISH))).payload())
    assert none not in shown
    assert "*Plant row 1*\\nOrchards · Due February 10, 2027, 7 days late · Robin Ashgrove" in shown.replace("\u00a0", " ")
    assert "2 more" in shown
    french = str(lists.listed(late, FRENCH, Frame()).payload())
    assert "Activités en retard" in french
    assert "Planter le rang 7" in french


def test_whoever_only_mends_the_note_of_what_is_off_track_leaves_it_there() -> None:
    for state, chosen in (("off_track", "off_track"), ("on_track", "at_risk")):
        window = windows.risk(activity(state=state), ENGLISH, Frame("x"))
        assert [block["element"]["initial_option"]["value"] for block in window.blocks if block.get("block_id") == "state"] == [chosen]


async def test_what_is_wrong_in_a_field_that_was_named_anew_is_told_beside_it() -> None:
    door = SimpleNamespace(submissions={})
    submissions.register(cast("Door", door))
    view = {"private_metadata": Frame("x").packed(), "blocks": [{"block_id": "offset:0a"}]}
    state = {"offset:0a": {"workplans.field": {"type": "number_input", "value": "soon"}}}
    visit = SimpleNamespace(body={"view": view}, state=state, caller=SimpleNamespace(reader=ENGLISH))
    with pytest.raises(Invalid) as problem:
        await door.submissions[deciding.CYCLE](visit)
    assert set(problem.value.fields) == {"offset:0a"}


def buttons(modal: Modal) -> set[str]:
    found = (part.element for part in parts.parts(modal.payload()["blocks"]))
    return {element["text"]["text"] for element in found if element["type"] == "button"}


def test_who_may_only_look_finds_nothing_to_fill_in_or_to_send() -> None:
    found = seen(plan(activity()), may_edit=False, mine=frozenset())
    shown = views.plan(Sheet(found, DAY), ENGLISH, Frame(found.plan.id))
    assert shown.submit is None
    assert buttons(shown) == {"All workplans"}
    assert "On track" in str(shown.payload()), "the state is told"


def test_an_owner_says_the_state_of_their_own_and_edits_nothing() -> None:
    found = seen(plan(activity(1), activity(2)), may_edit=False, mine=frozenset({2}))
    shown = views.plan(Sheet(found, DAY), ENGLISH, Frame(found.plan.id))
    fields = [block["block_id"].split(":")[:2] for block in shown.blocks if block["type"] == "input"]
    assert fields == [["state", "2"], ["note", "2"]]
    assert "Edit" not in buttons(shown)


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("draft", {"Move the due date"}),
        ("submitted", {"Accept", "Return"}),
        ("complete", {"Return", "Record the approval"}),
        ("approved", {"Take the approval back"}),
    ],
)
def test_the_secretariat_is_offered_what_comes_next(state: Any, offered: set[str]) -> None:
    found = seen(plan(state=state), may_settle=True)
    settling = {"Accept", "Return", "Record the approval", "Take the approval back", "Move the due date"}
    assert buttons(views.plan(Sheet(found, DAY), ENGLISH, Frame())) & settling == offered


@pytest.mark.parametrize("reader", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_a_workplan_of_however_many_activities_can_be_shown_to_the_secretariat_and_settled(reader: Reader) -> None:
    found = plan(*(activity(id_) for id_ in range(1_000_000, 1_000_250)), id="o" * 80, state="submitted")
    frame = Frame(found.id, under=Frame(found.id, 28).packed())
    accepts = views.plan(Sheet(seen(found, may_settle=True), DAY), reader, Frame(found.id))
    problem, shown = Meanwhile("Robin", datetime.now(UTC)), marks(of_plan(plan(id="o" * 80)))
    for modal in (accepts, deciding.returning(found, reader, frame), deciding.submission(seen(found), reader, frame)):
        assert view_problems(modal.payload()) == (), modal.title
    told = deciding.changed(found, shown, problem, reader)
    assert str(activity(1_000_249).title.in_(reader.language)) not in told, "only the beginning of so much"
    assert {"en": "Other activities", "fr": "Autres activités"}[reader.language] in told


def test_the_last_plan_is_copied_only_where_nothing_is_open() -> None:
    def offers(*activities: ActivityFacts) -> bool:
        found = seen(plan(*activities), copied_from="orchards.2026-2")
        return "Copy last plan" in buttons(views.plan(Sheet(found, DAY), ENGLISH, Frame()))

    assert offers()
    assert offers(activity(state="done"))
    assert not offers(activity())


def sent(shown: Modal, **typed: str) -> Block:
    """The window as Slack sends it: kind and number of a field -> what somebody chose or wrote there."""
    view = shown.payload()
    for block in view["blocks"]:
        block.setdefault("block_id", "b")
    now = parts.state(view["blocks"], {})
    for name, value in typed.items():
        kind, _, number = name.partition("_")
        block = next(block for block in view["blocks"] if block["block_id"].startswith(f"{kind}:{number}:"))
        now["values"][block["block_id"]] = {"workplans.field": parts.chosen(block["element"], value)}
    return view | {"state": now}


def test_what_was_left_as_it_was_is_nobodys_word() -> None:
    found = seen(plan(activity(1), activity(2)))
    shown = views.plan(Sheet(found, DAY), ENGLISH, Frame(found.plan.id))
    said = submissions.reported(sent(shown, state_2="at_risk", note_2="frost"), found.plan.activities, "en")
    assert said.states == {2: "at_risk"}
    assert said.notes == {2: "frost"}


def test_what_somebody_else_said_meanwhile_is_not_taken_back_by_a_window_that_is_out_of_date() -> None:
    before = seen(plan(activity(1), activity(2)))
    shown = views.plan(Sheet(before, DAY), ENGLISH, Frame(before.plan.id))
    after = seen(plan(activity(1, state="done"), activity(2, state="done")))
    assert submissions.reported(sent(shown, state_2="at_risk"), after.plan.activities, "en").states == {2: "at_risk"}
    gone = [each for each in after.plan.activities if each.id != 2]
    with pytest.raises(Invalid) as refused:
        submissions.reported(sent(shown, state_2="at_risk", note_2="frost"), gone, "en")
    assert {name.split(":")[1] for name in refused.value.fields} == {"2"}, "what was typed of what is not theirs any more is kept"
    assert submissions.reported(sent(shown), gone, "en").states == {}


def test_fields_are_named_anew_once_the_registry_says_something_else() -> None:
    """Slack keeps what is typed in a field of the same name when a window is drawn anew."""
    assert views.stamp(activity(), "") == views.stamp(activity(), "")
    others = (activity(state="done"), activity(told_at=datetime(2027, 2, 3, tzinfo=UTC)))
    assert len({views.stamp(activity(), ""), views.stamp(activity(), "frost"), *(views.stamp(each, "") for each in others)}) == 4


OTHER = Other(*(Words.verbatim(each) for each in ("https://x.example/", "fr", "Français")))


def test_a_workplan_that_was_changed_since_it_was_handed_in_says_so_wherever_it_is_listed() -> None:
    changed = plan(state="complete", changed_since=True)
    for told in (wording.standing(changed, DAY, ENGLISH), wording.row(changed, DAY, ENGLISH)):
        assert told.endswith("changed since it was submitted")
    assert "changed" not in wording.standing(plan(state="complete"), DAY, ENGLISH)


def test_the_page_keeps_among_the_texts_that_an_approval_was_taken_back_and_why() -> None:
    at, why = datetime(2027, 3, 9, 20, tzinfo=UTC), Bilingual("It was put off", "It was put off")
    text = TextFacts(3, "withdrawn", at, "Jordan (U0JORDAN)", None, why)
    page = pages.workplan_page(pages.Read(seen(TAKEN_BACK), (text,), (), DAY, "America/Toronto"), ENGLISH, OTHER)
    assert page.settled == ("The approval was taken back by Jordan, March 9, 2027. Reason: It was put off",)
    assert page.versions[0].heading.startswith("Version 3: the approval was taken back by Jordan, ")
    assert page.versions[0].lines == ("It was put off",)


def test_the_page_of_one_that_was_approved_names_the_meeting() -> None:
    brook = Bilingual("Brook (March 2027)", "Ruisseau (mars 2027)")
    approved = replace(TAKEN_BACK, state="approved", reason=None, approved_name=brook, meeting_name=brook)
    page = pages.workplan_page(pages.Read(seen(approved), (), (), DAY, "America/Toronto"), ENGLISH, OTHER)
    assert page.settled == ("Approved at the meeting Brook (March 2027). Recorded by Jordan, March 9, 2027.",)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Havre-des-Érables (13 janvier 2027)", "de Havre-des-Érables (13 janvier 2027)"),
        ("Ottawa (février 2017)", "d'Ottawa (février 2017)"),
        ("13 janvier 2027", "du 13 janvier 2027"),
        ("octobre 2017", "d'octobre 2017"),
    ],
)
def test_a_french_sentence_names_a_meeting_by_its_place_or_else_its_day(name: str, told: str) -> None:
    plan_ = replace(TAKEN_BACK, state="approved", reason=None, approved_name=Bilingual("Maple", name))
    assert f"Approuvé à la réunion {told}. Consigné par" in str(wording.settled(plan_, FRENCH)).replace("\u00a0", " ")


def test_titles_stand_out_where_many_fields_follow_each_other() -> None:
    sheet = Sheet(seen(plan(activity(1), activity(2, title=Bilingual("*Stars* _and_ more", "Étoiles")))), DAY)
    for shown in (views.plan(sheet, ENGLISH, Frame(sheet.seen.plan.id)), mine.window([sheet], ENGLISH, Frame(views.MINE))):
        heads = [block["text"]["text"].split("\n")[0] for block in shown.payload()["blocks"] if block["type"] == "section"]
        assert "*1. Plant row 1*" in heads
        (other,) = (head for head in heads if "Stars" in head)
        assert other.startswith("*2. ")
        assert other.endswith("*"), "what is typed stays in it"


@pytest.mark.parametrize(
    ("over", "english", "french"),
    [
        (DAY, "To be approved at the meeting: Maple Harbour", "À approuver à la réunion de Havre-des-Érables"),
        (DAY - timedelta(1), "Was to be approved at the meeting: Maple Harbour", "Devait être approuvé à la réunion de Havre-des-Érables"),
    ],
    ids=["to come", "over"],
)
def test_once_the_meeting_is_over_the_workplan_was_to_be_approved_there(over: date, english: str, french: str) -> None:
    waits = plan(state="complete", meeting_name=Bilingual("Maple Harbour", "Havre-des-Érables"), meeting_over=over)
    read = pages.Read(seen(waits), (), None, DAY, "America/Toronto")
    assert english in pages.workplan_page(read, ENGLISH, OTHER).settled
    assert french in str(views.plan(Sheet(seen(waits), DAY), FRENCH, Frame(waits.id)).payload())


def test_whoever_refuses_more_time_is_told_who_reads_the_reason() -> None:
    assert "La personne qui a demandé le délai le lira." in str(deciding.refusal(EXTENSION, FRENCH, Frame()).payload())
