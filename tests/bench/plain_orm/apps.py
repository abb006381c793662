from django.apps import AppConfig


class PlainOrmConfig(AppConfig):
    name = "tests.bench.plain_orm"
    label = "plain_orm"
    default_auto_field = "django.db.models.BigAutoField"
