"""The simulated gateway of casino/gateways/sandbox_server, under each of its faces."""
