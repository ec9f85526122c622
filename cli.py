"""Launcher for a checkout: ``python cli.py …`` is ``presskit …``."""

from presskit.cli import main

if __name__ == "__main__":
    main()
