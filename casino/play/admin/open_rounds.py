"""Rounds left open, oldest first. People look into them; no button here closes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.generic import TemplateView

from casino.play.selectors.open_rounds import BUCKETS, COUNT_UP_TO, AgeBucket, open_round_counts, open_rounds
from common.backoffice.display import age, instant, money, record_link
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


PAGE = 50
HEADERS = ("Age", "Round", "Player", "Game", "Staked", "Won so far", "Bets", "Opened")


class OpenRoundsView(_Page):
    """By age bucket, as queues are worked: the oldest first."""

    title = "Open rounds by age"
    permission_required = ("play.view_round",)
    template_name = "admin/play/open_rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        now = utc_now()
        chosen = next((bucket for bucket in BUCKETS if bucket.code == self.request.GET.get("age")), None)
        page = self._page()
        scope = reach(self.request, "play.view_round")
        rows = open_rounds(bucket=chosen, now=now, scope=scope).select_related("player", "game")
        found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
        counts = open_round_counts(now=now, scope=scope)
        context |= {
            "buckets": [self._tab(bucket, count, chosen) for bucket, count in counts],
            "all_chosen": chosen is None,
            "page_number": page,
            "has_next": len(found) > PAGE and page < 200,
            "chosen": chosen.code if chosen else "",
            "section": Section(
                "",
                HEADERS,
                [
                    (
                        age(item.opened_at, now),
                        record_link("play.round", item.pk, item.reference),
                        record_link("players.player", item.player_id, item.player),
                        item.game.name,
                        money(item.staked, item.currency),
                        money(item.won, item.currency),
                        item.live_bets,
                        instant(item.opened_at),
                    )
                    for item in found[:PAGE]
                ],
                empty="No round is open in this age: nothing to look into.",
            ),
        }
        return context

    def _page(self) -> int:
        asked = self.request.GET.get("p", "1")
        return min(max(int(asked), 1), 200) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1

    def _tab(self, bucket: AgeBucket, count: int, chosen: AgeBucket | None) -> dict[str, Any]:
        shown = f"{count:,}" if count < COUNT_UP_TO else f"{COUNT_UP_TO:,}+"
        return {"code": bucket.code, "title": bucket.title, "count": shown, "chosen": bucket is chosen}
