"""What the admin screens of every app share: read-only books, bounded lists, exact amounts, confirmed actions."""
