from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from common.clock import utc_now
from compliance.signin.errors import DemoOnly, NoSuchDemoPerson
from compliance.signin.services.demo_sign_ins import PASSWORD, demo_code, demo_sign_ins_seed
from compliance.staff.models import StaffUser
from compliance.staff.roles import ROLES
from tests.signin.people import CODE_PAGE, MORNING, give_password, is_inside

SANDBOX = {"DEBUG": "0", "SANDBOX": "1", "SANDBOX_ACKNOWLEDGED": "1"}
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


def test_the_demo_has_a_sign_in_per_role_that_works_with_the_code_it_prints(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    people = demo_sign_ins_seed(now=utc_now())
    assert [one.username for one in people] == [seed.code for seed in ROLES]
    demo_sign_ins_seed(now=utc_now())
    with time_machine.travel(MORNING, tick=False):
        call_command("demo_code", "finance")
        code = capsys.readouterr().out.split()[0]
        client = Client()
        assert give_password(client, "finance", PASSWORD)["Location"] == CODE_PAGE
        client.post(CODE_PAGE, {"code": code})
        assert is_inside(client)
        again = Client()
        give_password(again, "finance", PASSWORD)
        again.post(CODE_PAGE, {"code": code})
        assert not is_inside(again), "good once, as anybody's"


def test_the_first_run_prints_a_sign_in_per_role_and_how_to_get_past_the_second_factor(
    demo: None, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SANDBOX = True
    call_command("load_fx_rates", "--sample", "--as-of", "today")
    capsys.readouterr()
    call_command("seed_demo")
    printed = capsys.readouterr().out
    assert f"all with the password {PASSWORD}" in printed
    for seed in ROLES:
        assert re.search(rf"\b{seed.code}\b +{re.escape(seed.name)}", printed), seed.code
    (told,) = re.findall(r"`make (\w+) WHO=support`", printed)
    assert f"\n{told}:" in (CHECKOUT / "Makefile").read_text()
    settings.DEMO = False
    call_command("seed_demo")
    assert "password" not in capsys.readouterr().out


def test_codes_change_and_differ_between_people(demo: None) -> None:
    now = utc_now()
    codes = {demo_code(username=name, now=now)[0] for name in ("finance", "support")}
    codes.add(demo_code(username="support", now=now + timedelta(seconds=60))[0])
    assert len(codes) == 3


def test_outside_the_demo_there_are_no_such_people_and_no_such_codes(settings: Settings) -> None:
    assert settings.DEMO is False
    for attempt in (
        lambda: demo_sign_ins_seed(now=utc_now()),
        lambda: demo_code(username="support", now=utc_now()),
    ):
        with pytest.raises(DemoOnly):
            attempt()
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_code", "support")
    assert StaffUser.objects.count() == Authenticator.objects.count() == 0


def test_the_command_gives_codes_of_the_demos_people_alone(demo: None) -> None:
    with pytest.raises(NoSuchDemoPerson):
        demo_code(username="carol", now=utc_now())


def settings_say(**environment: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "SANDBOX", "REQUIRE_HTTPS"}}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=CHECKOUT, env=base | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment",
    [
        {"DEBUG": "0"},
        SANDBOX,
        SANDBOX | {"REQUIRE_HTTPS": "0", "ALLOWED_HOSTS": "casino.example"},
        {"DEBUG": "1", "SANDBOX": "1", "ALLOWED_HOSTS": "localhost,casino.example"},
        {"DEBUG": "1"},
    ],
)  # fmt: skip
def test_a_house_that_others_can_reach_refuses_the_demos_flag(environment: dict[str, str]) -> None:
    ended = settings_say(DEMO="1", **environment)
    assert ended.returncode == 2
    assert ended.stderr.startswith("DEMO=1 publishes sign-ins")
    assert ended.stderr.count("\n") == 1


def test_the_demo_itself_may(tmp_path: Path) -> None:
    ended = settings_say(DEMO="1", DEBUG="0", SANDBOX="1", SANDBOX_ACKNOWLEDGED="1", REQUIRE_HTTPS="0")
    assert ended.returncode == 0, ended.stderr
