"""Recorded answers have a composite key, for which Django has no screens: they are found by their exact name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.views.generic import TemplateView

from casino.games.selectors.providers import provider_names
from common.backoffice.display import NOTHING, code, money, precise, record_link, tag
from common.backoffice.reach import reach
from players.reach import players_within
from wallet.enums import AnswerOutcome
from wallet.models import RecordedAnswer
from wallet.selectors.recorded_answers import answers_find

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


OUTCOME_VARIANT = {
    AnswerOutcome.BOOKED: "success",
    AnswerOutcome.REFUSED: "danger",
    AnswerOutcome.TOMBSTONE: "warning",
}


class AnswersView(_Page):
    """What a provider was told about one of its transaction ids, and will be told again."""

    title = "Recorded answers"
    permission_required = ("wallet.view_recordedanswer",)
    template_name = "admin/wallet/recorded_answers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        asked = self.request.GET.get("q", "").strip()
        provider = self.request.GET.get("provider", "")
        names = provider_names()
        chosen = [int(provider)] if provider.isascii() and provider.isdigit() and len(provider) < 10 else list(names)
        found = answers_find(provider_ids=chosen, provider_transaction_id=asked) if asked else []
        found = self._within_reach(found)
        context |= {
            "asked": asked,
            "provider": provider,
            "providers": sorted(names.items(), key=lambda item: item[1]),
            "answers": [answer_facts(answer) for answer in found],
        }
        return context

    def _within_reach(self, answers: Iterable[RecordedAnswer]) -> list[RecordedAnswer]:
        """Answers about players within reach; those about nobody we know are told only without limits."""
        scope, asked = reach(self.request, "wallet.view_recordedanswer"), list(answers)
        if scope.everything:
            return asked
        known = players_within({answer.player_id for answer in asked if answer.player_id is not None}, scope)
        return [answer for answer in asked if answer.player_id in known]


def answer_facts(answer: RecordedAnswer) -> dict[str, Any]:
    """One answer as (word, value) pairs and its body, ready for a template."""
    outcome = AnswerOutcome(answer.outcome)
    facts = [
        ("Outcome", tag(outcome.label, OUTCOME_VARIANT[outcome])),
        ("Provider", provider_names().get(answer.provider_id, str(answer.provider_id))),
        ("Provider's transaction id", code(answer.provider_transaction_id)),
        ("Call", answer.call or NOTHING),
        ("Player", record_link("players.player", answer.player_id, answer.player_id) if answer.player_id else NOTHING),
        ("Amount", money(answer.amount, answer.currency)),
        ("Round", answer.round_reference or NOTHING),
        ("Booked as", leg_link(answer)),
        ("HTTP status", answer.status),
        ("Recorded", precise(answer.recorded_at)),
        ("Content fingerprint", code(bytes(answer.fingerprint).hex()) if answer.fingerprint else NOTHING),
    ]
    return {"facts": facts, "body": body_text(answer)}


def leg_link(answer: RecordedAnswer) -> str:
    """The booked call that the answer speaks of."""
    if answer.transaction_id is None:
        return "nothing booked"
    return record_link("play.leg", answer.transaction_id, answer.transaction_id)


def body_text(answer: RecordedAnswer) -> str:
    """The bytes that were sent, as text; bytes that are no UTF-8 are shown as escapes."""
    return bytes(answer.body).decode("utf-8", "backslashreplace")
