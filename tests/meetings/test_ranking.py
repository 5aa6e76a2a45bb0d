"""Which time suits best: first those without whom the meeting cannot do; whoever says more, never makes it worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Final, TypeAlias

from hypothesis import assume, given
from hypothesis import strategies as st

from cadre.meetings.ranking import Standing, ranked
from cadre.meetings.views import SlotAnswer, SlotFacts, VoiceFacts
from cadre.people.facts import PersonRef

Poll: TypeAlias = tuple[list[SlotFacts], list[VoiceFacts]]
BEGAN: Final = datetime(2027, 3, 1, 14, tzinfo=UTC)
SAID: Final[st.SearchStrategy[SlotAnswer]] = st.sampled_from(["yes", "if_needed", "no"])
BETTER: Final[tuple[SlotAnswer | None, ...]] = ("no", None, "if_needed", "yes")
"""From what speaks most against a time to what speaks most for it."""


def slot(number: int) -> SlotFacts:
    at = BEGAN + timedelta(days=number)
    return SlotFacts(number, at.date(), time(9), at)


def voice(number: int, answers: dict[int, SlotAnswer], *, must: bool = False) -> VoiceFacts:
    return VoiceFacts(number, PersonRef(f"p{number}", f"Person {number}"), "America/Toronto", must, answers, None)


@st.composite
def polls(draw: st.DrawFn) -> Poll:
    slots = [slot(number) for number in range(draw(st.integers(1, 7)))]
    given_ = st.dictionaries(st.sampled_from([each.id for each in slots]), SAID)
    return slots, [voice(number, draw(given_), must=draw(st.booleans())) for number in range(draw(st.integers(0, 8)))]


def order(slots: list[SlotFacts], voices: list[VoiceFacts]) -> list[int]:
    return [each.slot.id for each in ranked(slots, voices)]


def musts(standing: Standing) -> tuple[int, ...]:
    """Of those who must be there: how many cannot, have said nothing, come only if need be."""
    return tuple(sum(each.must for each in some) for some in (standing.no, standing.open, standing.if_needed))


def can(standing: Standing) -> int:
    return len(standing.yes) + len(standing.if_needed)


@given(polls(), st.randoms())
def test_each_time_stands_once_with_everybody_once_in_whatever_order_they_came(poll: Poll, random: Random) -> None:
    slots, voices = poll
    found = ranked(slots, voices)
    assert sorted(each.slot.id for each in found) == [each.id for each in slots]
    for each in found:
        assert sorted(one.id for one in (*each.yes, *each.if_needed, *each.no, *each.open)) == [one.id for one in voices]
    random.shuffle(slots)
    random.shuffle(voices)
    assert ranked(slots, voices) == found


@given(polls())
def test_those_who_must_be_there_come_first_then_as_many_as_can(poll: Poll) -> None:
    for better, worse in pairwise(ranked(*poll)):
        assert musts(better) <= musts(worse)
        if musts(better) == musts(worse):
            assert can(better) >= can(worse)


@given(polls(), st.data())
def test_whoever_says_better_of_a_time_never_moves_it_down(poll: Poll, data: st.DataObject) -> None:
    slots, voices = poll
    assume(voices)
    who, what = data.draw(st.sampled_from(voices)), data.draw(st.sampled_from(slots)).id
    now = BETTER.index(who.answers.get(what))
    assume(now < len(BETTER) - 1)
    better = BETTER[data.draw(st.integers(now + 1, len(BETTER) - 1))]
    kept = {key: said for key, said in who.answers.items() if key != what}
    changed = replace(who, answers={**kept, **({what: better} if better else {})})
    after = [changed if each is who else each for each in voices]
    assert order(slots, after).index(what) <= order(slots, voices).index(what)


@given(polls(), st.sampled_from(BETTER), st.booleans())
def test_whoever_says_the_same_of_all_times_changes_nothing(poll: Poll, said: SlotAnswer | None, must: bool) -> None:
    slots, voices = poll
    one_more = voice(99, {each.id: said for each in slots} if said else {}, must=must)
    assert order(slots, [*voices, one_more]) == order(slots, voices)


@given(polls())
def test_of_equals_the_earlier_comes_first(poll: Poll) -> None:
    slots, voices = poll
    first = slots[0]
    twin = SlotFacts(50, date(2027, 1, 4), time(9), first.instant - timedelta(days=30))
    alike = [replace(each, answers={**each.answers, **({50: each.answers[0]} if 0 in each.answers else {})}) for each in voices]
    found = order([*slots, twin], alike)
    assert found.index(50) == found.index(first.id) - 1


def test_one_co_chair_who_cannot_outweighs_all_members_who_can() -> None:
    members = [voice(number, {0: "yes", 1: "no"}) for number in range(1, 10)]
    found = ranked([slot(0), slot(1)], [voice(0, {0: "no", 1: "if_needed"}, must=True), *members])
    assert [each.slot.id for each in found] == [1, 0]
    assert [each.person.name for each in found[1].lacking] == ["Person 0"]
