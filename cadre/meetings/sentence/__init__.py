"""What a sentence says of a meeting, by subject: its days, its time, whether it comes again, where it is."""
