"""Whether an applicant has an account already, in any brand of the group (G-10)."""

from __future__ import annotations

from dataclasses import dataclass

from players.accounts.enums import RegistrationOutcome
from players.accounts.selectors.brands import brands_together
from players.accounts.selectors.devices import players_of_device
from players.models import Brand
from players.personal.identity import IdentityDigests
from players.personal.selectors.matches import accounts_alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What was found: the same person (refused), or somebody who shares a home, phone or device (opened).

    Who shares two of those may be the same person under another name: opened, but blocked until somebody looked. Who
    shares the device alone is opened and flagged (G-10): neither bonus nor withdrawal until two people looked.
    """

    outcome: RegistrationOutcome
    player_id: int | None = None
    by: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the new account waits for a look."""
        return self.outcome == RegistrationOutcome.OPENED and "," in self.by

    @property
    def flags(self) -> bool:
        """Whether the new account is flagged as linked."""
        return self.outcome == RegistrationOutcome.OPENED and self.by == "device"

    @property
    def words(self) -> str:
        """The finding for the trail."""
        return f"shares {self.by} with player {self.player_id}" if self.by else ""


def likeness_of(*, brand: Brand, digests: IdentityDigests, device_id: str) -> Likeness:
    """The strongest finding. A name with its birth date, a document or an e-mail address is one person."""
    brand_ids = brands_together(brand)
    shared: dict[int, set[str]] = {}
    for alike in accounts_alike(digests=digests, brand_ids=brand_ids):
        if alike.is_same_person or "email" in alike.by:
            return Likeness(
                outcome=RegistrationOutcome.DUPLICATE, player_id=alike.player_id, by=",".join(sorted(alike.by))
            )
        shared.setdefault(alike.player_id, set()).update(alike.by)
    for player_id in players_of_device(device_id=device_id, brand_ids=brand_ids):
        shared.setdefault(player_id, set()).add("device")
    if not shared:
        return Likeness(outcome=RegistrationOutcome.OPENED)
    player_id, by = max(shared.items(), key=lambda item: (len(item[1]), -item[0]))
    return Likeness(outcome=RegistrationOutcome.OPENED, player_id=player_id, by=",".join(sorted(by)))
