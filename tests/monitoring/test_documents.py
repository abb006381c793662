"""The rules file, the runbooks and the alerts are one: nothing is watched without a page that says what to do."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings

from reporting.monitoring.admin.words import screen_address
from reporting.monitoring.catalogue import ALERTS, AlertSeed
from reporting.monitoring.exposition import rules_file
from reporting.monitoring.measures import MEASURES
from reporting.monitoring.runbooks import HEADINGS, runbook_parts, runbook_text

FILE = settings.BASE_DIR / "docs" / "alerts" / "prometheus-rules.yml"
# What a rule's expression may be made of: promtool is not at hand.
EXPRESSION = re.compile(
    r"(abs\()?casino_[a-z0-9_]+\)? [<>] -?\d+(\.\d+)?( and delta\(casino_[a-z0-9_]+\[\d+m\]\) > 0)?"
    r"( or absent\(casino_[a-z0-9_]+\))?"
)


def test_the_rules_file_is_made_of_the_alerts_and_well_formed() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text == rules_file([(seed, seed.window) for seed in ALERTS])
    (group,) = yaml.safe_load(text)["groups"]
    assert {rule["alert"] for rule in group["rules"]} == {seed.code for seed in ALERTS} | {"evaluation_silent"}
    for rule in group["rules"]:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert EXPRESSION.fullmatch(rule["expr"]), rule["expr"]
        assert re.fullmatch(r"\d+m", rule["for"])
        assert rule["labels"]["severity"] in {"p1", "p2", "p3"}
        assert (settings.BASE_DIR / rule["annotations"]["runbook"]).is_file()


@pytest.mark.parametrize("seed", ALERTS, ids=lambda seed: seed.code)
def test_every_alert_has_a_measure_a_runbook_and_a_screen(seed: AlertSeed) -> None:
    assert seed.measure in MEASURES
    assert screen_address(seed.screen, "x"), "its screen is a page of the back office"
    text = runbook_text(seed.runbook)
    assert tuple(re.findall(r"^## (.+)$", text, flags=re.MULTILINE)) == HEADINGS
    _title, parts = runbook_parts(seed.runbook)
    assert all(str(words).strip() for _heading, words in parts)


def test_no_runbook_is_of_no_alert_and_none_leads_out_of_its_folder() -> None:
    pages = {path.stem for path in (settings.BASE_DIR / "docs" / "runbooks").glob("*.md")}
    assert pages == {seed.runbook for seed in ALERTS}
    with pytest.raises(FileNotFoundError):
        runbook_text("../monitoring")
