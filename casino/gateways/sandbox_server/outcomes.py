"""What happens to a payment, decided by the last two digits of its amount. Pure.

A deposit of 25.03 stays pending for a while and is approved then; docs/sandbox-gateway.md shows the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Answered = Literal["done", "pending", "declined", "authorised", "silence", "never", "error", "garbage"]
Told = Literal[
    "once", "thrice", "reordered", "lost", "wrong_amount", "wrong_currency", "forged", "other_body", "stranger", "late"
]
Settled = Literal["as_told", "other_amount", "left_out", "stranger"]

SHORT: Final = 5.0
LONG: Final = 30.0
LONGER: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call is answered, what happens when (seconds after it), and how the world is told.

    `answered` silence: done, but nobody hears it; never: not even begun; error: 500 and not begun; garbage: begun,
    and answered with what nobody understands. `settled` is what the settlement file makes of it.
    """

    title: str
    answered: Answered
    events: tuple[tuple[float, str], ...] = ()
    told: Told = "once"
    settled: Settled = "as_told"
    code: str = ""
    other_owner: bool = False


PAID: Final = ((0.0, "payment.confirmed"),)
SENT: Final = ((0.0, "payout.pending"), (0.0, "payout.confirmed"))

DEPOSITS: Final[dict[int, Outcome]] = {
    0: Outcome(title="approved", answered="done", events=PAID),
    1: Outcome(
        title="declined, and no other gateway will take it", answered="declined", code="do_not_honour",
        events=((0.0, "payment.declined"),),
    ),
    2: Outcome(
        title="declined by the first gateway, approved by every other", answered="declined", code="issuer_unavailable",
        events=((0.0, "payment.declined"),),
    ),
    3: Outcome(
        title="pending, approved after 5 s", answered="pending",
        events=((0.0, "payment.pending"), (SHORT, "payment.confirmed")),
    ),
    4: Outcome(title="no answer, but approved", answered="silence", events=PAID),
    5: Outcome(title="no answer, and never begun", answered="never"),
    6: Outcome(title="approved, charged back after 30 s", answered="done", events=(*PAID, (LONG, "chargeback"))),
    7: Outcome(
        title="approved, charged back after 30 s, reversed after 60 s", answered="done",
        events=(*PAID, (LONG, "chargeback"), (LONGER, "chargeback.reversed")),
    ),
    10: Outcome(title="approved, told three times", answered="pending", events=PAID, told="thrice"),
    11: Outcome(
        title="approved, the messages in the wrong order", answered="pending", told="reordered",
        events=((0.0, "payment.pending"), (0.0, "payment.confirmed")),
    ),
    12: Outcome(title="approved, the message is lost", answered="pending", events=PAID, told="lost"),
    13: Outcome(title="approved, the message tells 1.00 more", answered="pending", events=PAID, told="wrong_amount"),
    14: Outcome(title="approved, the message is signed wrongly", answered="pending", events=PAID, told="forged"),
    15: Outcome(
        title="approved, told again with another amount", answered="pending", events=PAID, told="other_body"
    ),
    16: Outcome(title="approved, told 30 s late", answered="pending", events=PAID, told="late"),
    17: Outcome(
        title="approved, the message tells another currency", answered="pending", events=PAID, told="wrong_currency"
    ),
    18: Outcome(
        title="pending, expires after 30 s", answered="pending",
        events=((0.0, "payment.pending"), (LONG, "payment.expired")),
    ),
    19: Outcome(title="cancelled by the payer", answered="pending", events=((0.0, "payment.cancelled"),)),
    20: Outcome(
        title="authorised, captured after 5 s", answered="authorised",
        events=((0.0, "payment.authorised"), (SHORT, "payment.confirmed")),
    ),
    21: Outcome(title="approved, the instrument is somebody else's", answered="done", events=PAID, other_owner=True),
    22: Outcome(
        title="declined, and approved after all 5 s later", answered="declined", code="issuer_unavailable",
        events=((0.0, "payment.declined"), (SHORT, "payment.confirmed")),
    ),
    24: Outcome(
        title="approved, a dispute is announced after 30 s", answered="done", events=(*PAID, (LONG, "dispute.opened"))
    ),
    25: Outcome(
        title="approved, taken back after 30 s", answered="done", events=(*PAID, (LONG, "payment.reversed"))
    ),
    26: Outcome(title="answered with an error, never begun", answered="error"),
    27: Outcome(title="answered with what nobody understands, but approved", answered="garbage", events=PAID),
    28: Outcome(title="approved, with a message that nobody knows", answered="done", events=PAID, told="stranger"),
    30: Outcome(title="approved, settled 0.50 short", answered="done", events=PAID, settled="other_amount"),
    31: Outcome(title="approved, missing in the settlement", answered="done", events=PAID, settled="left_out"),
    32: Outcome(
        title="approved, with a stranger's line beside it in the settlement", answered="done", events=PAID,
        settled="stranger",
    ),
}  # fmt: skip

