"""axe over a page: nothing serious, nothing critical."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SERIOUS: Final = {"serious", "critical"}
# What a library draws and we can not change without copying it whole: (rule, part of the HTML) with the reason.
ALLOWED: Final[dict[tuple[str, str], str]] = {}


def assert_accessible(page: Page, place: str = "") -> None:
    """Fail with each serious or critical finding, its elements and what axe advises."""
    settle(page)
    found = Axe().run(
        page,
        options={
            "resultTypes": ["violations"],
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        },
    )
    lines = [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} | {_advice(node)}"
        for violation in found.response["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
        if not any(rule == violation["id"] and part in node["html"] for rule, part in ALLOWED)
    ]
    assert not lines, f"{place or page.url}: axe found\n" + "\n".join(lines)


def settle(page: Page) -> None:
    """Until fonts are there and nothing moves: half-faded colours have no contrast."""
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "document.fonts.ready.then(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0))))"
    )


def _advice(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("failureSummary", "")).split())[:200]
