"""The deck and the binder in Slack: asked for in a word or a sentence, sent as files to whoever asked."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR
from cadre.meetings.models import Invitee, Meeting
from tests.conftest import one_database
from tests.framework.decks import all_of, opened, titled
from tests.workspace import Member, Workspace

pytestmark = one_database


async def newest(member: Member, kind: str) -> tuple[str, bytes, str]:
    """The newest file of a kind that they were sent: its name, what it holds, and what was said with it."""
    said = [(each, file) for each in await member.sees() for file in each.raw.get("files", ()) if file["name"].endswith(kind)]
    assert said, f"{member.name} was sent no {kind}"
    message, file = said[-1]
    content = (await member.workspace.client.get(file["url"])).content
    return str(file["name"]), content, message.headline


async def test_the_deck_comes_in_the_language_of_whoever_asks(workspace: Workspace) -> None:
    member = workspace.member(locale="fr-CA")
    told = await member.commands("présentation")
    assert "Je prépare la présentation" in told.text
    name, content, said = await newest(member, ".pptx")
    assert name.startswith("presentation-du-cadre-")
    assert name.endswith("-fr.pptx")
    assert "Les notes de chaque diapositive indiquent les sources." in said
    assert "Entente sur les prochaines étapes." in all_of(titled(opened(content), "Résultats attendus"))


async def test_another_language_and_a_meeting_may_be_named(workspace: Workspace) -> None:
    member = workspace.member()
    await member.commands("deck both for Charlottetown")
    name, content, _said = await newest(member, ".pptx")
    assert name.endswith("-en-fr.pptx")
    assert "charlottetown" in name
    assert "Résultats attendus" in all_of(titled(opened(content), "Expected results"))


async def test_whoever_is_unknown_gets_what_everybody_may_know(workspace: Workspace) -> None:
    newcomer, member = workspace.newcomer(), workspace.member()
    for who, told in ((newcomer, False), (member, True)):
        await who.asks("deck for Maple Harbour")
        _name, content, said = await newest(who, ".pptx")
        assert ("To complete" in all_of(titled(opened(content), "Current state"))) is told
        assert ("do not pass it on" in said) is told


async def test_a_meeting_that_there_is_not_is_said(workspace: Workspace) -> None:
    told = await workspace.member().commands("deck for Atlantis")
    assert "No meeting in the registry is called atlantis." in told.text


async def test_what_begins_so_and_goes_on_otherwise_is_a_question(workspace: Workspace) -> None:
    told = await workspace.member().asks("deck of the Framework Working Group?")
    assert "I am making" not in told.text


async def test_the_binder_is_for_those_who_are_invited(workspace: Workspace) -> None:
    member, outsider, secretariat = workspace.member(locale="fr-CA"), workspace.newcomer(), workspace.secretariat()

    def meet(session: Session) -> None:
        day = clock.today(session) + timedelta(days=9)
        session.add(Meeting(id="next", kind="in_person", group="jc", held=PartialDate.day(day)))
        session.flush()
        session.add(Invitee(meeting="next", person=member.person))

    workspace.database.write(OPERATOR, meet)
    told = await outsider.commands("binder")
    assert "Only those who are asked or invited" in told.text
    assert "Je prépare le cahier" in (await member.commands("cahier")).text
    name, content, said = await newest(member, ".pdf")
    assert (name.startswith("cahier-"), name.endswith("-fr.pdf"), content[:4]) == (True, True, b"%PDF")
    assert "Sa dernière partie énumère ce qui manque." in said
    await secretariat.commands("binder both")
    names = {file["name"][-7:] for each in await secretariat.sees() for file in each.raw.get("files", ())}
    assert names == {"-en.pdf", "-fr.pdf"}


async def test_where_slack_takes_no_file_they_are_told(workspace: Workspace) -> None:
    member = workspace.member()
    await workspace.fault("files.getUploadURLExternal", "error", error="missing_scope")
    await member.commands("deck")
    assert "Slack did not take the file framework-deck-" in (await member.last_dm()).text
