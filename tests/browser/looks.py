"""The ways in which people see a page: light, dark, narrow; and pictures of them for whoever looks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.browser.accessibility import settle

LOOKS: Final = ("light", "dark", "narrow")
WIDE: Final = {"width": 1440, "height": 900}
NARROW: Final = {"width": 390, "height": 844}


def looks_of(page: Page, name: str = "") -> Iterator[str]:
    """The same page in each look, loaded anew; with BROWSER_SHOTS=<folder> a picture of each."""
    for look in LOOKS:
        page.emulate_media(color_scheme="dark" if look == "dark" else "light")
        page.set_viewport_size(NARROW if look == "narrow" else WIDE)  # type: ignore[arg-type]
        page.reload()
        settle(page)
        if name:
            picture(page, f"{name}-{look}")
        yield look
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")


def picture(page: Page, name: str) -> None:
    """A PNG into BROWSER_SHOTS, when it is set."""
    if folder := os.environ.get("BROWSER_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def fits(page: Page) -> bool:
    """Whether the page needs no scrolling sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
