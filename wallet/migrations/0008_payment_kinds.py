from django.db import migrations, models

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("wallet", "0007_no_temporary_tables")]
    operations = [
        run_sql_file(__file__, "0008_payment_kinds"),
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('player_real', 'Player: real money'), ('player_bonus', 'Player: bonus'), ('player_hold', 'Player: held'), ('player_receivable', 'Player: receivable'), ('gaming', 'House: gaming of a provider'), ('bonus_cost', 'House: bonus cost'), ('jackpot_pool', 'House: jackpot pool'), ('jackpot_funding', 'House: jackpot funding'), ('payment_clearing', 'House: payment clearing'), ('payment_suspense', 'House: payments not credited'), ('payment_fee', 'House: payment fees charged'), ('payment_cost', 'House: payment costs'), ('bank', 'House: bank'), ('adjustment', 'House: adjustment'), ('fx', 'House: currency conversion'), ('fx_margin', 'House: conversion margin')], max_length=20),
        ),
        migrations.AlterField(
            model_name='transaction',
            name='kind',
            field=models.CharField(choices=[('bet', 'Bet'), ('win', 'Win'), ('rollback', 'Rollback'), ('jackpot_win', 'Jackpot win'), ('deposit', 'Deposit'), ('chargeback', 'Chargeback'), ('chargeback_reversal', 'Chargeback reversed'), ('suspense', 'Payment not credited'), ('refund', 'Refund of a deposit'), ('refund_return', 'Refund came back'), ('settlement', 'Settlement by a gateway'), ('hold', 'Hold'), ('hold_release', 'Hold released'), ('withdrawal', 'Withdrawal'), ('withdrawal_return', 'Withdrawal came back'), ('transfer_out', "Moved to a provider's wallet"), ('transfer_in', "Moved back from a provider's wallet"), ('adjustment', 'Adjustment'), ('bonus_grant', 'Bonus granted'), ('bonus_conversion', 'Bonus converted'), ('bonus_forfeit', 'Bonus forfeited'), ('conversion', 'Currency conversion'), ('jackpot_seed', 'Jackpot seeded')], max_length=20),
        ),
    ]
