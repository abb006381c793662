"""`make bench`: the wallet API beside pgbench and a wallet written plainly with the ORM (docs/benchmarks.md).

Nothing here is collected as a test but the `test_*.py` files, which prove the measuring instruments.
"""
