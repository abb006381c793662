"""A process of ours that does one thing and is killed -9 at a chosen step (tests/cashier_machine/test_killed.py).

Arguments: what (deposit, payout, web, worker), the step, and the key of what it is about. `web` reads the body of a
message from the standard input, `worker` works on the message of that key.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from types import ModuleType
from typing import Any

import django

django.setup()

from django.test import RequestFactory  # noqa: E402 - after setup

from casino.cashier.services import sending  # noqa: E402
from casino.cashier.services.deposit_begin import deposit_begin  # noqa: E402
from casino.gateways.adapters.sandbox.signature import mark_of  # noqa: E402
from casino.gateways.api import notify  # noqa: E402
from casino.gateways.services import messages  # noqa: E402
from casino.withdrawals.services import payments  # noqa: E402
from common.clock import utc_now  # noqa: E402
from tests.gateways.sandbox.process import WEBHOOK_KEY  # noqa: E402


def die() -> None:
    """kill -9 of this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def last(place: ModuleType, name: str, step: str) -> None:
    """Have a module die before, or after, it calls a function."""
    work: Callable[..., Any] = getattr(place, name)

    def deadly(*arguments: Any, **named: Any) -> Any:
        if step != "before":
            work(*arguments, **named)
        die()

    setattr(place, name, deadly)


def main() -> None:
    what, step, key = sys.argv[1:]
    now = utc_now()
    if what == "deposit":
        last(sending, "gateway_call", step)
        deposit_begin(
            player_id=int(key), method="card", amount=Decimal(50), client_key="killed", actor=f"player:{key}", now=now
        )
    elif what == "payout":
        last(payments, "gateway_call", step)
        payments.payout_send(payout_id=int(key), actor=payments.SYSTEM, now=now)
    elif what == "web":
        last(notify, "message_keep", step)
        body, moment = sys.stdin.buffer.read(), int(time.time())
        header = f"t={moment},v1={mark_of(key=WEBHOOK_KEY, moment=moment, body=body)}"
        request = RequestFactory().post(
            "/", data=body, content_type="application/json", headers={"X-Sandbox-Signature": header}
        )
        notify.notify(request, "sandbox")
    else:
        last(messages, "message_tell", step)
        messages.message_work(now=now, message_id=int(key))


if __name__ == "__main__":
    main()
