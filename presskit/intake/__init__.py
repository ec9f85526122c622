"""Outside text -> Draft: one reader a kind of source."""
