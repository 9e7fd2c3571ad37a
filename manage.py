import os
import sys

sys.path.insert(0, "src")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings.test")
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
