"""The demonstration's cashier: ways to pay through the simulated gateway, people who use them, and their traffic."""
