DROP TRIGGER account_kind_known ON wallet_account;
CREATE TRIGGER account_kind_known BEFORE INSERT ON wallet_account
    FOR EACH ROW WHEN (NEW.kind NOT IN ('player_real', 'player_bonus', 'player_hold', 'player_receivable', 'gaming',
                                        'bonus_cost', 'jackpot_pool', 'jackpot_funding', 'payment_clearing',
                                        'adjustment', 'fx', 'fx_margin'))
    EXECUTE FUNCTION wallet_refuse_account();
