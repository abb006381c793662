DROP FUNCTION wallet_post(uuid, text, bigint, bigint, text, text, uuid, bigint, timestamptz, timestamptz, bigint[], text[], numeric[], numeric[], numeric[], bigint[]);
