"""The canonical form, the keys, and the stand-alone Ed25519: pure, against known answers."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.sealing import standalone_verifier
from wallet.sealing.canonical import Json, canonical_line, decimal_text
from wallet.sealing.keys import (
    SealKeyError,
    public_file,
    public_keys_load,
    seal_key_create,
    seal_key_load,
    signature_holds,
)
from wallet.sealing.kinds import SealedKind, sealed_kind_get, sealed_kind_register


def load_verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_seals", standalone_verifier())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = load_verifier()

# RFC 8032, section 7.1: public key, message, signature.
KNOWN = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), KNOWN)
def test_the_stand_alone_ed25519_gives_the_known_answers(public: str, message: str, signature: str) -> None:
    key, text, good = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert verifier.signature_holds(key, good, text)
    assert not verifier.signature_holds(key, good, text + b"!")
    for place in (0, 31, 32, 63):
        bad = bytearray(good)
        bad[place] ^= 1
        assert not verifier.signature_holds(key, bytes(bad), text)
    high = good[:32] + (int.from_bytes(good[32:], "little") + verifier.L).to_bytes(32, "little")
    assert not verifier.signature_holds(key, high, text)  # s must be below the order: no second signature
    assert not verifier.signature_holds(key, good[:63], text)
    assert not verifier.signature_holds(b"\xff" * 32, good, text)


def test_both_implementations_agree_on_fresh_keys(tmp_path: Path) -> None:
    for number in range(5):
        key = seal_key_create(tmp_path / f"{number}.key")
        signature = key.sign(b"head")
        for message in (b"head", b"heap"):
            assert verifier.signature_holds(key.public, signature, message) == signature_holds(
                key.public, signature, message
            )


def test_a_canonical_line_is_sorted_dense_and_utf_8() -> None:
    row: dict[str, Json] = {"b": [1, None, {"z": "é", "a": '"\\\n\x1f'}], "a": "12.5"}
    assert canonical_line(row) == '{"a":"12.5","b":[1,null,{"a":"\\"\\\\\\n\\u001f","z":"é"}]}'.encode()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**19), max_value=10**19))
def test_canonical_amounts_are_exact_and_plain(amount: Decimal) -> None:
    text = decimal_text(amount)
    assert Decimal(text) == amount
    assert "E" not in text
    assert text != "-0"
    assert not (("." in text) and text.endswith(("0", ".")))


def test_a_key_is_made_once_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "seal.key"
    key = seal_key_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert seal_key_load(path).public == key.public
    assert public_keys_load(path) == {key.id: key.public}
    with pytest.raises(SealKeyError, match="never overwritten"):
        seal_key_create(path)


def test_a_key_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "seal.key"
    with pytest.raises(SealKeyError, match="--create-key"):
        seal_key_load(path)
    seal_key_create(path)
    path.chmod(0o644)
    with pytest.raises(SealKeyError, match="chmod 600"):
        seal_key_load(path)
    path.chmod(0o600)
    path.write_text("not a key")
    with pytest.raises(SealKeyError, match="holds no private key"):
        seal_key_load(path)
    public_file(path).write_text("zz")
    with pytest.raises(SealKeyError, match="public keys in hex"):
        public_keys_load(path)


def test_a_later_floor_adds_a_kind_and_can_not_take_a_name() -> None:
    known = sealed_kind_get("answer")
    assert known is not None
    sealed_kind_register(known)
    with pytest.raises(ValueError, match="is taken"):
        sealed_kind_register(SealedKind("answer", "audit_event", "", known.as_json))
    assert sealed_kind_get("weather") is None
