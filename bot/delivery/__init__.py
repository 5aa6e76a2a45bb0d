"""The worker: what is due is done, at its time."""
