"""Takes pictures of the screens for people to look at: `pytest tests/overview/shots.py`; they go to /tmp/work/shots."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from common.clock import utc_now
from compliance.staff.models import StaffUser
from tests.overview.scene import a_full_life, scene_make
from tests.signin.session import sign_in

FOLDER = Path("/tmp/work/shots")  # noqa: S108 - pictures for people
pytest_plugins = ["tests.browser.conftest"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_shots(live_server: LiveServer, browser: Browser, carol: StaffUser) -> None:
    scene, now = scene_make(), utc_now()
    a_full_life(scene, now=now)
    client = sign_in(Client(), carol)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = {
        "dashboard": "/admin/",
        "player": f"/admin/players/player/{scene.alice.pk}/change/",
        "player-as-of": f"/admin/players/player/{scene.alice.pk}/change/?as_of=nonsense",
        "players-list": "/admin/players/player/?status__exact=active",
        "note": f"/admin/overview/player/{scene.alice.pk}/note/",
        "keys": "/admin/overview/keys/",
        "tags": "/admin/notes/tag/",
    }
    for look, width, scheme in (("light", 1440, "light"), ("dark", 1440, "dark"), ("narrow", 390, "light")):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: print(message.type, message.text))  # noqa: T201
        page.on("pageerror", lambda error: print("error", error))  # noqa: T201
        for name, address in pages.items():
            page.goto(address, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"house-{name}-{look}.png", full_page=True)
            tall = page.evaluate("document.documentElement.scrollHeight")
            for part in range(min(4, int(tall) // 1000 + 1)) if name.startswith("player") else ():
                page.evaluate(f"window.scrollTo(0, {part * 850})")
                page.screenshot(path=FOLDER / f"house-{name}-{look}-{part}.png")
        if look != "narrow":
            page.goto("/admin/")
            page.keyboard.press("?")
            page.screenshot(path=FOLDER / f"house-overlay-{look}.png")
            page.keyboard.press("Escape")
            page.keyboard.press("Control+k")
            page.wait_for_timeout(300)
            page.keyboard.type("ali", delay=60)
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"house-palette-{look}.png")
        context.close()
