"""One module per activity. Verb and object, keyword-only, actor first; one transaction, one audit line."""
