"""Signatures, against the contract's known answer."""

from casino.simulator.signing import Credentials, signature, signed_headers

KNOWN = "v1=93c86e0fc0fe450177838bdeddf6e409104b0c2346bb7babea6d57ef108451b5"


def test_the_contracts_known_answer() -> None:
    signed = signature(
        secret="sandbox-secret",
        timestamp=1700000000,
        method="POST",
        target="/api/wallet/v1/bet",
        body=b'{"transaction_id":"t1","amount":"1.00"}',
    )
    assert signed == KNOWN


def test_headers_name_the_provider_and_the_key_but_never_the_secret() -> None:
    credentials = Credentials("sandbox", "k1", "sandbox-secret")
    headers = signed_headers(credentials=credentials, timestamp=1700000000, method="GET", target="/x?y=1", body=b"")
    assert headers["X-Provider"] == "sandbox"
    assert headers["X-Key-Id"] == "k1"
    assert headers["X-Timestamp"] == "1700000000"
    assert "sandbox-secret" not in str(headers)
    assert "sandbox-secret" not in repr(credentials)
