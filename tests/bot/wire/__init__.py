"""A small Discord on the loopback interface, and the unmodified library against it."""
