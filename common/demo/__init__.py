"""`make demo`: everything that a casino in play consists of, started on one machine, watched, and stopped again."""
