"""The registry as a file: read, checked, written."""
