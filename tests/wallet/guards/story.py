"""One row of everything that is guarded, made by the services, and a way to book whatever raw SQL says."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from players.models import Player
from tests.access.breaches import access_of_the_story
from tests.accounts.breaches import accounts_of_the_story
from tests.approvals.breaches import approvals_of_the_story
from tests.cashier.breaches import cashier_of_the_story
from tests.casino.play.table import Table, table_make
from tests.definitions.breaches import definitions_of_the_story
from tests.exclusions.breaches import exclusions_of_the_story
from tests.exports.breaches import exports_kept
from tests.factories import CAROL, NOON, jackpot_make, player_make, rate_make
from tests.facts.breaches import facts_of_the_story
from tests.gate.breaches import gate_of_the_story
from tests.gateways.breaches import gateways_kept
from tests.harm.breaches import harm_of_the_story
from tests.kyc.breaches import kyc_of_the_story
from tests.limits.breaches import limits_of_the_story
from tests.monitoring.rows import monitoring_kept
from tests.notes.story import notes_of_the_story
from tests.outbox.breaches import outbox_of_the_story
from tests.policy.breaches import policy_of_the_story
from tests.reconciliation.breaches import reconciliation_kept
from tests.roles.breaches import people_of_the_story
from tests.routing.breaches import routing_of_the_story
from tests.settlements.breaches import settlements_kept
from tests.signin.breaches import sign_in_of_the_story
from tests.stops.house import stops_of_the_story
from tests.transfers.breaches import transfers_of_the_story
from tests.withdrawals.breaches import withdrawals_of_the_story
from wallet.enums import AccountKind
from wallet.models import Account, HouseBalance, Seal
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place, hold_release

POST = (
    "SELECT wallet_post(coalesce(%(id)s, gen_random_uuid()), %(kind)s, %(player)s, NULL, 'x', '', %(original)s, NULL,"
    " NULL, coalesce(%(booked)s::timestamptz, now()), %(accounts)s, %(currencies)s,"
    " %(amounts)s, %(bases)s, %(balances)s, %(versions)s)"
)


@dataclass
class Story:
    """Alice has 65.00 EUR after a deposit, a bet rolled back, another bet, and two holds of which one ended."""

    table: Table = field(init=False)
    names: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.table = table_make("100")
        rate_make("USD", "1.08")
        jackpot_make(self.table.game)
        self.table.bet("10", call_id="undone")
        self.table.rollback("undone")
        self.table.bet("5")
        self.table.bet("1", "closed", free_round="f1", closes=True)
        player = self.table.player
        hold_release(hold_id=self._hold("7"), actor=CAROL, now=NOON)
        self._hold("30")
        gaming = house_account(kind=AccountKind.GAMING, scope="sandbox", currency="EUR").id
        self._seal(gaming)
        self.names = {
            "player": player.pk, "other_player": player_make("Bob").pk, "provider": self.table.caller.provider_id,
            "gaming": gaming, "real": self.account("player_real"), "held": self.account("player_hold"),
            "receivable": player_account_open(
                kind=AccountKind.PLAYER_RECEIVABLE, player_id=player.pk, currency="EUR"
            ).id,
            "dollars": house_account(kind=AccountKind.GAMING, scope="sandbox", currency="USD").id,
        }  # fmt: skip
        notes_of_the_story(player.pk)
        people_of_the_story(player.pk)
        self.names |= approvals_of_the_story(Player.objects.get(pk=self.names["other_player"]))
        accounts_of_the_story(player, Player.objects.get(pk=self.names["other_player"]))
        self.names |= exclusions_of_the_story()
        limits_of_the_story(player)
        gate_of_the_story(player)
        self.names |= gateways_kept()
        self.names |= settlements_kept()
        self.names |= reconciliation_kept()
        self.names |= facts_of_the_story()
        self.names |= definitions_of_the_story()
        self.names |= exports_kept()
        self.names |= routing_of_the_story()
        self.names |= access_of_the_story()
        self.names |= outbox_of_the_story(player)
        self.names |= kyc_of_the_story()
        self.names |= cashier_of_the_story()
        self.names |= policy_of_the_story()
        self.names |= harm_of_the_story(player.pk, self.names["other_player"])
        self.names |= sign_in_of_the_story()
        self.names |= transfers_of_the_story()
        self.names |= withdrawals_of_the_story()
        self.names |= stops_of_the_story(self.table, Player.objects.get(pk=self.names["other_player"]))
        # Last: it freezes a player.
        self.names |= monitoring_kept(Player.objects.get(pk=self.names["other_player"]))

    def account(self, kind: str) -> int:
        """The id of Alice's account of a kind."""
        return Account.objects.get(player=self.table.player, kind=kind).pk

    def posting(self, **changes: Any) -> dict[str, Any]:
        """The parameters of `POST` for an honest bet of 10.00 EUR, and what is changed of it."""
        real = Account.objects.get(pk=self.names["real"])
        assert real.balance is not None
        honest: dict[str, Any] = {
            "id": None, "booked": None, "kind": "bet", "player": self.table.player.pk, "original": None,
            "accounts": [real.pk, self.names["gaming"]], "currencies": ["EUR", "EUR"],
            "amounts": [Decimal(-10), Decimal(10)], "balances": [real.balance - 10, None],
            "versions": [real.version + 1, None],
        }  # fmt: skip
        wanted = honest | changes
        return {"bases": wanted["amounts"]} | wanted

    def _hold(self, amount: str) -> int:
        player = self.table.player
        return hold_place(
            player_id=player.pk, currency="EUR", amount=Decimal(amount), reason="x", actor="alice", now=NOON
        ).pk

    def _seal(self, account: int) -> None:
        seal = Seal.objects.create(
            number=1, from_order=0, to_order=1, kinds="", row_count=0, content_hash=b"", previous_hash=b"\x00",
            block_hash=b"", signature=b"", key_id="k", sealed_at=NOON,
        )  # fmt: skip
        HouseBalance.objects.create(account_id=account, seal=seal, balance=0, base_balance=0, through_order=1)
