"""Pages and lists of workplans: what changed since, what is owed, what is late, what came before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.modals import Frame
from bot.web.personal import expired
from bot.workplans import deciding, pages, views, windows, wording
from bot.workplans.deciding import Settling
from bot.workplans.views import Listing, Sheet
from cadre.core.bilingual import Bilingual
from cadre.workplans.facts import Line, MeetingChoice
from tests.slack.invented_workplans import DAY, activity, plan, seen
from tests.slack.test_workplan_views import ENGLISH, FRENCH, OTHER, buttons


def test_the_page_shows_what_changed_since_it_was_handed_in() -> None:
    lines = (Line("same", "• Plant row 1"), Line("removed", "– due date: May 3"), Line("added", "– due date: May 4"))
    page = pages.workplan_page(pages.Read(seen(plan()), (), (), DAY, "America/Toronto", lines), ENGLISH, OTHER)
    assert [(line.mark, line.text) for line in page.since] == [(" ", "Plant row 1"), ("−", "due date: May 3"), ("+", "due date: May 4")]
    assert [line.head for line in page.since] == [True, False, False]
    retitled = (Line("removed", "• Plant row 1"), Line("added", "• Plant rows"))
    approved = seen(plan(state="approved", changed_since=True))
    page = pages.workplan_page(pages.Read(approved, (), retitled, DAY, "America/Toronto", retitled), ENGLISH, OTHER)
    assert (page.since, page.labels.difference) == ((), "What changed since it was approved"), "once, though it is the last approved text"
    assert [(line.mark, line.text) for line in page.difference] == [("−", "Plant row 1"), ("+", "Plant rows")]
    assert list(wording.differences(retitled, ENGLISH)) == ["Before: Plant row 1", "Now: Plant rows"]


@pytest.mark.parametrize("command", ["/cadre workplan", "/cadre calls", "/cadre notices"])
def test_whoever_has_a_link_that_is_not_good_any_more_hears_where_to_get_another(command: str) -> None:
    assert command in expired(ENGLISH, OTHER).told
    assert "good for 30 days" in expired(ENGLISH, OTHER).told


@pytest.mark.parametrize(("owed", "told_so"), [("fr", "the French was still owed then."), ("en", "the English was still owed then.")])
def test_why_the_text_as_it_was_submitted_cannot_be_approved_is_said(owed: Any, told_so: str) -> None:
    changed = seen(plan(state="complete", changed_since=True, handed_in=datetime(2027, 2, 2, 15, tzinfo=UTC)))
    meeting = MeetingChoice("brook", Bilingual("Brook", "Ruisseau"), None)
    window = deciding.approval(Settling(changed, (meeting,), Bilingual("Aim", "But", owed)), ENGLISH, Frame())
    assert f"“As submitted” cannot be chosen: {told_so}" in str(window.blocks)
    whole = deciding.approval(Settling(changed, (meeting,), Bilingual("Aim", "But")), ENGLISH, Frame())
    assert "cannot be chosen" not in str(whole.blocks)


def test_ones_own_workplan_of_a_former_cycle_stands_with_ones_own() -> None:
    mine, former, other = plan(), plan(id="orchards.2026-2", half="2026-2"), plan(id="bees.2027-1")
    listing = Listing((mine,), (other,), DAY, former=(former,))
    assert [(heading, plans) for heading, plans in listing.groups(ENGLISH)] == [("Mine", (mine, former)), ("Others", (other,))]
    assert [plans for _heading, plans in listing.groups(ENGLISH, rest=False)] == [(mine,)], "where only what asks for something is told"
    assert listing.today(former) == DAY


def test_how_late_something_is_concerns_those_who_do_it_and_no_other_government() -> None:
    lead = seen(plan(activity(1, due=DAY - timedelta(days=9))))
    onlooker = replace(lead, may_edit=False, mine=frozenset())
    told, shown = (str(views.plan(Sheet(each, DAY), ENGLISH, Frame(lead.plan.id)).payload()) for each in (lead, onlooker))
    assert "9 days late" in told
    assert "late" not in shown


def test_an_empty_workplan_cannot_be_submitted_and_says_so_where_the_button_would_stand() -> None:
    empty, hint = seen(plan()), "Add an activity first: there is nothing to submit yet."
    shown = views.plan(Sheet(empty, DAY), ENGLISH, Frame(empty.plan.id))
    assert "Submit to the secretariat" not in buttons(shown)
    assert hint in str(shown.payload())
    window = deciding.submission(empty, ENGLISH, Frame("x"))
    assert hint in str(window.payload())
    assert window.submit is None
    filled = views.plan(Sheet(seen(plan(activity())), DAY), ENGLISH, Frame(empty.plan.id))
    assert "Submit to the secretariat" in buttons(filled)
    assert hint not in str(filled.payload())
    french = str(views.plan(Sheet(empty, DAY), FRENCH, Frame(empty.plan.id)).payload())
    assert "rien à remettre" in french


def test_an_activity_that_is_due_on_no_day_is_marked_for_those_who_write_the_workplan() -> None:
    found = seen(plan(activity(1, due=None), activity(2), activity(3, due=None, state="done")))
    told = str(views.plan(Sheet(found, DAY), ENGLISH, Frame(found.plan.id)).payload())
    assert "1 activity has no due date yet: nobody is reminded of it." in told
    assert told.count("No due date yet") == 1
    onlooker = replace(found, may_edit=False, mine=frozenset())
    assert "nobody is reminded" not in str(views.plan(Sheet(onlooker, DAY), ENGLISH, Frame(found.plan.id)).payload())


def test_while_a_request_waits_more_time_offers_only_what_can_be_taken() -> None:
    waiting = seen(plan(activity(), asked_until=DAY + timedelta(days=40)))
    shut = windows.extension(waiting, None, None, ENGLISH, Frame("x"))
    assert "and has not answered yet." in str(shut.payload())
    assert (shut.submit, [block["type"] for block in shut.blocks]) == (None, ["section", "section"])
    open_ = str(windows.extension(waiting, None, DAY + timedelta(days=5), ENGLISH, Frame("x")).payload())
    assert "Until February 22, 2027 you may still take it without asking." in open_
    assert "Beyond that, the secretariat is asked" not in open_
    assert windows.extension(replace(waiting, may_settle=True), None, None, ENGLISH, Frame("x")).submit, "the secretariat takes any"


def test_workplans_of_earlier_cycles_stand_apart_and_one_leads_to_the_others() -> None:
    earlier = plan(id="bees.2026-2", half="2026-2")
    listing = Listing((), (plan(),), DAY, secretariat=True, earlier=(earlier,))
    assert list(listing.groups(ENGLISH))[-1] == ("Earlier cycles", (earlier,))
    assert earlier not in [each for _heading, plans in listing.groups(ENGLISH, rest=False) for each in plans]
    found = seen(plan(), others=(("2026-2", "orchards.2026-2"),))
    assert "Cycle of September 2026" in buttons(views.plan(Sheet(found, DAY), ENGLISH, Frame(found.plan.id)))
