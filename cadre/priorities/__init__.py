"""The Councils' priorities, and which group serves which."""
