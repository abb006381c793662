"""`python -m casino.transfers.simulator --port 8095 --key k1 --secret … --books /tmp/provider.db`."""

from casino.transfers.simulator.server import main

main()
