"""Whom a question reminds: those who speak for seats that are silent, and nobody else."""

from __future__ import annotations

from datetime import timedelta

from cadre.decisions.question_notices import SEATS
from tests.decisions.world import ONA, QUINN, World


def test_only_seats_that_are_silent_are_reminded(world: World) -> None:
    question = world.opened()
    bees, wasps = (item.id for item in question.items)
    world.takes(ONA, question, "ON")
    world.takes(QUINN, question, "QC", items=(bees,))
    found = {each.subject: each for each in world.read(SEATS.batch, "", 50)}
    state = {place: found[f"question_seat:{world.seat(question, place)}"].settled for place in ("CA", "ON", "QC", "YT")}
    assert state == {"CA": None, "ON": "answered", "QC": None, "YT": None}
    ontario = found[f"question_seat:{world.seat(question, 'ON')}"]
    assert ontario.people == {"speaker": ("ona", "otto")}
    assert question.closes_at
    assert ontario.due
    assert question.closes_at.date() - ontario.due <= timedelta(days=1)
    world.takes(QUINN, question, "QC", items=(wasps,))
    subject = f"question_seat:{world.seat(question, 'QC')}"
    assert world.read(SEATS.some, [subject])[subject].settled == "answered"
    assert world.read(SEATS.names, [subject])[subject].en == "Continue: QC"


def test_a_consultation_reminds_nobody(world: World) -> None:
    world.opened_own(kind="consultation", wording_en="", wording_fr="")
    assert all(each.settled == "answered" for each in world.read(SEATS.batch, "", 50))


def test_seats_are_given_in_their_order_a_few_at_a_time(world: World) -> None:
    world.opened()
    first = world.read(SEATS.batch, "", 3)
    rest = world.read(SEATS.batch, first[-1].subject, 3)
    assert (len(first), len(rest)) == (3, 1)
