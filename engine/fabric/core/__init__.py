"""The compiled core: what happens in a cycle, and nothing that is not needed for it. It imports nothing but itself."""
