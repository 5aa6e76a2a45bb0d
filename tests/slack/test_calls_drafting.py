"""Calls for participation as the secretariat writes them in Slack, opens them, and ends them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from cadre.calls.rules import MOST_SEATS
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from tests.slack.drafts import TEXTS, before, begins, moment, officer, only, opened, stands, writes
from tests.slack.raw import knocks
from tests.workspace import GENERAL, Workspace


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The workspace, in which what is due is done as time goes by."""
    await busy.start_over(before)
    return busy


@pytest.mark.parametrize("typed", ["call new", "new call", "appel nouveau", "Nouvel appel"])
async def test_a_new_call_is_begun_at_once(workspace: Workspace, typed: str) -> None:
    jordan = officer(workspace)
    await jordan.commands(typed)
    await jordan.submits(await jordan.window(), source="priority:demo-lanterns")
    assert only(workspace).priority == "demo-lanterns"


async def test_only_the_secretariat_begins_a_call(workspace: Workspace) -> None:
    told = await workspace.member().commands("call new")
    assert "secretariat" in told.text
    assert stands(workspace) == []


async def test_where_no_window_opens_a_button_leads_to_the_new_call(workspace: Workspace) -> None:
    jordan = officer(workspace)
    told = await jordan.asks("call new")
    await jordan.clicks("New call", told)
    await jordan.submits(await jordan.window(), source="priority:demo-lanterns")
    assert only(workspace).priority == "demo-lanterns"


async def test_somebody_unknown_is_told_why_they_cannot_answer(workspace: Workspace) -> None:
    lois = workspace.newcomer("fr-CA")
    await lois.commands("appel")
    assert "Pour répondre à un appel, dites-moi d'abord qui vous êtes : /cadre moi." in (await lois.window()).text.replace("\u00a0", " ")
    await workspace.member().commands("call")
    assert "/cadre me" not in (await workspace.member().window()).text


async def test_a_call_is_made_from_a_priority_and_what_is_proposed_stands_there(workspace: Workspace) -> None:
    jordan = officer(workspace)
    what = await begins(jordan)
    assert what["state"]["values"]["name_en"]["calls.field"]["value"] == "Demonstration Lanterns Working Group"
    assert "Light every path" in what["state"]["values"]["description_en"]["calls.field"]["value"]
    await jordan.submits(**TEXTS)
    who = await jordan.window()
    assert "Robin Ashgrove" in who.text, "the lead of the priority is proposed as co-chair"
    await jordan.submits(seats="6", seats_each="2", settings=["confirms", "public"], opens_at=moment(1), closes_at=moment(30))
    (window,) = await jordan.windows()
    assert "In preparation" in window.text
    assert "Still missing" not in window.text
    made = only(workspace)
    assert (made.seats, made.seats_each, made.capped, made.confirms, made.public) == (6, 2, False, True, True)
    assert [council for council, _ in made.councils] == ["demo-council"]
    assert {each.id for each in made.jurisdictions} >= {"demo-bellorme", "demo-pommeraie", "demo-windmills"}
    assert made.closes_at == datetime.fromtimestamp(moment(30), UTC)
    assert made.asked is not None
    assert made.asked.owed() == ()


