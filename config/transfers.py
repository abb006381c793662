"""Where transfer providers are called (docs/transfer-wallet.md); their keys are in the database, encrypted."""

import os
from typing import Final

from config.env import env_int

_ADDRESS: Final = ("TRANSFER_", "_URL")

# By the provider's code with _ for -, in lower case: TRANSFER_NORTH_STAR_URL is that of north-star.
TRANSFER_URLS = {
    name[len(_ADDRESS[0]) : -len(_ADDRESS[1])].lower(): url.strip()
    for name, url in os.environ.items()
    if name.startswith(_ADDRESS[0]) and name.endswith(_ADDRESS[1]) and url.strip()
}
TRANSFER_TIMEOUT_MS = env_int("TRANSFER_TIMEOUT_MS", 8_000, least=100, most=15_000)
# A provider refuses a signed call that is 30 s old; what it does not know after twice that, it will never book: the
# rest is for clocks that differ.
TRANSFER_CALL_LIVES_SECONDS = env_int("TRANSFER_CALL_LIVES_SECONDS", 60, least=5, most=900)
