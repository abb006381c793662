"""What must not happen on any page: console errors, forbidden scripts, requests that leave the machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Route

OWN_SCHEMES = ("data", "blob", "about", "chrome-error")


@dataclass
class Watch:
    """Collects what goes wrong in one browser context; `clean` says so at the end of the test."""

    host: str
    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page that this context opens."""
        context.route("**/*", self._request)
        context.on("page", self._page)

    def allow(self, part: str) -> None:
        """A message that holds `part` belongs to the test, such as "status of 429"."""
        self.allowed.append(part)

    def clean(self) -> None:
        """Fail with everything that was seen."""
        found = [problem for problem in self.problems if not any(part in problem for part in self.allowed)]
        assert not found, "the browser complained:\n" + "\n".join(found)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def _request(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in OWN_SCHEMES or address.netloc == self.host:
            route.continue_()
        else:
            self.problems.append(f"left the machine: {route.request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: Error) -> None:
        self.problems.append(f"script: {error}")
