"""What stands on an agenda, in which order, what is missing of it in which language, and who hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.meetings import agenda
from cadre.meetings import service as meetings
from cadre.meetings.agenda import Missing
from cadre.meetings.item_forms import ItemForm, values
from cadre.meetings.notices import ANNOUNCED, MEETINGS
from cadre.meetings.preparing import AGENDAS, MINUTES_OWED, PAPERS
from cadre.meetings.views import IN_PERSON, ItemFacts
from cadre.notices.rules import Dated, Kind
from tests.meetings.world import NIA, ONA, SAM, VERA, WIN, World
from tests.worlds import at_once, fields

PAPER = "https://papers.example.org/honey"


def put(world: World, meeting: str, english: str, **typed: Any) -> ItemFacts:
    return world.do(ONA, agenda.save_item, ItemForm(meeting, title_en=english, **typed))


def titles(world: World, meeting: str) -> list[str | None]:
    return [item.title.en for item in world.read(agenda.agenda, meeting, ONA).items]


def dated(world: World, kind: Kind, subject: str) -> Dated:
    return world.read(kind.some, [subject])[subject]


def test_items_stand_in_their_order_and_are_moved(world: World) -> None:
    made = world.scheduled()
    first, second, third = (put(world, made.id, title, minutes=25) for title in ("Honey", "Wax", "Smoke"))
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    world.do(ONA, agenda.move_item, third.id, up=True)
    assert titles(world, made.id) == ["Honey", "Smoke", "Wax"]
    world.do(ONA, agenda.move_item, first.id, up=True)
    assert titles(world, made.id) == ["Honey", "Smoke", "Wax"], "the first stays first"
    world.do(ONA, agenda.move_item, first.id, up=False)
    world.do(ONA, agenda.remove_item, third.id)
    assert titles(world, made.id) == ["Honey", "Wax"]
    found = world.read(agenda.agenda, made.id, VERA)
    assert (found.total, found.length) == (50, 60)


def test_of_two_who_take_an_item_off_or_move_it_the_second_hears_that_it_is_gone(world: World) -> None:
    made = world.scheduled()
    items = [put(world, made.id, title) for title in ("Honey", "Wax", "Smoke", "Hives")]
    for each in items:
        done = at_once(
            partial(world.do, ONA, agenda.remove_item, each.id),
            partial(world.do, SAM, agenda.remove_item, each.id),
            partial(world.do, SAM, agenda.move_item, each.id, up=True),
        )
        assert {type(one) for one in done} <= {type(None), NotFound}
        assert sum(one is None for one in done[:2]) == 1
    assert titles(world, made.id) == []


def test_of_two_who_edit_an_item_neither_erases_what_the_other_did(world: World) -> None:
    made = world.scheduled()
    one = put(world, made.id, "Honey", owner="nia", needs_paper=True)
    shown = marks(values(world.read(agenda.item, one.id, ONA)))
    seen = world.read(agenda.item, one.id, NIA)  # she is not invited, and owns it
    world.do(NIA, agenda.give_paper, one.id, title=("Honey", ""), paper=(PAPER, ""), shown=marks(values(seen)))
    form = ItemForm(made.id, title_en="Honey and wax", owner="nia", needs_paper=True, id=one.id)
    saved = world.do(ONA, agenda.save_item, form, shown=shown)
    assert (saved.title.en, saved.paper and saved.paper.en) == ("Honey and wax", PAPER), "the paper that came meanwhile stays"
    with pytest.raises(Invalid) as refused:
        world.do(ONA, agenda.save_item, replace(form, title_en="Honey first", paper_en=PAPER), shown=shown)
    assert fields(refused) == {"title_en"}
    assert "Honey and wax" in str(refused.value.fields["title_en"].for_(Reader("en_CA")))


def test_a_language_that_is_emptied_is_owed(world: World) -> None:
    made = world.scheduled(title_en="Bees", title_fr="Abeilles")
    one = put(world, made.id, "Honey", title_fr="Miel")
    saved = world.do(ONA, agenda.save_item, ItemForm(made.id, title_en="Honey", id=one.id))
    assert agenda.missing(saved) == (Missing("title", "fr"),)
    form = world.form(title_en="Bees", link="https://meet.example.org/bees")
    changed = world.do(ONA, meetings.change, made.id, form, shown=made.revision)
    assert changed.facts.title == Bilingual("Bees", None)


def test_what_is_missing_is_told_by_language(world: World) -> None:
    made = world.scheduled()
    one = put(world, made.id, "Honey", paper_fr="https://papers.example.org/miel")
    assert agenda.missing(one) == (Missing("title", "fr"), Missing("paper", "en"))
    assert agenda.missing(put(world, made.id, "Wax", title_fr="Cire")) == ()
    needs = put(world, made.id, "Smoke", title_fr="Fumée", needs_paper=True)
    assert agenda.missing(needs) == (Missing("paper", "en"), Missing("paper", "fr"))


def test_the_owner_is_asked_once_a_day_and_gives_what_is_missing(world: World) -> None:
    made = world.scheduled()
    one = put(world, made.id, "Honey", owner="win", needs_paper=True)
    asked = world.do(ONA, agenda.ask_owner, one.id)
    assert asked.asked_on == world.today()
    world.do(ONA, agenda.ask_owner, one.id)
    assert world.told("item_asked") == ["win"]
    with pytest.raises(Forbidden):
        world.do(VERA, agenda.give_paper, one.id, title=("", "Miel"), paper=("", ""))
    given = world.do(WIN, agenda.give_paper, one.id, title=("", "Miel"), paper=("https://a.example.org/en", "https://a.example.org/fr"))
    assert given.title == Bilingual("Honey", "Miel")
    assert agenda.missing(given) == ()
    with pytest.raises(Invalid):
        world.do(ONA, agenda.ask_owner, one.id)


def test_only_those_who_arrange_it_write_it_and_only_those_invited_read_it(world: World) -> None:
    made = world.scheduled(invited=("ona", "win"))
    one = put(world, made.id, "Honey")
    for act in (
        lambda: world.do(WIN, agenda.save_item, ItemForm(made.id, title_en="Wax")),
        lambda: world.do(WIN, agenda.move_item, one.id, up=True),
        lambda: world.do(WIN, agenda.remove_item, one.id),
        lambda: world.do(WIN, agenda.ask_owner, one.id),
        lambda: world.do(WIN, agenda.publish, made.id),
        lambda: world.read(agenda.agenda, made.id, NIA),
    ):
        with pytest.raises(Forbidden):
            act()
    assert world.do(SAM, agenda.save_item, ItemForm(made.id, title_en="Wax")).number == 2


def test_what_cannot_be_taken_of_an_item(world: World) -> None:
    made = world.scheduled()
    with pytest.raises(Invalid) as refused:
        put(world, made.id, " ", kind="song", minutes=0, paper_en="ftp://x", owner="nobody", tab="x" * 21)
    assert fields(refused) == {"title", "kind", "minutes", "paper_en", "owner", "tab"}
    assert titles(world, made.id) == []


def test_a_window_sent_twice_makes_one_item(world: World) -> None:
    made = world.scheduled()
    for _ in range(2):
        world.do(ONA, agenda.save_item, ItemForm(made.id, title_en="Honey"), view_id="V1")
    assert titles(world, made.id) == ["Honey"]


def test_nothing_is_put_on_the_agenda_of_a_meeting_that_was_cancelled(world: World) -> None:
    made = world.scheduled()
    one = put(world, made.id, "Honey", owner="win", needs_paper=True)
    world.do(ONA, meetings.cancel, made.id, None, shown=0)
    with pytest.raises(Conflict):
        put(world, made.id, "Wax")
    with pytest.raises(Conflict):
        world.do(ONA, agenda.ask_owner, one.id)
    with pytest.raises(Conflict):
        world.do(WIN, agenda.give_paper, one.id, title=("", "Miel"), paper=("", ""))
    assert dated(world, AGENDAS, f"agenda:{made.id}").settled == "cancelled"


def test_the_chair_is_reminded_of_an_agenda_until_something_stands_on_it(world: World) -> None:
    made = world.scheduled()
    subject = f"agenda:{made.id}"
    owed = dated(world, AGENDAS, subject)
    assert (owed.due, owed.settled, owed.people) == (world.today() + timedelta(days=10), None, {"chair": ("ona",)})
    assert [each.subject for each in world.read(AGENDAS.batch, "", 10)] == [subject]
    put(world, made.id, "Honey")
    assert dated(world, AGENDAS, subject).settled == "written"
    assert world.read(AGENDAS.names, [subject])[subject].en == "Hives"


def test_papers_are_asked_for_before_a_meeting_in_person_only(world: World) -> None:
    there, afar = world.scheduled(kind=IN_PERSON, place_en="Hall"), world.scheduled()
    for made, settled in ((there, None), (afar, "teleconference")):
        one = put(world, made.id, "Honey", title_fr="Miel", owner="win", needs_paper=True)
        found = dated(world, PAPERS, f"agenda_item:{one.id}")
        assert (found.settled, found.people) == (settled, {"owner": ("win",)})
    month = PartialDate.parse("2028-06")
    open_ = world.scheduled(kind=IN_PERSON, day=None, at=None, month=month)
    one = put(world, open_.id, "Wax", title_fr="Cire", owner="win", needs_paper=True)
    found = dated(world, PAPERS, f"agenda_item:{one.id}")
    assert (found.due, found.settled) == (date(2028, 6, 1), None), "by the first day of the month, while no day is fixed"
    ahead = [(each.subject, each.due) for each in world.read(ANNOUNCED.batch, "", 10)]
    assert (f"meeting:{open_.id}", date(2028, 6, 1)) in ahead
    assert dated(world, MEETINGS, f"meeting:{open_.id}").due is None, "no day is invented"
    world.do(ONA, meetings.cancel, open_.id, None, shown=0)
    told, _ = world.read(PAPERS.batch, "", 10)
    typed = ItemForm(there.id, title_en="Honey", title_fr="Miel", id=int(told.subject.partition(":")[2]), owner="win")
    world.do(ONA, agenda.save_item, replace(typed, paper_en="https://a.example.org/en", paper_fr="https://a.example.org/fr"))
    assert dated(world, PAPERS, told.subject).settled == "given"


def test_minutes_are_asked_for_after_the_meeting(world: World) -> None:
    made = world.scheduled()
    found = dated(world, MINUTES_OWED, f"minutes:{made.id}")
    assert (found.settled, found.people["chair"]) == (None, ("ona",))
    assert found.due
    assert timedelta(days=13) <= found.due - world.today() <= timedelta(days=17), "three days after, or the first working day from then on"
