"""A simulated transfer provider: a server of its own that knows HTTP and its own books, and nothing of ours."""
