"""No card number in any log of a real process: its files and streams are read, not our functions (SEC-04)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from common.cards import MASKED, card_found
from tests.cards.talkative import CARD, PLAIN
from tests.servers import with_database

DIGITS = re.compile(r"\D+")


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> dict[str, str]:
    """What a process wrote that logs cards by every way, and then dies with one in its exception."""
    folder = tmp_path_factory.mktemp("logs")
    url = with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.cards.talkative", str(folder)], capture_output=True, text=True, timeout=120,
        check=False, env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    found = {"file": (folder / "app.log").read_text(), "out": done.stdout, "err": done.stderr}
    assert done.returncode == 1, found
    return found


@pytest.mark.parametrize("sink", ["file", "out", "err"])
def test_no_sink_holds_a_card_number(logs: dict[str, str], sink: str) -> None:
    text = logs[sink]
    assert text, "the sink was written to"
    assert not card_found(text)
    assert DIGITS.sub("", CARD) not in DIGITS.sub("", text)
    assert PLAIN not in text


def test_every_kind_of_line_was_written_and_masked(logs: dict[str, str]) -> None:
    for words in (
        f"INFO paid with {MASKED}", f"INFO paid {MASKED}", f"GET /pay?note={MASKED} HTTP", f"'card': '{MASKED}'",
        'int(f"x{card}")', f"invalid literal for int() with base 10: 'x{MASKED}'",
        f"nothing_{MASKED}", f'"pan": {MASKED}', "while paying",
    ):  # fmt: skip
        assert words in logs["file"], words
    assert f'"card": "{MASKED}"' in logs["out"]
    assert f"in a thread: {MASKED}" in logs["err"]
    assert f"the end: {MASKED}" in logs["err"]


def test_without_the_guard_the_same_process_tells_them(tmp_path: Path) -> None:
    """The negative control: it is the guard that masks, not the words that are too few."""
    code = (
        "import common.log_sinks as sinks, runpy, sys\n"
        "sinks.log_sinks_guard = lambda: None\n"
        "sys.argv = ['talkative', sys.argv[1]]\n"
        "runpy.run_module('tests.cards.talkative', run_name='__main__')\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=120, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    text = (tmp_path / "app.log").read_text()
    assert CARD in text
    assert PLAIN in text
