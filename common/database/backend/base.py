"""PostgreSQL backend that works under the application's own role.

The login role may own the tables; `SET ROLE` drops to `casino_app`, which can not change history (docs/guards.md).
Migrations, flushes and test set-up leave APPLICATION_ROLE empty and work as the owner.
"""

from __future__ import annotations

from django.db.backends.postgresql import base
from psycopg import sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper, plus the role of `settings.DATABASES[alias]["APPLICATION_ROLE"]`."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        role = self.settings_dict.get("APPLICATION_ROLE")
        if role and self.connection is not None:
            with self.connection.cursor() as cursor:
                cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
            if not self.get_autocommit():
                self.connection.commit()
