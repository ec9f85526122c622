"""``python -m presskit …`` is ``presskit …``."""

from presskit.cli import main

main()
