from django.db import migrations

import accord.workspace.sealing.fields


class Migration(migrations.Migration):
    """Rows from before are closed by their districts' keys (`keeping.closing`)."""

    dependencies = [
        ("strands", "0002_sealed"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="schoolplan",
            options={"ordering": ("district__order", "pk")},
        ),
        migrations.AlterField(
            model_name="schoolplan",
            name="school",
            field=accord.workspace.sealing.fields.SealedText(),
        ),
        migrations.AlterField(
            model_name="schoolplan",
            name="link",
            field=accord.workspace.sealing.fields.SealedText(blank=True),
        ),
    ]
