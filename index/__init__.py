"""Finding evidence: encode, search, fuse, read, quote, abstain."""
