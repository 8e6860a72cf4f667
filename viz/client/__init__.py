"""Everything that a browser runs. There is no build step: it is served, and inlined into documents, as it stands."""

from pathlib import Path

CLIENT = Path(__file__).parent
