"""Filing and finding: numbers, bags and the catalogue."""
