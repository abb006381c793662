"""A real browser on a real server: `page` (nobody signed in), `signed_in(role)` (through the pages), both watched.

Playwright keeps an event loop in this thread, which Django takes for asynchronous code: hence the variable below.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from compliance.staff.models import StaffUser
from tests.browser.looks import WIDE
from tests.browser.watch import Watch
from tests.factories import caches_forget
from tests.signin.people import code, enrolled
from tests.staff import PASSWORD, staff_member
from tools.chromium import NoChromium, provide_chromium

SECRETS = (f"JBSWY3DPEHPK3PXPJBSWY3DPEHPK{number:04}".translate(str.maketrans("0189", "ABCD")) for number in count(1))
PATIENCE_MS = 15_000


@dataclass
class Desk:
    """Somebody at work: the person, the page, and the secret of the authenticator app."""

    person: StaffUser
    page: Page
    secret: str
    watch: Watch


class SignedIn(Protocol):
    """Signs a new person in by password and code; further arguments are `staff_member`'s."""

    def __call__(self, role: str = "administrator", **scope: Any) -> Desk: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for the run."""
    try:
        program = provide_chromium()
    except NoChromium as problem:
        pytest.fail(str(problem), pytrace=False)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def server(live_server: LiveServer, transactional_db: None) -> str:
    """The address of the house, under the name for which browsers allow passkeys."""
    cache.clear()
    caches_forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def new_page(browser: Browser, server: str) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Pages in browser contexts of their own; whatever they complain about fails the test at its end."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def make(**options: Any) -> tuple[Page, Watch]:
        context = browser.new_context(base_url=server, viewport=WIDE, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(host=urlsplit(server).netloc)
        watch.over(context)
        opened.append((context, watch))
        return context.new_page(), watch

    yield make
    for context, _watch in opened:
        context.close()
    for _context, watch in opened:
        watch.clean()


@pytest.fixture
def page(new_page: Callable[..., tuple[Page, Watch]]) -> Page:
    """A page of nobody."""
    return new_page()[0]


@pytest.fixture
def signed_in(new_page: Callable[..., tuple[Page, Watch]]) -> SignedIn:
    """Somebody with a role, who walked through both pages of the sign-in."""

    def walk(role: str = "administrator", **scope: Any) -> Desk:
        secret = next(SECRETS)
        person = enrolled(staff_member(role, **scope), secret)
        page, watch = new_page()
        walk_in(page, person, secret)
        return Desk(person, page, secret, watch)

    return walk


def walk_in(page: Page, person: StaffUser, secret: str) -> None:
    """Name and password, then the code; ends on the first page of the back office."""
    give_password(page, person)
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


def give_password(page: Page, person: StaffUser | str, password: str = PASSWORD) -> None:
    """The first page."""
    page.goto("/account/sign-in/")
    page.get_by_label("Username").fill(person if isinstance(person, str) else person.username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
