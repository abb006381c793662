"""PostgreSQL and Valkey for development, demonstration and tests, started from wheels: no container, no root, no apt.

Production sets DATABASE_URL and REDIS_URL and never imports this package. Nothing here imports Django.
"""
