DROP TRIGGER restriction_spoils_the_standing ON compliance_restriction;
DROP TRIGGER brand_spoils_the_standing ON players_brand;
DROP TRIGGER player_spoils_the_standing ON players_player;
DROP FUNCTION gate_standing_of_brand();
DROP FUNCTION gate_standing_of_player();
DROP FUNCTION gate_standing_spoil();
DROP FUNCTION gate_spoil(bigint);
