"""The harness notices what it is there for: negative controls."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.watch import Watch
from tools import chromium

NewPage = Callable[..., tuple[Page, Watch]]


def test_axe_finds_a_planted_fault(page: Page) -> None:
    page.goto("/account/sign-in/")
    expect(page.get_by_label("Username")).to_be_focused()
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    with pytest.raises(AssertionError, match=r"color-contrast(.|\n)*label"):
        assert_accessible(page)


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        (
            "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
            "Content Security",
        ),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')", "console"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://evil.example/x.png'}))", "Content Security"),
        ("fetch('https://evil.example/').catch(() => 0)", "Content Security"),
        ("console.error('broken')", "broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
    ],
)
def test_console_errors_and_forbidden_scripts_are_noticed(planted: str, seen: str, new_page: NewPage) -> None:
    page, watch = new_page()
    page.goto("/account/sign-in/")
    page.evaluate(f"() => {{ {planted} }}")
    page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match=seen):
        watch.clean()
    assert page.evaluate("window.hit") is None
    watch.allow("")


def test_a_request_that_leaves_the_machine_is_noticed_and_stopped(new_page: NewPage) -> None:
    page, watch = new_page()
    page.goto("/api/wallet/v1/ping")
    page.goto("about:blank")
    page.set_content("<img src='http://192.0.2.1/x.png'>")
    page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match="left the machine"):
        watch.clean()
    watch.allow("")


def test_without_chromium_the_harness_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.NoChromium, match="apt-get install chromium"):
        chromium.find_chromium()
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.setattr(chromium, "PROGRAMS", ())
    with pytest.raises(chromium.NoChromium, match="playwright install"):
        chromium.provide_chromium()
