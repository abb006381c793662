"""The chain of seals: canonical rows, blocks, keys (docs/sealing.md), and the verifier that leaves the house."""

from pathlib import Path


def standalone_verifier() -> Path:
    """The one file that proves an export on another machine."""
    return Path(__file__).parent / "standalone" / "verify_seals.py"
