"""Verifications, settlements, money at providers and the rest of the payments' screens, in every look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings

from casino.cashier.models import Refund
from casino.play.models import GameSession
from casino.settlements.models import Break, SettlementFile
from casino.withdrawals.models import Payout, Rule
from common.clock import utc_now
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.cashier.furnish import cashier_of
from tests.factories import player_make
from tests.gateways.box import gateways_setting
from tests.kyc.cast import alice_make, sent
from tests.settlements.breaches import settlements_kept
from tests.transfers.rows import stay_of
from tests.transfers.scene import north_star_make
from tests.withdrawals.rows import screens_of

pytestmark = pytest.mark.django_db(transaction=True)


def walk(signed_in: SignedIn, role: str, screens: dict[str, str]) -> None:
    page = signed_in(role).page
    for name, address in screens.items():
        page.goto(f"/admin/{address}")
        for look in looks_of(page, name):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"


def test_a_file_beside_the_data_on_record(server: str, signed_in: SignedIn) -> None:
    paper = sent(alice_make())
    page = signed_in("kyc").page
    page.goto(f"/admin/kyc/document/{paper.pk}/open_file/")
    page.get_by_label("What for").fill("Case KYC-1")
    page.get_by_role("button", name="Open").click()
    page.get_by_text("Alice Borg").first.wait_for()
    assert_accessible(page, "an opened file")
    assert fits(page)


def test_settlements(server: str, signed_in: SignedIn) -> None:
    keys = settlements_kept()
    broken = Break.objects.get(pk=keys["settlement_break"])
    walk(signed_in, "finance", {
        "settled-files": "settlements/settlementfile/",
        "settled-file": f"settlements/settlementfile/{SettlementFile.objects.get().pk}/change/",
        "settled-load": "settlements/settlementfile/load/",
        "settled-clearing": "settlements/settlementfile/clearing/",
        "settled-breaks": "settlements/break/",
        "settled-break": f"settlements/break/{broken.pk}/change/",
        "settled-close": f"settlements/break/{broken.pk}/close/",
    })  # fmt: skip


def test_money_at_providers(server: str, signed_in: SignedIn) -> None:
    now, game, player = utc_now(), north_star_make(), player_make("Nora")
    session = GameSession.objects.create(
        public_id="gs_nora", player=player, provider=game.provider, game=game, launched_at=now, last_seen_at=now,
        token_sha256="a" * 64, token_expires_at=now + timedelta(minutes=5),
    )  # fmt: skip
    keys = stay_of(player, game, session.pk, now)
    walk(signed_in, "payments", {
        "stays": "transfers/transfervisit/",
        "stays-money": "transfers/transfervisit/money/",
        "stay": f"transfers/transfervisit/{keys['transfers/transfervisit']}/change/",
        "stay-bring-back": f"transfers/transfervisit/{keys['transfers/transfervisit']}/bring_back/",
        "stay-legs": "transfers/transferleg/",
        "stay-leg": f"transfers/transferleg/{keys['transfers/transferleg']}/change/",
    })  # fmt: skip


def test_the_rest_of_the_cashier(server: str, signed_in: SignedIn, settings: LazySettings) -> None:
    settings.GATEWAYS = gateways_setting()
    now, player = utc_now(), player_make("Alice")
    deposit = cashier_of(player, now)
    screens_of(player_make("Wanda"), now)
    walk(signed_in, "payments", {
        "cashier-refunds": "cashier/refund/",
        "cashier-refund": f"cashier/refund/{Refund.objects.get().pk}/change/",
        "cashier-chargebacks": "cashier/chargeback/",
        "cashier-instruments": "cashier/instrument/",
        "cashier-margins": "cashier/conversionmargin/",
        "cashier-deposit-ask": f"cashier/deposit/{deposit.pk}/ask/",
        "withdrawal-payments": "withdrawals/payout/",
        "withdrawal-payment": f"withdrawals/payout/{Payout.objects.get().pk}/change/",
        "withdrawal-rules": "withdrawals/rule/",
        "withdrawal-rule": f"withdrawals/rule/{Rule.objects.first().pk}/change/",  # type: ignore[union-attr]
    })  # fmt: skip
