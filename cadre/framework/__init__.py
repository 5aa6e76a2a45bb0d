"""The framework: the one map of all the work and priorities of the Councils, drawn from the registry."""
