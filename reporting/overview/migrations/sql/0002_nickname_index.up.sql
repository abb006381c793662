-- The palette finds players by the beginning of their nickname, in whatever capitals, among millions.
CREATE INDEX player_by_nickname ON players_player (lower(nickname) text_pattern_ops);
