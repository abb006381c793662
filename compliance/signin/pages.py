"""What the templates of account pages need besides the views' own words: the look of the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from compliance.signin.session_life import factor_proved

OWN = "admin/base_site.html"
ENTRANCE = "account/entrance.html"


def account_page(request: HttpRequest) -> dict[str, Any]:
    """The site's context for account pages; those of somebody signed in stand in the back office's frame."""
    if not request.path.startswith("/account/"):
        return {}
    user: Any = request.user
    inside = user.is_authenticated and factor_proved(request)
    around = {name: value for name, value in admin.site.each_context(request).items() if name != "title"}
    return around | {"inside": inside, "account_layout": OWN if inside else ENTRANCE}
