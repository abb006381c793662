"""A passkey in software: keeps its private key here, and answers challenges as a browser would pass them on."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, Final

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from compliance.staff.models import StaffUser

HOST: Final = "localhost"  # the one name that WebAuthn takes for secure without HTTPS
ORIGIN: Final = f"http://{HOST}"
FLAG: Final = AuthenticatorData.FLAG
PAGE: Final = "/account/sign-in/passkey/"


class SoftPasskey:
    """A passkey that somebody enrolled; it verifies its owner itself."""

    def __init__(self, person: StaffUser) -> None:
        self.person = person
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        kept = AttestedCredentialData.create(bytes(16), self.id, _public(self.key))
        data = AuthenticatorData.create(_host_hash(), FLAG.UP | FLAG.UV | FLAG.AT, 0, kept)
        told = CollectedClientData.create("webauthn.create", os.urandom(32), ORIGIN)
        credential = self._credential(
            clientDataJSON=websafe_encode(told),
            attestationObject=websafe_encode(AttestationObject.create("none", data, {})),
        )
        Authenticator.objects.create(
            user_id=person.pk, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": credential}
        )

    def answer(self, challenge: str) -> str:
        """The credential for a page's challenge, as the form's field."""
        told = CollectedClientData.create("webauthn.get", websafe_decode(challenge), ORIGIN)
        data = AuthenticatorData.create(_host_hash(), FLAG.UP | FLAG.UV, 1)
        signature = self.key.sign(data + told.hash, ec.ECDSA(hashes.SHA256()))
        return json.dumps(
            self._credential(
                clientDataJSON=websafe_encode(told),
                authenticatorData=websafe_encode(data),
                signature=websafe_encode(signature),
                userHandle=websafe_encode(user_pk_to_url_str(self.person).encode()),
            )
        )

    def _credential(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name, "rawId": name, "type": "public-key", "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }  # fmt: skip

    def sign_in(self, client: Client) -> Any:
        """Without name and password."""
        options = client.get(PAGE, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
        return client.post(PAGE, {"credential": self.answer(options["publicKey"]["challenge"])})


def passkey_client() -> Client:
    """A browser at the host for which the passkeys were made."""
    return Client(SERVER_NAME=HOST)


def _host_hash() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()


def _public(key: ec.EllipticCurvePrivateKey) -> CoseKey:
    found: CoseKey = ES256.from_cryptography_key(key.public_key())  # type: ignore[no-untyped-call]  # fido2's own
    return found