PAYOUTS: Final[dict[int, Outcome]] = {
    0: Outcome(title="paid", answered="pending", events=SENT),
    1: Outcome(
        title="declined", answered="declined", code="account_closed", events=((0.0, "payout.declined"),)
    ),
    2: Outcome(
        title="declined by the first gateway, paid by every other", answered="declined", code="issuer_unavailable",
        events=((0.0, "payout.declined"),),
    ),
    3: Outcome(
        title="pending, paid after 5 s", answered="pending",
        events=((0.0, "payout.pending"), (SHORT, "payout.confirmed")),
    ),
    4: Outcome(title="no answer, but paid", answered="silence", events=SENT),
    5: Outcome(title="no answer, and never begun", answered="never"),
    8: Outcome(
        title="taken on, fails after 5 s", answered="pending", code="account_closed",
        events=((0.0, "payout.pending"), (SHORT, "payout.declined")),
    ),
    9: Outcome(title="paid, comes back after 30 s", answered="pending", events=(*SENT, (LONG, "payout.returned"))),
    10: Outcome(title="paid, told three times", answered="pending", events=SENT, told="thrice"),
    11: Outcome(title="paid, the messages in the wrong order", answered="pending", events=SENT, told="reordered"),
    12: Outcome(title="paid, the messages are lost", answered="pending", events=SENT, told="lost"),
    13: Outcome(title="paid, the message tells 1.00 more", answered="pending", events=SENT, told="wrong_amount"),
    14: Outcome(title="paid, the messages are signed wrongly", answered="pending", events=SENT, told="forged"),
    15: Outcome(title="paid, told again with another amount", answered="pending", events=SENT, told="other_body"),
    16: Outcome(title="paid, told 30 s late", answered="pending", events=SENT, told="late"),
    18: Outcome(
        title="taken on, expires after 30 s", answered="pending",
        events=((0.0, "payout.pending"), (LONG, "payout.expired")),
    ),
    26: Outcome(title="answered with an error, never begun", answered="error"),
    27: Outcome(title="answered with what nobody understands, but paid", answered="garbage", events=SENT),
    30: Outcome(title="paid, settled 0.50 short", answered="pending", events=SENT, settled="other_amount"),
    31: Outcome(title="paid, missing in the settlement", answered="pending", events=SENT, settled="left_out"),
}  # fmt: skip

REFUNDS: Final[dict[int, Outcome]] = {
    0: Outcome(title="refunded", answered="pending", events=((0.0, "refund.done"),)),
    4: Outcome(title="no answer, but refunded", answered="silence", events=((0.0, "refund.done"),)),
    5: Outcome(title="no answer, and never begun", answered="never"),
    12: Outcome(title="refunded, the message is lost", answered="pending", events=((0.0, "refund.done"),), told="lost"),
    23: Outcome(
        title="the refund fails", answered="pending", code="account_closed", events=((0.0, "refund.failed"),)
    ),
    29: Outcome(
        title="refunded, and comes back after 30 s", answered="pending",
        events=((0.0, "refund.done"), (LONG, "refund.failed")),
    ),
}  # fmt: skip

TABLES: Final = {"deposit": DEPOSITS, "payout": PAYOUTS, "refund": REFUNDS}
FIRST_ONLY: Final = 2


def last_digits(amount: Decimal) -> int:
    """The last two digits of an amount in hundredths: 25.03 is 3."""
    return int(amount * 100) % 100


def outcome_of(purpose: str, amount: Decimal, *, first_face: bool) -> Outcome:
    """What happens to a payment of this amount; what the table does not name goes well."""
    digits = last_digits(amount)
    if digits == FIRST_ONLY and not first_face:
        digits = 0
    table = TABLES[purpose]
    return table.get(digits, table[0])
