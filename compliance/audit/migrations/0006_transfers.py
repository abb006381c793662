from django.db import migrations, models

KINDS = [
    ("large_win", "One win"),
    ("wins_of_day", "A player's wins of a day"),
    ("large_wager", "One stake"),
    ("wagers_of_day", "A player's stakes of a day"),
    ("large_transfer", "One deposit or withdrawal"),
    ("transfers_of_day", "A player's deposits and withdrawals of a day"),
    ("refused_sign_ins", "Refused sign-ins within ten minutes"),
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_threshold_guards")]

    operations = [
        migrations.AddField(
            model_name="playofday",
            name="transferred",
            field=models.DecimalField(decimal_places=18, default=0, max_digits=38),
        ),
        migrations.AlterField(
            model_name="threshold", name="kind", field=models.CharField(choices=KINDS, max_length=20)
        ),
        migrations.RemoveConstraint(model_name="threshold", name="threshold_kind_known"),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _words in KINDS]), name="threshold_kind_known"
            ),
        ),
    ]
