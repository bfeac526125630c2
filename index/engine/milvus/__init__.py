"""Generations that stand in a Milvus: the same search, past one machine.

Importing anything of it imports pymilvus, which takes half a second and comes with the extra ``milvus`` only; so it is
imported where an address of a Milvus was given, and nowhere else.
"""
