"""How the back office looks and is ordered: unfold's settings, with the side bar by job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy

# (job, ((title, icon, name of the admin address), …))
JOBS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("", (("Dashboard", "monitoring", "index"),)),
    (
        "Players",
        (
            ("Players", "person", "players_player_changelist"),
            ("Restrictions", "front_hand", "compliance_restriction_changelist"),
            ("Brands", "storefront", "players_brand_changelist"),
        ),
    ),
    (
        "Money",
        (
            ("Transactions", "receipt_long", "wallet_transaction_changelist"),
            ("Accounts", "account_balance_wallet", "wallet_account_changelist"),
            ("Holds", "lock_clock", "wallet_hold_changelist"),
            ("FX rates", "currency_exchange", "wallet_fxrate_changelist"),
        ),
    ),
    (
        "Play",
        (
            ("Rounds", "casino", "play_round_changelist"),
            ("Open rounds by age", "hourglass_bottom", "play_round_open"),
            ("Booked calls", "swap_vert", "play_leg_changelist"),
            ("Game sessions", "sports_esports", "play_gamesession_changelist"),
            ("Jackpots", "emoji_events", "jackpots_jackpot_changelist"),
        ),
    ),
    (
        "Providers & games",
        (
            ("Providers", "hub", "games_provider_changelist"),
            ("Keys", "key", "games_providerkey_changelist"),
            ("Games", "stadia_controller", "games_game_changelist"),
            ("Stops", "dangerous", "games_stop_changelist"),
        ),
    ),
    (
        "Proof",
        (
            ("Recorded answers", "fact_check", "wallet_recordedanswer_search"),
            ("Seals", "verified", "wallet_seal_changelist"),
            ("Request log", "dns", "calls_providercall_changelist"),
        ),
    ),
    (
        "Staff",
        (
            ("Staff members", "badge", "staff_staffuser_changelist"),
        ),
    ),
)


def _is_active(address: str) -> Callable[[HttpRequest], bool]:
    """Whether the page belongs to this link and to no longer one: "Open rounds" stands below "Rounds"."""

    def active(request: HttpRequest) -> bool:
        path = request.path
        own = str(reverse_lazy(f"admin:{address}"))
        if address == "index" or not path.startswith(own):
            return path == own
        others = (str(reverse_lazy(f"admin:{name}")) for _job, links in JOBS for _title, _icon, name in links)
        return not any(path.startswith(other) and len(other) > len(own) for other in others)

    return active


def _icon_file(_request: HttpRequest) -> str:
    return static("common/favicon.svg")


def _style_sheet(_request: HttpRequest) -> str:
    return static("common/backoffice.css")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Back office",
    "SITE_HEADER": "Casino back office",
    "SITE_SUBHEADER": "All times are UTC",
    "SITE_SYMBOL": "casino",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _icon_file}],
    "SITE_URL": None,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [_style_sheet],
    "DASHBOARD_CALLBACK": "casino.play.admin.dashboard.dashboard_context",
    "COMMAND": {"search_callback": "casino.play.admin.find_anything.find_anything"},
    "COLORS": {
        "primary": {
            "50": "oklch(97.1% .014 243)",
            "100": "oklch(93.6% .032 243)",
            "200": "oklch(88.5% .062 243)",
            "300": "oklch(80.8% .105 243)",
            "400": "oklch(74.6% .14 243)",
            "500": "oklch(62.3% .16 246)",
            "600": "oklch(51% .15 248)",
            "700": "oklch(44% .13 250)",
            "800": "oklch(38% .11 252)",
            "900": "oklch(33% .09 254)",
            "950": "oklch(25% .07 256)",
        }
    },
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "title": job,
                "separator": bool(job),
                "items": [
                    {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{name}"), "active": _is_active(name)}
                    for title, icon, name in links
                ],
            }
            for job, links in JOBS
        ],
    },
}
