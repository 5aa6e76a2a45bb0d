"""The registry as a file, for whoever sits at the terminal."""
