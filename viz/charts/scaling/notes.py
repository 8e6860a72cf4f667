"""Words beside the speed-up curve: what has to be chosen on each side, and what a comparison does not show."""

from html import escape

from engine.cited import table
from engine.language import Language, Quantity, message
from engine.machines import machine_of
from viz.charts.scaling.curves import ALIKE, Curve, apart
from viz.client import source

STYLE = source("components/scaling_notes.css")

GENSLM = "Zvyagin et al. 2022, GenSLM; ramanathanlab/genslm, examples/study-perf"
# Model and cluster of a comparison, what it does not show, and where that stands.
CAVEATS = (
    ("genslm", "gpu", "scaling_note_not_tuned", GENSLM),
    ("genslm", "cs", "scaling_note_few_systems", GENSLM),
    ("gpt-j", "cs", "scaling_note_no_clean_pair", "ALCF user guides; DABench-LLM"),
)


def notes_html(now: Curve, other: Curve | None, reading: str, t: Language) -> str:
    """Write the panel for a curve, as HTML of our own words and escaped values.

    Parameters
    ----------
    now : Curve
        The scenario that is shown.
    other : Curve, optional
        What it is compared with.
    reading : str
        Name of the reading.
    t : Language
        Of the page.

    Returns
    -------
    str
        A table of choices, and the notes that apply.
    """
    scenario = now.scenario
    notes = [_note("scaling_note_linear", t)] if reading == "speedup" else []
    if scenario["cluster"] == "cs":
        if scenario["mode"] == "strong":
            notes.append(_note("scaling_note_batch", t))
        notes += _assumed(machine_of(scenario["device"] or "cs2").name, t)
    if other and other.unit != now.unit and scenario["mode"] == "strong":
        notes.append(_note("scaling_note_other_batch", t))
    for model, cluster, note, cited in CAVEATS:
        if scenario["model"].startswith(model) and scenario["cluster"] == cluster:
            notes.append(_note(note, t, f"<small>{escape(cited)}</small>"))
    found = zip(*(now.published[name] for name in ("n_devices", "query", "otherwise")), strict=True)
    links = [
        f'<a data-scenario href="?{escape(query)}">{escape(t.quantity(int(n), now.unit))}</a>'
        for n, query, otherwise in found
        if otherwise
    ]
    if links:
        notes.append(_note("scaling_note_otherwise", t, " " + ", ".join(links)))
    return _choices(now, other, t) + "".join(notes)


def _assumed(machine, t):
    """Return what is assumed of CS systems, and of one that is scaled from another."""
    facts = table("wafer_software")["streaming"] | table("calibration")["straggler"]
    values = {
        name: Quantity(facts[name].value, facts[name].unit)
        for name in ("hop", "fanout", "layer_latency", "micro_batch_tokens")
    }
    values |= {name: Quantity(facts[name].value, "share") for name in ("room", "sigma")}
    values["optimiser_rate"] = Quantity(facts["optimiser_rate"].value, "parameter")
    notes = [_note("scaling_note_assumed", t, **values)]
    if scaled := table("planner").get(f"error_{machine}"):
        row = Quantity(scaled["row"].value, scaled["row"].unit)
        notes.insert(0, _note("scaling_note_scaled", t, row=row))
    return notes


def _note(name, t, more="", **values):
    return f"<p><b>{escape(t(name, **values))}</b> {escape(t(f'{name}.text', **values))}{more}</p>"


def _choices(now, other, t):
    n_devices = now.scenario["n_devices"]
    sides = {now.unit: (n_devices, now.layout)}
    if other and other.unit != now.unit and (opposite := other.opposite(n_devices)):
        sides[other.unit] = opposite
    chosen = _gpu_choices(*sides["GPU"], t) if "GPU" in sides else [""] * 4
    code = f"num_csx={sides['wafer'][0]}" if "wafer" in sides else "num_csx"
    rows = zip(
        ("scaling_choose_devices", "scaling_choose_layout", "scaling_choose_zero", "scaling_choose_recompute"),
        chosen,
        (f"<code>{code}</code>", *[escape(t("scaling_no_choice"))] * 3),
        strict=True,
    )
    body = "".join(
        f'<tr><th scope="row">{escape(t(name))}</th><td>{gpus and f"<b>{escape(gpus)}</b>"}</td><td>{code}</td></tr>'
        for name, gpus, code in rows
    )
    heads = "".join(f'<th scope="col">{escape(t(name))}</th>' for name in ("scaling_gpus", "scaling_wafers"))
    return (
        f"<h2>{escape(t('scaling_choices'))}</h2><table><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _gpu_choices(n_devices, layout, t):
    sizes = " × ".join(t.number(layout[name]) for name in ("tp", "pp", "dp"))
    return t.number(n_devices), sizes, t.number(layout["zero"]), t.number(layout["recompute"])


def start(now: Curve, other: Curve | None, t: Language) -> str:
    """Return how many devices of the other stand for how many of a curve, and how fast both are; "" for one kind."""
    if other is None or other.unit == now.unit:
        return ""
    n, m = other.stands
    rates = {"own": now.rate(m), "other": other.rate(n)}
    many = {
        name: message("scaling_many", n=number, device=machine_of(curve.device).device)
        for name, number, curve in (("own", m, now), ("other", n, other))
    }
    said = t("scaling_alike" if apart(*rates.values()) < ALIKE else "scaling_stands", **many)
    own, rival = Quantity(rates["own"], "", digits=3), Quantity(rates["other"], "token/s", digits=3)
    return f"{said} {t('scaling_rates', own=own, other=rival)}"
