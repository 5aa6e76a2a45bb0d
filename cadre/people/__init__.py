"""People, the governments and bodies they come from, and their roles."""
