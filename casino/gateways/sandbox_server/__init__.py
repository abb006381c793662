"""A simulated payment gateway: an HTTP server of its own with a contract of its own (docs/sandbox-gateway.md).

    python -m casino.gateways.sandbox_server --port 8092 --state var/sandbox-gateway.sqlite3

It imports nothing of ours. What happens to a payment is decided by its amount (outcomes.py).
"""
