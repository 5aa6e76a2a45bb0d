"""Settings: what is wrong with them is told at start, all of it, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.settings import VARIABLES, Mode, Settings, Unready, check_registry, load, markdown_table
from cadre.core.database import Database
from cadre.core.models import State
from cadre.core.reader import OPERATOR, Reader
from cadre.core.schema import ROOT

GOOD = {
    "CADRE_DATABASE_URL": "sqlite:////tmp/registry.sqlite",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s3cret",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)


def told(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """What is said of an environment at start."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unready) as caught:
        load(slack=True)
    return caught.value.told(Reader())


def loaded(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load(slack=True)


def test_all_that_is_missing_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = told(monkeypatch)
    assert [line.split()[0] for line in said.splitlines()] == ["CADRE_DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]
    assert "OAuth & Permissions" in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "SLACK_BOT_TOKEN is a token of the wrong kind: it must begin with xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN is a token of the wrong kind: it must begin with xapp-."),
        ("CADRE_MODE", "socket", "SLACK_APP_TOKEN is not set"),
        ("CADRE_MODE", "pigeon", "CADRE_MODE has a value that cannot be used"),
        ("PORT", "many", "PORT has a value that cannot be used"),
        ("CADRE_LOG_LEVEL", "LOUD", "CADRE_LOG_LEVEL has a value that cannot be used"),
        ("CADRE_DATABASE_URL", "mysql://somewhere", "CADRE_DATABASE_URL is no database address"),
        ("CADRE_DATABASE_URL", "registry", "CADRE_DATABASE_URL is no database address"),
        ("CADRE_SECRETARIAT", "sam@iccs.example.org, sam", "CADRE_SECRETARIAT holds what is no e-mail address: sam."),
    ],
)
def test_what_cannot_be_used_says_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    assert said in told(monkeypatch, **GOOD | {name: value})


def test_secrets_are_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, **GOOD)
    assert "xoxb" not in repr(settings)
    assert "s3cret" not in repr(settings)
    assert "hunter2" not in told(monkeypatch, SLACK_BOT_TOKEN="hunter2")


def test_socket_mode_where_there_is_an_app_token(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, **GOOD).mode is Mode.HTTP
    assert loaded(monkeypatch, SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="").mode is Mode.SOCKET
    assert loaded(monkeypatch, CADRE_MODE="http", SLACK_SIGNING_SECRET="s").mode is Mode.HTTP


def test_values_are_read_with_their_blanks_and_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    spare = {"SLACK_BOT_TOKEN": " xoxb-1\n", "PORT": "", "CADRE_MODE": "", "CADRE_SANDBOX": "", "CADRE_LOG_LEVEL": ""}
    settings = loaded(monkeypatch, **GOOD | spare, CADRE_SECRETARIAT="Sam@iccs.example.org, ann@iccs.example.org")
    assert (settings.bot_token, settings.port, settings.sandbox, settings.log_level) == ("xoxb-1", 3000, False, "INFO")
    assert settings.secretariat == {"sam@iccs.example.org", "ann@iccs.example.org"}
    assert settings.api_url == "https://slack.com/api/"


def test_the_worker_needs_no_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_DATABASE_URL", GOOD["CADRE_DATABASE_URL"])
    assert load(slack=False)


def test_old_time_zones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.clock.stale_zones", lambda: ["America/Winnipeg"])
    assert "America/Winnipeg" in told(monkeypatch, **GOOD)


def test_a_registry_that_was_never_migrated_is_refused(bare_database_url: str) -> None:
    assert "cadre db upgrade" in refused(Database(bare_database_url))


def test_a_mistyped_file_is_told_and_not_made(tmp_path: Path) -> None:
    assert "There is no registry in" in refused(Database(f"sqlite:///{tmp_path}/nowhere.sqlite"))
    assert not list(tmp_path.iterdir())


def test_a_database_that_does_not_answer_is_told() -> None:
    assert "does not answer" in refused(Database("postgresql://postgres@127.0.0.1:1/none"))


def test_a_sandbox_s_registry_is_for_the_sandbox(database_url: str) -> None:
    database = Database(database_url)
    check_registry(Settings(), database)
    database.write(OPERATOR, lambda session: session.execute(update(State).values(sandbox=True)))
    check_registry(Settings.model_validate({"CADRE_SANDBOX": "1"}), database)
    assert "CADRE_SANDBOX=1" in refused(database)


def refused(database: Database) -> str:
    with pytest.raises(Unready) as caught:
        check_registry(Settings(), database)
    database.close()
    return caught.value.told(Reader())


@pytest.mark.parametrize(("page", "locale"), [("README.md", "en_CA"), ("LISEZMOI.md", "fr_CA")])
def test_the_table_of_the_readme_is_this_one(page: str, locale: str) -> None:
    assert markdown_table(Reader(locale)) in (ROOT / page).read_text("utf-8")


def test_each_variable_is_in_the_table() -> None:
    assert {field.validation_alias for field in Settings.model_fields.values()} == {variable.name for variable in VARIABLES}
