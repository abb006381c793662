"""Everything that the checks of a withdrawal look at, read under the wallet's lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from casino.cashier.enums import ChargebackState
from casino.cashier.models import Chargeback, Instrument
from casino.withdrawals.decisions.split import split_of
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.leaving import leaving_of
from casino.withdrawals.selectors.stakes import turnover_since
from casino.withdrawals.selectors.ways import ways_of
from casino.withdrawals.types import CheckFacts, Numbers, Share, Split, Turnover, Velocity
from common.money import ZERO
from compliance.exclusions.selectors.people import accounts_of_person
from compliance.gate.ask import gate_ask
from compliance.gate.enums import FlagKind, Touchpoint
from compliance.gate.models import Flag
from compliance.kyc.models import KycState
from players.accounts.models import Device
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances

HALF_YEAR: Final = timedelta(days=180)
# What is told by the flags' own rule, not by the gate's.
RISKS: Final = (FlagKind.RISK_FRAUD, FlagKind.RISK_LINKED, FlagKind.RISK_CHARGEBACK, FlagKind.WITHDRAWAL_BLOCKED)
NOT_COUNTED: Final = (WithdrawalState.REJECTED, WithdrawalState.CANCELLED, WithdrawalState.EXPIRED)


def facts_of(
    *, player: Player, amount: Decimal, base: Decimal, chosen: int | None, numbers: Numbers, now: datetime,
    asked: Withdrawal | None = None,
) -> CheckFacts:  # fmt: skip
    """The facts of a request of `amount`, or of the withdrawal `asked`, whose own money counts as free.

    `base` is the amount in the base currency, `chosen` the instrument for the rest.
    """
    own = asked.pk if asked else None
    leaving = leaving_of(player=player, now=now, besides=amount if asked else ZERO)
    verdict = gate_ask(player_id=player.pk, touchpoint=Touchpoint.WITHDRAWAL, now=now)
    return CheckFacts(
        now=now,
        amount=amount,
        currency=player.currency,
        base=base,
        withdrawable=leaving.amount,
        withheld=tuple((reason.code, reason.text) for reason in leaving.reasons),
        gate=tuple((reason.code, reason.title) for reason in verdict.reasons),
        split=_split_asked(asked, player, now) if asked else split_of(amount, ways_of(player=player, now=now), chosen),
        turnover=turnover_now(player=player, numbers=numbers, before=asked.requested_at if asked else now, own=own),
        kyc_level=KycState.objects.filter(player=player).values_list("level", flat=True).first() or 0,
        day=_velocity(player, base, now - timedelta(hours=24), own),
        week=_velocity(player, base, now - timedelta(days=7), own),
        flags=_flags(player, now),
        receivable=-player_balances(player_id=player.pk, currency=player.currency).get(
            AccountKind.PLAYER_RECEIVABLE, ZERO
        ),
        chargebacks=chargebacks_of(player.pk, now - HALF_YEAR),
        linked=linked_of(player),
        numbers=numbers,
    )


def turnover_now(*, player: Player, numbers: Numbers, before: datetime, own: int | None) -> Turnover:
    """Of the deposits since the last withdrawal that was not turned down, up to the one that is looked at."""
    rows = Withdrawal.objects.filter(player=player, requested_at__lte=before).exclude(state__in=NOT_COUNTED)
    last = rows.exclude(pk=own or 0).order_by("-requested_at").values_list("requested_at", flat=True).first()
    return turnover_since(
        player_id=player.pk, currency=player.currency, since=last or player.created_at - timedelta(days=1),
        times=numbers.turnover_times, weights=numbers.game_weights,
    )  # fmt: skip


def chargebacks_of(player_id: int, since: datetime) -> int:
    """Disputes of the player's deposits since then that took money or are announced."""
    rows = Chargeback.objects.filter(deposit__player_id=player_id, opened_at__gt=since)
    return rows.exclude(state=ChargebackState.REVERSED).count()


def linked_of(player: Player) -> tuple[str, ...]:
    """Public ids of other accounts that share the person, a device or an instrument; at most ten."""
    found = {other.public_id for other in accounts_of_person(player).certain}
    indexes = Device.objects.filter(player=player).values("device_index")
    shared = Device.objects.filter(device_index__in=indexes).exclude(player=player)
    found |= set(shared.values_list("player__public_id", flat=True).distinct()[:10])
    marks = Instrument.objects.filter(player=player).exclude(fingerprint="").values("fingerprint")
    same = Instrument.objects.filter(fingerprint__in=marks).exclude(player=player)
    found |= set(same.values_list("player__public_id", flat=True).distinct()[:10])
    return tuple(sorted(found)[:10])


def _split_asked(asked: Withdrawal, player: Player, now: datetime) -> Split:
    """How it was split at the request; instruments as they stand now."""
    ways = {way.instrument_id: way for way in ways_of(player=player, now=now, besides=asked.pk)}
    newest = {row.part: row for row in Payout.objects.filter(withdrawal=asked).order_by("part", "attempt")}
    shares = [
        Share(way=ways[row.instrument_id], amount=row.held, closed_loop=row.closed_loop)
        for row in newest.values()
        if row.instrument_id in ways
    ]
    return Split(shares=tuple(shares), unplaced=asked.amount - sum((share.amount for share in shares), ZERO))


def _velocity(player: Player, base: Decimal, since: datetime, own: int | None) -> Velocity:
    rows = Withdrawal.objects.filter(player=player, requested_at__gt=since).exclude(state__in=NOT_COUNTED)
    others = rows.exclude(pk=own or 0)
    return Velocity(count=others.count() + 1, base=(others.aggregate(sum=Sum("base"))["sum"] or ZERO) + base)


def _flags(player: Player, now: datetime) -> tuple[tuple[str, str], ...]:
    rows = Flag.objects.filter(player=player, kind__in=RISKS, starts_at__lte=now).exclude(ends_at__lte=now)
    return tuple((row.kind, f"{row.get_kind_display()}: {row.reason}".rstrip(".") + ".") for row in rows)
