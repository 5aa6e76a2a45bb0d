"""What was recommended to the Councils, what they decided, and what is to be done next."""
