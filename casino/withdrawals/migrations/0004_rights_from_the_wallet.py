from typing import Any

from django.db import migrations

RIGHTS = (
    "start_withdrawal", "freeze_withdrawal", "kyc_hold_withdrawal", "approve_withdrawal", "pay_withdrawal",
    "cancel_withdrawal", "cancel_approved_withdrawal", "cancel_pay_pending_withdrawal", "export_withdrawal",
)  # fmt: skip


def move_rights(apps: Any, _schema_editor: Any) -> None:
    """They were declared by the wallet's holds before there were withdrawals: whoever has them keeps them."""
    types = apps.get_model("contenttypes", "ContentType")
    old = types.objects.filter(app_label="wallet", model="hold").first()
    if old is None:
        return
    new, _made = types.objects.get_or_create(app_label="withdrawals", model="withdrawal")
    apps.get_model("auth", "Permission").objects.filter(content_type=old, codename__in=RIGHTS).update(content_type=new)


class Migration(migrations.Migration):
    dependencies = [
        ("withdrawals", "0003_first_rules"), ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]  # fmt: skip
    operations = [migrations.RunPython(move_rights, migrations.RunPython.noop)]