async def test_that_a_group_is_called_so_already_is_told(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.commands("call new")
    await jordan.submits(await jordan.window(), source="priority:it-procurement-priority")
    assert "A group is called so already: IT Procurement Working Group." in (await jordan.window()).text
    await begins(jordan)
    assert "is called so already" not in (await jordan.window()).text


async def test_a_call_of_the_real_councils_invites_every_government(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan, name_en="Working Group on Ferries")
    made = only(workspace)
    assert {council for council, _ in made.councils} == {"pssdc", "pscioc"}
    assert {each.kind for each in made.jurisdictions} == {"federal", "province", "territory"}
    assert len(made.jurisdictions) == 14
    assert not any(each.id.startswith("demo-") for each in made.jurisdictions)
    await jordan.submits(**TEXTS)
    who = await jordan.window()
    offered = await jordan.looks_up("calls.jurisdictions", "mun", who)
    assert offered, "municipal bodies can be added"
    held = [each.id for each in made.jurisdictions]
    await jordan.submits(who, jurisdictions=[*held, offered[0]["value"]])
    assert len(only(workspace).jurisdictions) == 15


async def test_a_council_that_is_ticked_brings_its_jurisdictions_where_none_is_chosen(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan, name_en="Working Group on Ferries")
    await jordan.submits(**TEXTS)
    await jordan.submits(councils=["demo-council"], jurisdictions=[])
    made = only(workspace)
    assert [council for council, _ in made.councils] == ["demo-council"]
    assert {each.id for each in made.jurisdictions} >= {"demo-bellorme", "demo-pommeraie", "demo-windmills"}


async def test_an_officer_who_reads_french_writes_in_french_first(workspace: Workspace) -> None:
    alix = workspace.secretariat("fr-CA")
    what = await begins(alix)
    names = [block["block_id"] for block in what.blocks if block["type"] == "input"]
    assert names.index("asked_fr") < names.index("asked_en")
    await alix.submits(asked_fr="Allumer une lampe.")
    answered = await alix.submits(seats="0", first_meeting="bientôt")
    assert set(answered["errors"]) == {"seats", "first_meeting"}
    assert answered["errors"]["seats"] == Reader(LOCALES["fr"]).gettext("Use a number from 1 to {n}.", n=MOST_SEATS)


async def test_a_group_that_is_there_keeps_its_name_and_description(workspace: Workspace) -> None:
    jordan = officer(workspace)
    what = await begins(jordan, source="group:demo-orchards")
    assert "Demonstration Orchards Working Group" in what.text
    names = [block["block_id"] for block in what.blocks]
    assert "name_en" not in names
    assert "description_en" not in names
    assert {chair.id for chair in only(workspace).chairs} == {"morgan-fernhill", "dominique-beaumarais"}


@pytest.mark.parametrize("known", [True, False], ids=["a lead", "somebody whom Cadre does not know"])
async def test_whoever_is_not_of_the_secretariat_begins_no_call(workspace: Workspace, known: bool) -> None:
    jordan, other = officer(workspace), workspace.user("robin-ashgrove") if known else workspace.newcomer()
    await writes(jordan)
    shown = await other.commands("call")
    assert "New call" not in shown.text
    assert "Lanterns" not in shown.text, "what was not opened is not everybody's"
    submitted = (await workspace.log("view_submission"))[0]["sent"]
    answered = await knocks(workspace, submitted | {"user": submitted["user"] | {"id": other.id}})
    assert "Only the secretariat" in answered.text
    assert len(stands(workspace)) == 1


async def test_a_window_sent_twice_makes_one_call(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan)
    submission = (await workspace.log("view_submission"))[-1]
    await knocks(workspace, submission["sent"])
    assert len(stands(workspace)) == 1


async def test_nothing_chosen_and_nothing_named_is_told_beside_the_name(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.commands("call")
    await jordan.clicks("New call", await jordan.window())
    answered = await jordan.submits(await jordan.window())
    assert set(answered["errors"]) == {"name_en"}
    assert stands(workspace) == []


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan)
    await jordan.submits(**TEXTS)
    answered = await jordan.submits(seats="6", first_meeting="soon", opens_at=moment(9), closes_at=moment(3))
    assert set(answered["errors"]) == {"first_meeting", "closes_at"}
    window = await jordan.window()
    assert window["state"]["values"]["seats"]["calls.field"]["value"] == "6"
    assert window["state"]["values"]["opens_at"]["calls.field"]["selected_date_time"] == moment(9)
    await jordan.submits(first_meeting="2027-03", closes_at=moment(30))
    assert only(workspace).seats == 6


async def test_who_leaves_in_the_middle_finds_the_draft_as_it_was_saved(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan)
    await jordan.submits(**TEXTS)
    await jordan.closes()
    (window,) = await jordan.windows()
    assert "Light one lamp a week." in window.text, "below lies the call, as far as it was written"


async def test_a_call_does_not_open_while_a_language_is_missing(workspace: Workspace) -> None:
    jordan = officer(workspace)
    window = await writes(jordan, TEXTS | {"commitment_fr": ""})
    assert "Time that it takes, in French" in window.text
    for step in ("Schedule", "Open now"):
        await jordan.clicks(step, window)
        told = await jordan.window()
        assert "Time that it takes, in French: Still to be written in French" in told.text
        assert told.get("submit") is None
        await jordan.closes()
    await jordan.clicks("Edit what it says", window)
    form = await jordan.window()
    field = next(block for block in form.blocks if block["block_id"] == "commitment_fr")
    assert "Still to be written" in field["hint"]["text"], "it is said beside the field"
    await jordan.submits(form, commitment_fr="Une heure par mois.")
    (after,) = await jordan.windows()
    assert "Still missing" not in after.text
    assert "Saved." in after.text
    assert only(workspace).state == "draft"


async def test_a_language_that_the_other_left_behind_is_not_taken_for_right_by_the_second_window(workspace: Workspace) -> None:
    jordan = officer(workspace)
    window = await writes(jordan)
    await jordan.clicks("Edit what it says", window)
    await jordan.submits(await jordan.window(), asked_en="Light two lamps a week.", name_en="Lamps Working Group")
    await jordan.clicks("Edit who and when", await jordan.window())
    await jordan.submits(await jordan.window(), seats="4")
    made = only(workspace)
    assert made.asked is not None
    assert made.name is not None
    assert made.asked.owed() == ("fr",)
    assert made.name.owed() == ("fr",)


async def test_two_officers_who_write_at_once_lose_nothing(workspace: Workspace) -> None:
    jordan, alix = officer(workspace), workspace.secretariat("fr-CA")
    await jordan.clicks("Edit what it says", await writes(jordan))
    what = await jordan.window()
    await alix.commands("appels")
    await alix.clicks("Détails", await alix.window())
    await alix.clicks("Modifier qui", await alix.window())
    await alix.submits(seats="9")
    await jordan.submits(what, asked_en="Light two lamps a week.", asked_fr="Allumer deux lampes par semaine.")
    made = only(workspace)
    assert made.seats == 9
    assert made.asked is not None
    assert made.asked.fr == "Allumer deux lampes par semaine."


async def test_two_officers_who_write_in_the_same_window_see_what_the_other_wrote(workspace: Workspace) -> None:
    jordan, alix = officer(workspace), workspace.secretariat("fr-CA")
    await jordan.clicks("Edit what it says", await writes(jordan))
    what = await jordan.window()
    await alix.commands("appels")
    await alix.clicks("Détails", await alix.window())
    await alix.clicks("Modifier le texte", await alix.window())
    await alix.submits(asked_en="Light two lamps a week.", asked_fr="Allumer deux lampes par semaine.")
    answer = await jordan.submits(what, asked_en="Light three lamps.", asked_fr="Allumer trois lampes.", commitment_en="A day.")
    assert "Light two lamps a week." in str(answer), "it stands beside the field"
    taken_over = {"asked_en": "Light two lamps a week.", "asked_fr": "Allumer deux lampes par semaine."}
    await jordan.submits(what, **taken_over, commitment_en="A day.", commitment_fr="Une journée.")
    made = only(workspace)
    assert made.asked is not None
    assert made.commitment is not None
    assert (made.asked.fr, made.commitment.fr) == ("Allumer deux lampes par semaine.", "Une journée.")


async def test_what_is_typed_while_another_officer_opens_the_call_is_kept(workspace: Workspace) -> None:
    jordan, alix = officer(workspace), workspace.secretariat("fr-CA")
    await jordan.clicks("Edit what it says", await writes(jordan))
    await alix.commands("appels")
    await alix.clicks("Détails", await alix.window())
    await alix.clicks("Ouvrir maintenant", await alix.window())
    await alix.submits()
    await jordan.submits(asked_en="Light two lamps a week.")
    *_below, form, told = await jordan.windows()
    assert "This call is open." in told.text
    assert form["state"]["values"]["asked_en"]["calls.field"]["value"] == "Light two lamps a week."


async def test_a_preview_shows_the_post_the_message_the_e_mail_and_the_letter_in_both_languages(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Preview", await writes(jordan))
    shown = await jordan.window()
    for text in ("Light one lamp a week.", "Allumer une lampe par semaine."):
        assert shown.text.count(text) == 4, "in the post, in the message, by e-mail, in the letter"
    assert "is asked to answer" in shown.text
    for text in ("By e-mail, in English:", "To answer, reply to this e-mail", "The official letter, in French:", "Coprésidence pressentie"):
        assert text in shown.text
    assert Reader(LOCALES["fr"]).gettext("Proposed co-chair") in shown.text
    for label in ("Answer the call", "Decline for", "Let somebody else answer", "Ask a question", "Répondre à l'appel"):
        assert any(each.startswith(label) for each in shown.buttons), "as whoever gets the message sees it"
    assert "Open the page" in shown.text
    assert "no language is known" in shown.text
    opens = only(workspace).opens_at
    assert opens is not None
    assert Reader().date(Reader().local(opens).date()) in shown.text, "the letter has the date of the opening"
    assert shown.text.index("who reads English") < shown.text.index("who reads French")
    await jordan.clicks("Answer / Répondre", shown)
    assert len(await jordan.windows()) == 2, "a preview answers nothing"
    assert only(workspace).state == "draft"


async def test_a_call_that_is_scheduled_opens_by_the_clock(workspace: Workspace) -> None:
    jordan, maxime = officer(workspace), workspace.user("maxime-grandchene")
    await jordan.clicks("Schedule", await writes(jordan))
    sure = await jordan.window()
    assert "in the name of Robin Ashgrove" in sure.text
    await jordan.submits(sure)
    (window,) = await jordan.windows()
    assert "Scheduled: it opens by itself" in window.text
    assert only(workspace).state == "scheduled"
    await workspace.until(timedelta(days=3))
    made = only(workspace)
    assert made.state == "open"
    assert made.totals.invited == 5
    posts = [said for said in await jordan.sees(GENERAL) if "Light one lamp a week." in said.text]
    assert len(posts) == 1
    assert "Allumer une lampe par semaine." in posts[0].text
    assert "Groupe de travail" in (await maxime.last_dm()).headline


async def test_a_call_is_taken_back_before_it_opens(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Schedule", await writes(jordan))
    await jordan.submits()
    (window,) = await jordan.windows()
    await jordan.clicks("Back to draft", window)
    assert "It is a draft again" in (await jordan.window()).text
    await workspace.until(timedelta(days=3))
    assert only(workspace).state == "draft"


async def test_an_open_call_is_extended_with_a_reason_in_both_languages(workspace: Workspace) -> None:
    jordan = officer(workspace)
    window = await opened(jordan)
    assert "The call is open. Its letter has the number" in window.text
    assert "None of the 5 jurisdictions has answered" in window.text
    addresses = [element["url"] for element in window.elements if "url" in element]
    assert [address.partition("?")[0].rpartition("/calls/")[2] for address in addresses] == ["1", "1/letter.docx"]
    await jordan.clicks("Extend", window)
    form = await jordan.window()
    answered = await jordan.submits(form, closes_at=moment(40), reason_en="Storms.")
    assert set(answered["errors"]) == {"reason_fr"}
    await jordan.submits(form, closes_at=moment(40), reason_en="Storms.", reason_fr="Des tempêtes.")
    (after,) = await jordan.windows()
    assert "There is time until" in after.text
    assert "Storms." in after.text
    assert only(workspace).closes_at == datetime.fromtimestamp(moment(40), UTC)


async def test_a_call_is_cancelled_and_what_that_means_is_said_before(workspace: Workspace) -> None:
    jordan, maxime = officer(workspace), workspace.user("maxime-grandchene")
    await jordan.clicks("Cancel the call", await opened(jordan))
    form = await jordan.window()
    assert "cannot be taken back" in form.text
    await jordan.submits(form, reason_en="No oil.", reason_fr="Plus d'huile.")
    (after,) = await jordan.windows()
    assert "The call is cancelled." in after.text
    assert "Extend" not in after.buttons
    assert only(workspace).state == "cancelled"
    assert "Plus d'huile." in (await maxime.last_dm()).headline


async def test_a_call_is_closed_by_hand_and_opens_again_with_more_time(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Close now", await opened(jordan))
    await jordan.submits()
    (window,) = await jordan.windows()
    assert "Closed to answers" in window.text
    await jordan.clicks("Extend", window)
    await jordan.submits(closes_at=moment(40), reason_en="Storms.", reason_fr="Des tempêtes.")
    assert only(workspace).state == "open"


async def test_a_draft_is_thrown_away_and_the_list_lies_below(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Throw away", await writes(jordan))
    await jordan.submits()
    (window,) = await jordan.windows()
    assert "The draft is thrown away." in window.text
    assert "There is no call yet." in window.text
    assert stands(workspace) == []
