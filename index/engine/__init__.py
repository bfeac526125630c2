"""What asks a generation, wherever it stands: one file a place behind ``base.Engine``.

The rest of an answer (fusion, time, reading, the gate) is the same for all of them and stands outside.
"""
