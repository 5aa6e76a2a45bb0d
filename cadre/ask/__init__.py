"""A question in, facts out: what the registry knows, asked in either language."""
