DROP INDEX player_by_nickname;
