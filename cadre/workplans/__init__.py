"""What each group and priority sets out to do in half a year, and how it goes."""
