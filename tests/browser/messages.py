"""A window around a frame, and a reader that holds every message to the schema."""

from viz.documents.embed import SCHEMA

HOST = """<!doctype html><html lang="en"><title>host</title><link rel="icon" href="data:,">
<body style="margin:0"><script>
  window.heard = []
  addEventListener("message", ({ data, origin }) => heard.push({ data, origin }))
  window.say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*")
  window.command = (type, more) => say({ ns: "waferscope", v: 1, type, ...more })
  window.of = (type) => heard.map(({ data }) => data).filter((data) => data.type === type)
</script>
<iframe src="FILE" SANDBOX width="960" height="540" title="scene"></iframe>"""

TYPES = {
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def check(page):
    """Hold every message that the page has heard to the schema of events."""
    told = [message for message in page.evaluate("heard.map(({ data }) => data)") if isinstance(message, dict)]
    assert told
    for message in told:
        assert message.pop("ns") == "waferscope"
        assert message.pop("v") == 1
        kind = message.pop("type")
        allowed = SCHEMA["$defs"]["events"][kind]["properties"]
        assert set(message) <= set(allowed), kind
        for name, value in message.items():
            rule = allowed[name]
            types = rule.get("type", [])
            types = [types] if isinstance(types, str) else types
            assert not types or any(TYPES[each](value) for each in types), (kind, name, value)
            assert "const" not in rule or value == rule["const"]
