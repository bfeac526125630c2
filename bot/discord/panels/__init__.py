"""Panels: private messages with controls for what is kept of a server; they outlive the process that showed them."""
