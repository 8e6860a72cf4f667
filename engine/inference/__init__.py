"""How fast a machine serves a language model: where the time of a token goes, and how many users share it.

`wafer` and `gpu` time a pass of some tokens through all layers; `serving` puts users, prompts and memory around it.
"""
