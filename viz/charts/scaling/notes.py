"""Words beside the speed-up curve: what has to be chosen on each side, and what a comparison does not show."""

from html import escape

from viz.charts.scaling.curves import Curve
from viz.client import source

STYLE = source("components/scaling_notes.css")

LINEAR = (
    "Linear is not the same as fast.",
    "On the line, each box adds as much as the first. How much the first does, only tokens/s tells.",
    "",
)

BATCH = (
    "The same batch bends the wafers' line too.",
    "Each wafer has less to compute, yet every layer is still streamed to it. Let the batch grow with the wafers, "
    "and the line straightens.",
    "",
)

OTHERWISE = (
    "The published runs were set up otherwise.",
    "Their layout or recomputation is not the curve's. To set it up as they were, follow a link:",
)

# Model and cluster of a comparison (None: either), and what it does not show.
CAVEATS = (
    (
        "genslm",
        "gpu",
        "Not a tuned baseline.",
        "These runs had no fused attention, and their batch grew with the machine. Other GPU systems and smaller "
        "models compare differently.",
        "Zvyagin et al. 2022, GenSLM; ramanathanlab/genslm, examples/study-perf",
    ),
    (
        "genslm",
        "cs",
        "Published for one, two and four systems.",
        "What lies beyond is our model. The batch of these rows is not printed.",
        "Zvyagin et al. 2022, GenSLM; ramanathanlab/genslm, examples/study-perf",
    ),
    (
        "gpt-j",
        "cs",
        "Not a clean pair.",
        "The published rates on one and on two systems come from different software releases and batches.",
        "ALCF user guides; DABench-LLM",
    ),
)


def notes_html(now: Curve, other: Curve | None, reading: str) -> str:
    """Write the panel for a curve, as HTML of our own words and escaped values.

    Parameters
    ----------
    now : Curve
        The scenario that is shown.
    other : Curve, optional
        What it is compared with.
    reading : str
        Name of the reading.

    Returns
    -------
    str
        A table of choices, and the notes that apply.
    """
    notes = [LINEAR] if reading == "speedup" else []
    if now.scenario["cluster"] == "cs" and now.scenario["mode"] == "strong":
        notes.append(BATCH)
    for model, cluster, *note in CAVEATS:
        if now.scenario["model"].startswith(model) and now.scenario["cluster"] == cluster:
            notes.append(note)
    return _choices(now, other) + "".join(_note(*note) for note in notes) + _otherwise(now)


def _note(title, text, source):
    cited = f"<small>{escape(source)}</small>" if source else ""
    return f"<p><b>{escape(title)}</b> {escape(text)}{cited}</p>"


def _otherwise(curve):
    """Return links to the set-ups of published points that the curve does not have, as HTML."""
    found = zip(*(curve.published[name] for name in ("row", "query", "otherwise")), strict=True)
    links = [
        f'<a data-scenario href="?{escape(query)}">{escape(row)}</a>' for row, query, otherwise in found if otherwise
    ]
    title, text = map(escape, OTHERWISE)
    return f"<p><b>{title}</b> {text} {', '.join(links)}</p>" if links else ""


def _choices(now, other):
    layouts = {curve.scenario["cluster"]: curve for curve in (other, now) if curve}
    gpu, wafers = _gpu_choices(layouts.get("gpu")), _wafer_choices(layouts.get("cs"))
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{_bold(gpu[name])}</td><td>{wafers.get(name, "none")}</td></tr>'
        for name in gpu
    )
    return (
        '<h2>What you choose</h2><table><thead><tr><td></td><th scope="col">GPUs</th><th scope="col">Wafers</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _bold(text):
    return f"<b>{escape(text)}</b>" if text not in ("", "none") else escape(text)


def _gpu_choices(curve):
    if curve is None:
        return dict.fromkeys(("how many", "TP × PP × DP", "ZeRO", "recompute"), "")
    layout = curve.layout
    return {
        "how many": f"{curve.scenario['n_devices']:,}",
        "TP × PP × DP": f"{layout['tp']} × {layout['pp']} × {layout['dp']}",
        "ZeRO": str(layout["zero"]),
        "recompute": str(layout["recompute"]),
    }


def _wafer_choices(curve):
    """Return the parameter of the Python program, as HTML."""
    parameter = f"num_csx={curve.layout['num_csx']}" if curve else "num_csx"
    return {"how many": f"<code>{parameter}</code>"}
