"""presskit is a press office in a folder: a release is written once, numbered, filed and sent."""

__version__ = "0.1.0"
