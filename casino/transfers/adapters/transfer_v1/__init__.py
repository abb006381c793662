"""Transfer wallet v1: JSON over POST, amounts as decimal text, both sides signed (docs/transfer-wallet.md)."""
