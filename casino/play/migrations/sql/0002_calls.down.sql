DROP TRIGGER leg_changes_only_by_reversal ON play_leg;
DROP TRIGGER rounds_are_kept_for_ever ON play_round;
DROP TRIGGER legs_are_kept_for_ever ON play_leg;
DROP FUNCTION play_refuse_change();
DROP FUNCTION play_book;
DROP FUNCTION play_situation(bigint, text, text, text, text, text, text, timestamptz);
DROP TYPE play_situation;
GRANT UPDATE, DELETE ON play_leg, play_round TO casino_app;
