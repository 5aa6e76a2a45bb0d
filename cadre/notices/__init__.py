"""Who is owed word of what, when, and the messages that bring it."""
