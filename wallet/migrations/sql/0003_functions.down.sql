DROP FUNCTION wallet_post(uuid, text, bigint, integer, text, text, uuid, bigint, timestamptz, timestamptz, bigint[], text[], numeric[], numeric[], numeric[], bigint[]);
