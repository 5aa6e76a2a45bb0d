"""What needs to see several areas at once: gaps between priorities and groups, the health of groups, the load of governments."""
