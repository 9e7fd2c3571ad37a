"""`python -m motcua.config.cli`, which is how the supervisor starts its children."""

from . import main

main()
