"""Server-to-server postbacks: what affiliates' systems are told, and how it reaches them (affiliates.md §2.2, §2.9)."""
