from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.cashier.enums import Ownership
from casino.cashier.models import Deposit, Instrument
from casino.cashier.selectors.loops import closed_loop
from casino.cashier.services.instruments import instrument_block, instrument_verify
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.audit.admin.links import actor_link
from compliance.limits.admin.of_player import OfPlayerScreen

COLOUR: Final = {
    Ownership.MATCHES: "success", Ownership.VERIFIED: "success", Ownership.SIMILAR: "warning",
    Ownership.DIFFERS: "danger",
}  # fmt: skip
SHOWN: Final = 50


@admin.register(Instrument)
class InstrumentAdmin(OfPlayerScreen[Instrument]):
    """Means of payment, masked: whose each is, what came by it and may go back to it."""

    list_display = ("number", "player_link", "what", "kind", "gateway", "owner", "state", "first_used", "added")
    list_filter = (("ownership", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), "gateway")
    when_empty = "No gateway told of a means of payment yet."
    facts = (
        (None, (("player_link", "state"), ("what", "owner"), ("gateway", "expires_on"))),
        ("Time", (("added", "first_used"), ("last_used", "verified"), ("removed", "blocked"))),
    )
    actions_detail = ("block", "verify")

    @admin.display(description="Means")
    def what(self, row: Instrument) -> str:
        return str(row)

    @admin.display(description="Whose")
    def owner(self, row: Instrument) -> str:
        return tag(row.get_ownership_display(), COLOUR.get(Ownership(row.ownership), ""))

    @admin.display(description="State")
    def state(self, row: Instrument) -> str:
        if row.blocked_at is not None:
            return tag("Blocked", "danger")
        return tag("Removed") if row.removed_at is not None else tag("In use", "success")

    @admin.display(description="Expires")
    def expires_on(self, row: Instrument) -> str:
        return row.expires.isoformat() if row.expires else NOTHING

    @admin.display(description="Added")
    def added(self, row: Instrument) -> str:
        return instant(row.added_at)

    @admin.display(description="First used")
    def first_used(self, row: Instrument) -> str:
        return instant(row.first_used_at) if row.first_used_at else NOTHING

    @admin.display(description="Last used")
    def last_used(self, row: Instrument) -> str:
        return instant(row.last_used_at) if row.last_used_at else NOTHING

    @admin.display(description="Verified")
    def verified(self, row: Instrument) -> str:
        return f"{instant(row.verified_at)} by {actor_link(row.verified_by)}" if row.verified_at else NOTHING

    @admin.display(description="Removed by the player")
    def removed(self, row: Instrument) -> str:
        return instant(row.removed_at) if row.removed_at else NOTHING

    @admin.display(description="Blocked")
    def blocked(self, row: Instrument) -> str:
        return f"{instant(row.blocked_at)}: {row.blocked_because}" if row.blocked_at else NOTHING

    def sections(self, request: HttpRequest, row: Instrument) -> Sequence[Section]:
        loop = [item for item in closed_loop(row.player_id) if item.instrument_id == row.pk]
        others = Instrument.objects.filter(fingerprint=row.fingerprint).exclude(player_id=row.player_id)
        shared = others.select_related("player").order_by("pk")[:SHOWN] if row.fingerprint else ()
        deposits = Deposit.objects.filter(instrument=row).order_by("-pk")[:SHOWN]
        return (
            Section(
                "Closed loop", ("Came by it", "Went back by refund or chargeback"),
                [(money(item.deposited, item.currency), money(item.returned, item.currency)) for item in loop],
                "Nothing came by it yet.", note="What withdrawals paid to it stands with them.",
            ),
            Section(
                "Deposits", ("Deposit", "State", "Amount", "Begun"),
                [
                    (record_link("cashier.deposit", one.pk, one), one.get_state_display(),
                     money(one.amount, one.currency), instant(one.created_at))
                    for one in deposits
                ],
                "None.", permission="cashier.view_deposit",
            ),
            Section(
                "The same means under other accounts", ("Account", "Since"),
                [(record_link("players.player", one.player_id, one.player), instant(one.added_at)) for one in shared],
                "None that we know.",
            ),
        )  # fmt: skip

    def has_block_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may block it."""
        return self.may(request, "cashier.block_instrument", obj)

    def has_verify_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may say that it is the player's own."""
        return self.may(request, "cashier.verify_instrument", obj)

    @action(description="Block", icon="block", permissions=["block"])
    def block(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """No deposit by it, no payout to it."""

        def perform(row: Instrument, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            instrument_block(instrument_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return f"{row} is blocked."

        words = "No deposit comes by it and no payout goes to it from now on."
        question = Question("Block this means of payment?", words, "Block", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="It is the player's own", icon="verified", permissions=["verify"])
    def verify(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Documents show it."""

        def perform(row: Instrument, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            instrument_verify(instrument_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return f"{row} is the player's own."

        question = Question("Is it the player's own?", "Say which document shows it.", "Confirm")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
