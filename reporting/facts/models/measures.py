from __future__ import annotations

from typing import Any

from django.db import models


def amount() -> models.DecimalField[Any, Any]:
    """An exact sum in the row's currency."""
    return models.DecimalField(max_digits=38, decimal_places=18, default=0)


class Measures(models.Model):
    """What play comes to. Amounts are exact and in the row's currency; voids and taken-back wins are positive.

    `win_*` contain `free_win` and `promo_win` (each less what was taken back); `jackpot_win` is in none of them.
    `contribution` is less that of voided bets. `rounds` counts settled rounds on the row of the call that opened them.
    """

    bets = models.IntegerField(default=0)
    rounds = models.IntegerField(default=0)
    stake_real = amount()
    stake_bonus = amount()
    void_real = amount()
    void_bonus = amount()
    win_real = amount()
    win_bonus = amount()
    unwin_real = amount()
    unwin_bonus = amount()
    contribution = amount()
    jackpot_win = amount()
    free_win = amount()
    promo_win = amount()

    class Meta:
        abstract = True
