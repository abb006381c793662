"""A wrong environment is one line on stderr and exit code 2, for every command."""

import subprocess
from collections.abc import Callable

import pytest

from config import env

Manage = Callable[..., "subprocess.CompletedProcess[str]"]
# Port 1 of this machine: nobody listens there.
NOBODY = "postgres://casino:secret-word@127.0.0.1:1/casino"
NO_REDIS = "redis://:secret-word@127.0.0.1:1/0"


def refusal(capsys: pytest.CaptureFixture[str], read: Callable[[], object]) -> str:
    """What was said when reading stopped."""
    with pytest.raises(SystemExit) as end:
        read()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_words_and_numbers_are_read_and_blank_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"A": " text ", "B": "On", "C": " 12 ", "D": "a, b,,c ", "E": "  "}.items():
        monkeypatch.setenv(name, value)
    assert env.env_str("A") == "text"
    assert env.env_bool("B")
    assert env.env_int("C", least=1, most=12) == 12
    assert env.env_list("D") == ["a", "b", "c"]
    assert env.env_str("E", "default") == "default"
    assert env.env_list("NOT_SET", ("x",)) == ["x"]


@pytest.mark.parametrize("value", ["maybe", "2", "ja"])
def test_a_wrong_truth_value_is_named(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SANDBOX", value)
    assert "SANDBOX=" in refusal(capsys, lambda: env.env_bool("SANDBOX"))


@pytest.mark.parametrize("value", ["many", "1.5", "99", "-1"])
def test_a_wrong_number_is_named(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIMIT", value)
    assert "LIMIT=" in refusal(capsys, lambda: env.env_int("LIMIT", 5, least=0, most=10))


@pytest.mark.parametrize(
    "url",
    [
        "mysql://root@localhost/casino",
        "casino",
        "postgres://user@host:port/casino",
        "postgres://user@host:99999999/casino",
        "postgres://user@host:5432/",
        "postgres://user@[half/casino",
    ],
)
def test_a_wrong_database_url_is_one_line_without_the_url(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    said = refusal(capsys, env.database_config)
    assert said.startswith("DATABASE_URL")
    assert url not in said


@pytest.mark.parametrize("url", ["http://localhost", "redis://", "redis://host:port/0", "redis://host:6379/zero"])
def test_a_wrong_redis_url_is_one_line(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    assert refusal(capsys, env.redis_url).startswith("REDIS_URL")


def test_the_owner_logs_in_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://web@h/casino")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@h/casino")
    application = env.database_config()["default"]
    assert (application["USER"], application["APPLICATION_ROLE"]) == ("web", "casino_app")
    monkeypatch.setenv("DB_AS_OWNER", "1")
    owner = env.database_config()["default"]
    assert (owner["USER"], owner["APPLICATION_ROLE"]) == ("owner", "")
    monkeypatch.delenv("DATABASE_OWNER_URL")
    assert env.database_config()["default"]["USER"] == "web"


@pytest.mark.parametrize("command", ["migrate", "showmigrations", "clearsessions"])
def test_an_unreachable_database_is_one_line(command: str, manage: Manage) -> None:
    ended = manage(command, DATABASE_URL=NOBODY, REDIS_URL=NO_REDIS, SECRET_KEY="x")
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("DATABASE_URL: PostgreSQL cannot be used")
    assert "secret-word" not in ended.stderr


def test_a_database_that_was_never_migrated_says_what_to_run(manage: Manage, migrated_nothing: dict[str, str]) -> None:
    ended = manage("clearsessions", **migrated_nothing)
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "run `manage.py migrate`" in ended.stderr


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"DATABASE_URL": "mysql://x/y", "SECRET_KEY": "x"}, "DATABASE_URL must name a PostgreSQL database"),
        ({"DB_CONN_MAX_AGE": "long"}, "DB_CONN_MAX_AGE='long' is not a whole number"),
        ({"DEBUG": "perhaps"}, "DEBUG='perhaps' is neither true nor false"),
        ({"DATABASE_URL": NOBODY}, "SECRET_KEY is not set"),
    ],
)
def test_a_wrong_setting_is_one_line_for_any_command(wrong: dict[str, str], words: str, manage: Manage) -> None:
    ended = manage("check", **wrong)
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert words in ended.stderr


def test_settings_load_without_any_server(manage: Manage) -> None:
    ended = manage("check")
    assert ended.returncode == 0, ended.stderr


def test_without_a_database_url_a_command_brings_up_its_own_servers(manage: Manage) -> None:
    ended = manage("migrate", "--verbosity", "0")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
