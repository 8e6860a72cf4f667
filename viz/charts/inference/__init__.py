"""Charts of the inference scene: what more users get, and how long a prompt takes."""
