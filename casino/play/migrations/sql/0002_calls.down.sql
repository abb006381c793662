DROP TRIGGER sessions_are_kept_for_ever ON play_gamesession;
DROP TRIGGER round_is_closed_for_good ON play_round;
DROP TRIGGER round_keeps_its_identity ON play_round;
DROP TRIGGER leg_keeps_its_content ON play_leg;
DROP TRIGGER leg_reversed_once ON play_leg;
DROP FUNCTION play_leg_check();
DROP TRIGGER rounds_are_kept_for_ever ON play_round;
DROP TRIGGER legs_are_kept_for_ever ON play_leg;
DROP FUNCTION play_refuse_change();
DROP FUNCTION play_book;
DROP FUNCTION play_situation(bigint, text, text, text, text, text, text, timestamptz);
DROP TYPE play_situation;
GRANT UPDATE, DELETE ON play_leg, play_round TO casino_app;
GRANT DELETE ON play_gamesession, players_player, players_brand, games_provider, games_providerkey, games_game,
    jackpots_jackpot, compliance_restriction TO casino_app;
