from django.db import migrations

import accord.workspace.sealing.fields


class Migration(migrations.Migration):
    """Rows from before are closed by their districts' keys (`keeping.closing`)."""

    dependencies = [
        ("commitments", "0002_sealed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="waiver",
            name="fund",
            field=accord.workspace.sealing.fields.SealedText(),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="code",
            field=accord.workspace.sealing.fields.SealedText(blank=True),
        ),
    ]
