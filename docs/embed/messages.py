"""Writes messages.md from viz/client/embed/embed.schema.json; a test says when it is out of date."""

import json
from pathlib import Path

from engine.language import language, languages

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "viz/client/embed/embed.schema.json"
HEAD = """# What an address says, and what a frame and its host tell each other

Written by messages.py from [embed.schema.json](../../viz/client/embed/embed.schema.json), a JSON Schema.
Every message is an object
`{ns: "waferscope", v: 1, type, …}`; a host may add an `id`, which is applied once and comes back in `reply`.
"""


def document() -> str:
    """Return the text of messages.md."""
    parts = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    lines = [HEAD, "## Address", "", "| setting | is | |", "|---|---|---|"]
    settings = {**parts["view"]["properties"], "s": parts["state"]}
    for name, setting in settings.items():
        rule = language("en")(f"view_{name}", codes=list(languages()))
        lines.append(f"| `{name}` | {rule} | {setting['description']} |")
    for title, key in (("Commands, from the host", "commands"), ("Events, from the frame", "events")):
        lines += ["", f"## {title}", "", "| type | fields | |", "|---|---|---|"]
        for name, entry in parts[key].items():
            fields = ", ".join(f"`{field}`: {_type(rule)}" for field, rule in entry["properties"].items())
            lines.append(f"| `{name}` | {fields} | {entry['description']} |")
    return "\n".join(lines) + "\n"


def _type(rule):
    """Return the type of a field in words."""
    if "$ref" in rule:
        return "tick or `m:NAME`"
    if "const" in rule:
        return f"`{rule['const']}`"
    if "enum" in rule:
        return " or ".join(f"`{json.dumps(value)}`" for value in rule["enum"])
    types = rule.get("type", "anything")
    words = types if isinstance(types, str) else " or ".join(types)
    ends = [f"{sign} {rule[end]}" for end, sign in (("minimum", "≥"), ("maximum", "≤")) if end in rule]
    return " ".join([words, *ends])


if __name__ == "__main__":
    (HERE / "messages.md").write_text(document(), encoding="utf-8")
