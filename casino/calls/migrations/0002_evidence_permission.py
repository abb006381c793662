from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]
    operations = [
        migrations.AlterModelOptions(
            name="providercall",
            options={
                "default_permissions": ("view",),
                "managed": False,
                "permissions": [("export_evidence", "Can take the evidence pack of a round out of the house")],
                "verbose_name": "provider call",
            },
        ),
    ]
