"""The sandbox gateway as a process, connected; cards by it both ways, and payouts without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from casino.gateways.enums import Purpose
from casino.withdrawals.models import Rule
from tests.cashier_machine.bank import Bank
from tests.factories import NOON, caches_forget
from tests.gateways.sandbox.process import SandboxProcess
from tests.routing.cast import route_make, terms_make
from tests.withdrawals.scene import rule_make

LONG_SINCE = NOON + timedelta(days=1)


@pytest.fixture
def bank(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Bank]:
    caches_forget()
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    process = SandboxProcess(tmp_path, silence=0.0).start()
    bank = Bank(process)
    settings.GATEWAYS = settings.GATEWAYS | bank.settings()
    settings.PAYMENTS_PUBLIC_URL = ""
    for purpose in Purpose:
        terms_make(purpose=purpose)
        route_make(purpose=purpose, gateway_method="card_direct")
    # Its own moment: another test's row of the same one may have been kept with the tables that migrations fill.
    if not Rule.objects.filter(effective_from=LONG_SINCE).exists():
        rule_make(
            at=LONG_SINCE, turnover_times=0, cool_down_hours=0, kyc_level=0, auto_risk=1000, day_count=999,
            day_sum=10**6, week_count=999, week_sum=10**6,
        )  # fmt: skip
    yield bank
    process.kill()
