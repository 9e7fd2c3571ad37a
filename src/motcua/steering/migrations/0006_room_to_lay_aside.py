from django.db import migrations

# Where hands lay aside what they are to add up (services/_sums.py). Whatever is lost with a crash is
# made again, and each row is read once, from one end of the table to the other. So: no log, no key,
# and nobody looks after them. A column that counts get later is added here too.
_ROOM = """
    CREATE UNLOGGED TABLE steering_day_aside (LIKE steering_day)
        WITH (autovacuum_enabled = off);
    CREATE UNLOGGED TABLE steering_cohort_aside (LIKE steering_cohort)
        WITH (autovacuum_enabled = off);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0005_totals_and_petitions"),
    ]

    operations = [
        migrations.RunSQL(_ROOM, "DROP TABLE steering_day_aside, steering_cohort_aside"),
    ]
