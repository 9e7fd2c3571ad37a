import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_the_migrations_tell_all_that_the_models_say(capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit:
        pytest.fail(f"run `python -m django makemigrations`:\n{capsys.readouterr().out}")
