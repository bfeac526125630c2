"""The bot without Discord: a page on this machine that shows the very messages that Discord would get."""
