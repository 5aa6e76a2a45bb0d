"""Guidelines, roadmaps and mandates in versions, which a decision approves."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.decisions import documents_views
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.marks import marks
from cadre.core.models import Change
from cadre.core.reader import Reader
from cadre.decisions import documents, mandates
from cadre.decisions.documents import VersionForm
from cadre.groups.models import Group
from tests.decisions.world import ONA, SAM, SPEAKING, World
from tests.worlds import fields

ALL = dict.fromkeys(SPEAKING, "supports")


def test_a_version_is_a_draft_until_a_decision_approves_it(world: World) -> None:
    made = world.do(SAM, documents.begin, "guidelines", "council", "Hives", "Ruches")
    drafted = world.do(SAM, documents.save_draft, made.id, VersionForm("Be gentle", ""))
    assert drafted.draft
    decision = world.confirm(world.closed(ALL).items[0].id)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, documents.approve, drafted.draft.id, decision.id)
    assert fields(problem) == {"text_fr"}
    drafted = world.do(SAM, documents.save_draft, made.id, VersionForm("Be gentle", "Soyez doux"))
    assert drafted.draft
    approved = world.do(SAM, documents.approve, drafted.draft.id, decision.id)
    assert approved.draft is None
    told = documents_views.version_name(approved.versions[0], Reader())
    assert told.endswith(f", approved by decision {decision.label}")
    assert world.do(SAM, documents.approve, approved.versions[0].id, decision.id) == approved, "twice by the same is once"
    other = world.confirm(world.closed(ALL).items[0].id)
    with pytest.raises(Conflict):
        world.do(SAM, documents.approve, approved.versions[0].id, other.id)
    again = world.do(SAM, documents.save_draft, made.id, VersionForm("Be very gentle", "Soyez très doux"))
    assert [each.number for each in again.versions] == [2, 1], "an approved one is never changed"
    assert again.versions[1].text.en == "Be gentle"


def test_what_was_not_agreed_approves_nothing(world: World) -> None:
    made = world.do(SAM, documents.begin, "roadmap", "council", "Road", "Route")
    drafted = world.do(SAM, documents.save_draft, made.id, VersionForm("North", "Nord"))
    assert drafted.draft
    decision = world.confirm(world.closed(ALL | {"ON": "objects"}).items[0].id)
    with pytest.raises(Invalid):
        world.do(SAM, documents.approve, drafted.draft.id, decision.id)


def test_a_mandate_is_in_force_from_a_day_until_it_expires(world: World) -> None:
    made = world.do(SAM, documents.begin, "mandate", "bees", "Mandate", "Mandat")
    assert world.do(SAM, documents.begin, "mandate", "bees", "Another", "Un autre").id == made.id, "a group has one"
    with pytest.raises(Invalid) as problem:
        world.do(SAM, documents.save_draft, made.id, VersionForm("Fly", "Voler", "2027-06", "2027"[:4] + "-05"))
    assert fields(problem) == {"expires"}
    drafted = world.do(SAM, documents.save_draft, made.id, VersionForm("Fly", "Voler", "2027-06", "2028"))
    assert drafted.draft
    decision = world.confirm(world.closed(ALL).items[0].id)
    approved = world.do(SAM, documents.approve, drafted.draft.id, decision.id)
    for day, there in ((date(2027, 5, 31), False), (date(2027, 6, 1), True), (date(2028, 12, 31), True), (date(2029, 1, 1), False)):
        assert (approved.in_force(day) is not None) is there, day
    assert set(world.read(documents.mandates, ["bees", "wasps"])) == {"bees"}
    assert [each.id for each in world.read(documents.documents, group="bees")] == [made.id]


def test_the_groups_record_reads_as_the_mandate_that_is_in_force(world: World) -> None:
    """Card and answers read the record: it follows the versions, under the decision that approved each."""

    def recorded() -> tuple[str | None, str | None]:
        def read(session: Session) -> tuple[str | None, str | None]:
            text = session.get_one(Group, "bees").mandate
            under = select(Change.decision).where(
                Change.subject == "group", Change.subject_id == "bees", Change.field.startswith("mandate")
            )
            return text.en if text else None, session.scalars(under.order_by(Change.id.desc()).limit(1)).first()

        return world.read(read)

    first = world.do(SAM, mandates.draft, "bees", VersionForm("Fly", "Voler", "2020", ""))
    assert first.draft
    assert recorded()[0] != "Fly", "nobody decided it yet"
    decision = world.confirm(world.closed(ALL).items[0].id)
    world.do(SAM, documents.approve, first.draft.id, decision.id)
    assert recorded() == ("Fly", decision.id)
    later = world.do(SAM, mandates.draft, "bees", VersionForm("Hum", "Bourdonner", "2035-06", ""))
    assert later.draft
    assert (later.id, later.draft.number) == (first.id, 2)
    other = world.confirm(world.closed(ALL).items[0].id)
    world.do(SAM, documents.approve, later.draft.id, other.id)
    assert recorded() == ("Fly", decision.id), "its day is to come"
    assert world.do(SAM, mandates.take_effect, date(2035, 5, 31)) == 0
    assert world.do(SAM, mandates.take_effect, date(2035, 6, 1)) == 1
    assert recorded() == ("Hum", other.id)
    with pytest.raises(Forbidden):
        world.do(ONA, mandates.draft, "bees", VersionForm("Mine", "À moi"))


def test_of_two_who_write_the_next_version_at_once_neither_erases_what_the_other_wrote(world: World) -> None:
    made = world.do(SAM, documents.begin, "mandate", "bees", "Mandate", "Mandat")
    opened = marks(documents.of_next(made))
    world.do(SAM, documents.save_draft, made.id, VersionForm("Fly", "", "2027-06"), shown=opened)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, documents.save_draft, made.id, VersionForm("Hum", ""), shown=opened)
    assert fields(problem) == {"text_en"}
    both = world.do(SAM, documents.save_draft, made.id, VersionForm("", "Voler"), shown=opened).versions[0]
    assert (both.text.en, both.text.fr, both.effective and both.effective.text) == ("Fly", "Voler", "2027-06")
    with pytest.raises(Invalid) as problem:
        world.do(SAM, mandates.draft, "bees", VersionForm("Sting", ""), shown=marks(documents.of_next(made)))
    assert fields(problem) == {"text_en"}


def test_nobody_approves_another_text_than_was_shown(world: World) -> None:
    made = world.do(SAM, documents.begin, "guidelines", "council", "Hives", "Ruches")
    shown = world.do(SAM, documents.save_draft, made.id, VersionForm("Be gentle", "Soyez doux")).draft
    decision = world.confirm(world.closed(ALL).items[0].id)
    world.do(SAM, documents.save_draft, made.id, VersionForm("Be rough", "Soyez rudes"))
    assert shown
    with pytest.raises(Conflict) as problem:
        world.do(SAM, documents.approve, shown.id, decision.id, seen=documents.mark_of(shown))
    assert problem.value.who == "Sam Okafor"
    anew = world.read(documents.document, made.id).draft
    assert anew
    assert world.do(SAM, documents.approve, anew.id, decision.id, seen=documents.mark_of(anew)).draft is None


def test_only_the_secretariat_writes_documents(world: World) -> None:
    with pytest.raises(Forbidden):
        world.do(ONA, documents.begin, "roadmap", "council", "Road", "Route")
    with pytest.raises(Invalid) as problem:
        world.do(SAM, documents.begin, "poem", "council", "", "")
    assert fields(problem) == {"kind", "title_en"}


def test_a_version_says_from_when_until_when_in_both_languages(world: World) -> None:
    made = world.do(SAM, documents.begin, "mandate", "bees", "Mandate", "Mandat")
    (version,) = world.do(SAM, documents.save_draft, made.id, VersionForm("Fly", "Voler", "2027-06", "2028")).versions
    assert documents_views.version_name(version, Reader()) == "Version 1, proposed, in effect from June 2027, expires: 2028"
    french = documents_views.version_name(version, Reader(locale="fr_CA"))
    assert french == "Version 1, proposée, en vigueur à partir de\u00a0: juin 2027, expire\u00a0: 2028"
