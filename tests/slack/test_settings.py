"""Settings: what is wrong with them is told at start, all of it, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.settings import VARIABLES, Framework, Mode, Settings, Unready, check_registry, load, markdown_table
from cadre.core.database import Database
from cadre.core.models import State
from cadre.core.reader import OPERATOR, Reader
from cadre.core.schema import ROOT

GOOD = {
    "CADRE_DATABASE_URL": "sqlite:////tmp/registry.sqlite",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s3cret",
}


MAIL = {
    "CADRE_SMTP_URL": "smtps://cadre%40x:p%40ss%2Fword@mail.example.org",
    "CADRE_MAIL_FROM": "cadre@example.org",
    "CADRE_MAIL_REPLY_TO": "secretariat@example.org",
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
        ("CADRE_SMTP_URL", "mail.example.org", "CADRE_SMTP_URL is no address of a mail server."),
        ("CADRE_SMTP_URL", "https://mail.example.org", "CADRE_SMTP_URL is no address of a mail server."),
        ("CADRE_SMTP_URL", "smtp://mail.example.org:many", "CADRE_SMTP_URL is no address of a mail server."),
        ("CADRE_SMTP_URL", "smtp://cadre:pass#word@mail.example.org", "special characters of the password"),
        ("CADRE_MAIL_FROM", "", "CADRE_MAIL_FROM is not set, and e-mail needs it."),
        ("CADRE_MAIL_REPLY_TO", "", "CADRE_MAIL_REPLY_TO is not set, and e-mail needs it."),
        ("CADRE_MAIL_FROM", "Cadre", "CADRE_MAIL_FROM is no e-mail address: Cadre."),
        ("CADRE_MAIL_REPLY_TO", "secretariat@", "CADRE_MAIL_REPLY_TO is no e-mail address: secretariat@."),
        ("CADRE_METRICS_TOKEN", "short", "CADRE_METRICS_TOKEN is too short"),
    ],
)
def test_what_cannot_be_used_says_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    assert said in told(monkeypatch, **GOOD | MAIL | {name: value})


def test_secrets_are_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, **GOOD)
    assert "xoxb" not in repr(settings)
    assert "s3cret" not in repr(settings)
    assert "hunter2" not in told(monkeypatch, SLACK_BOT_TOKEN="hunter2")


def test_the_secrets_of_mail_and_of_metrics_are_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, **GOOD | MAIL, CADRE_METRICS_TOKEN="hunter2hunter2hunter2")
    assert settings.mail
    assert settings.mail.password == "p@ss/word"
    for shown in (repr(settings), repr(settings.mail)):
        assert "p@ss" not in shown
        assert "p%40ss" not in shown
        assert "hunter2" not in shown
    assert "hunter2" not in told(monkeypatch, CADRE_SMTP_URL="smtp://cadre:hunter2/@mail.example.org", CADRE_METRICS_TOKEN="hunter2")


def test_mail_is_off_until_there_is_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, **GOOD).mail is None
    assert loaded(monkeypatch, **MAIL | {"CADRE_SMTP_URL": " "}).mail is None


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "user"),
    [
        ("smtps://cadre%40x:p%40ss@mail.example.org", "mail.example.org", 465, True, "cadre@x"),
        ("smtp://mail.example.org", "mail.example.org", 587, False, None),
        ("smtp://[::1]:25/", "::1", 25, False, None),
    ],
)
def test_a_mail_server_is_reached_as_its_address_says(
    monkeypatch: pytest.MonkeyPatch, url: str, host: str, port: int, tls: bool, user: str | None
) -> None:
    mail = loaded(monkeypatch, **GOOD | MAIL | {"CADRE_SMTP_URL": url}).mail
    assert mail
    assert (mail.host, mail.port, mail.tls, mail.user) == (host, port, tls, user)
    assert (str(mail.sender), mail.sender.domain, str(mail.reply_to)) == (
        "Cadre <cadre@example.org>",
        "example.org",
        "secretariat@example.org",
    )


def test_mail_may_come_under_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = loaded(monkeypatch, **GOOD | MAIL | {"CADRE_MAIL_FROM": "Conseils mixtes <cadre@example.org>"}).mail
    assert mail
    assert str(mail.sender) == "Conseils mixtes <cadre@example.org>"


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


@pytest.mark.parametrize(("value", "found"), [("", Framework.SIGNED), ("signed", Framework.SIGNED), ("public", Framework.PUBLIC)])
def test_the_framework_is_open_to_everybody_only_where_that_is_said(monkeypatch: pytest.MonkeyPatch, value: str, found: Framework) -> None:
    assert loaded(monkeypatch, **GOOD, CADRE_FRAMEWORK=value).framework is found


def test_a_word_that_says_neither_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = told(monkeypatch, **GOOD, CADRE_FRAMEWORK="everybody")
    assert "CADRE_FRAMEWORK has a value that cannot be used" in said
