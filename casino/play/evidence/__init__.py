"""The evidence pack of a round: its documents, its archive, and the verifier that leaves the house."""

from pathlib import Path


def standalone_evidence_verifier() -> Path:
    """The one file that, with the verifier of seals beside it, proves a pack on another machine."""
    return Path(__file__).parent / "standalone" / "verify_evidence.py"
