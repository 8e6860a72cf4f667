"""Words beside the speed-up curve: what has to be chosen on each side, and what a comparison does not show."""

import re
from html import escape

from engine.cited import table
from engine.language import Language, Quantity, message
from engine.machines import machine_of
from engine.models import models
from engine.scenarios import scenario_class
from engine.scenarios.scaling import FIRST_SHARE
from viz.charts.scaling.curves import Curve, apart, many
from viz.client import source

Scaling = scenario_class("scaling")
STYLE = source("components/scaling_notes.css")

CHOICES = {  # of GPUs: rows, and the parts of a layout in each
    "layout": ("tp", "pp", "dp"),
    "micro_batch": ("micro_batch",),
    "interleave": ("interleave",),
    "zero": ("zero",),
    "recompute": ("recompute",),
    "experts": ("ep",),
    "contexts": ("cp",),
}
MAY_LACK = ("ep", "cp")  # a layout that does not divide experts or contexts does not name them
LEAST_HELD = 0.01  # of a step that is worth a line
TIE = 0.02  # power of e below which nobody is ahead
TIMES, GPUS = 128, 12  # of the devices that the two kinds begin with, and how many GPUs these are, in the pairs below
OTHERS = (("cerebras-gpt-13b", 192), ("cerebras-gpt-13b", 1536), ("cerebras-gpt-1.3b", 768))
GENSLM = "Zvyagin et al. 2022, GenSLM; ramanathanlab/genslm, examples/study-perf"
# Model and cluster of a comparison, what it does not show, and where that stands.
CAVEATS = (
    ("genslm", "gpu", "scaling_note_not_tuned", GENSLM),
    ("genslm", "cs", "scaling_note_few_systems", GENSLM),
    ("gpt-j", "cs", "scaling_note_no_clean_pair", "ALCF user guides; DABench-LLM"),
)


def notes_html(now: Curve, other: Curve | None, lost: dict[str, float], reading: str, t: Language) -> str:
    """Write the panel for a curve, as HTML of our own words and escaped values.

    Parameters
    ----------
    now : Curve
        The scenario that is shown.
    other : Curve, optional
        What it is compared with.
    lost : dict of str to float
        Shares of the step, by the name of their figure.
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
    notes = [_step(lost, t)]
    if reading == "speedup":
        notes.append(_note("scaling_note_linear", t))
    if scenario["cluster"] == "cs":
        if scenario["mode"] == "strong":
            notes.append(_note("scaling_note_batch", t))
        notes += _assumed(machine_of(scenario["device"] or "cs2").name, t)
    if other and other.unit != now.unit and scenario["mode"] == "strong":
        notes.append(_note("scaling_note_other_batch", t, _others(now.unit, t)))
        notes.append(_note("scaling_note_pair", t, _rates(now, other, t)))
    if (fewest := now.n_devices[0]) > 1:
        notes.append(
            _note("scaling_note_start", t, fewest=Quantity(fewest, now.unit), share=Quantity(FIRST_SHARE, "share"))
        )
    for model, cluster, note, cited in CAVEATS:
        if scenario["model"].startswith(model) and scenario["cluster"] == cluster:
            notes.append(_note(note, t, f"<small>{escape(cited)}</small>"))
    found = zip(*(now.published[name] for name in ("n_devices", "query", "otherwise")), strict=True)
    links = [_link(query, t.quantity(int(n), now.unit)) for n, query, otherwise in found if otherwise]
    if links:
        notes.append(_note("scaling_note_otherwise", t, " " + ", ".join(links)))
    # A percentage stays on one line.
    return re.sub(r"(?<=\d) (?=%)", "&nbsp;", _choices(now, other, t) + "".join(notes))


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


def _step(lost, t):
    """Return where the time of the step goes, and what it would be shorter without."""
    shares = {name: Quantity(lost[f"{name}_share"], "share", digits=2) for name in ("compute", "bubble")}
    shares["exposed"] = Quantity(lost["exposed_communication_share"], "share", digits=2)
    held = [
        t("scaling_without", label=message(f"figure_scaling_{name}"), share=Quantity(share, "share", digits=2))
        for name, share in lost.items()
        if name.startswith("held_back") and share >= LEAST_HELD
    ]
    return _note("scaling_note_step", t, "".join(f"<small>{escape(each)}</small>" for each in held), **shares)


def _link(query, words):
    return f'<a data-scenario href="?{escape(query)}">{escape(words)}</a>'


def _others(unit, t):
    """Return links to other pairs, on the side that is shown."""
    start = {"cluster": "gpu", "n_devices": TIMES * GPUS} if unit == "GPU" else {"cluster": "cs", "n_devices": TIMES}
    made = [
        (
            Scaling(model=model, global_batch=batch, **start).query(),
            (models()[model].label, Quantity(batch, "sequence")),
        )
        for model, batch in OTHERS
    ]
    links = [_link(query, t("scaling_other_pair", model=model, batch=batch)) for query, (model, batch) in made]
    return f" {' · '.join(links)}"


def _choices(now, other, t):
    """Return a table of what has to be chosen on both sides for as many devices as are shown."""
    n_devices = now.scenario["n_devices"]
    sides, curves = {now.unit: (n_devices, now.layout)}, {now.unit: now}
    if other and other.unit != now.unit and (opposite := other.opposite(n_devices)):
        sides[other.unit], curves[other.unit] = opposite, other
    n_wafers = sides["wafer"][0] if "wafer" in sides else None
    shown = _shown(curves["GPU"]) if "GPU" in curves else _shown(None)
    gpus, changing = _gpu_choices(sides["GPU"], curves["GPU"], shown, t) if "GPU" in sides else ([], set())
    rows = [("devices", f"<code>num_csx{'' if n_wafers is None else f'={n_wafers}'}</code>")]
    rows += [(name, escape(t("scaling_no_choice"))) for name in shown]
    body = "".join(
        f'<tr><th scope="row"{_hint(name, t)}>{escape(t(f"scaling_choose_{name}"))}</th>'
        f"<td>{_strong(gpus[i], name in changing) if gpus else ''}</td><td>{wafers}</td></tr>"
        for i, (name, wafers) in enumerate(rows)
    )
    heads = "".join(f'<th scope="col">{escape(t(name))}</th>' for name in ("scaling_gpus", "scaling_wafers"))
    return (
        f"<h2>{escape(t('scaling_choices'))}</h2><table><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>{_set_ups(curves['GPU'], t) if 'GPU' in curves else ''}"
    )


def _hint(name, t):
    return f' tabindex="0" data-hint="{escape(t("scaling_choose_layout.hint"))}"' if name == "layout" else ""


def _strong(words, strong):
    return f"<b>{escape(words)}</b>" if strong else escape(words)


def _shown(curve):
    """Return the rows of a curve of GPUs: those of experts and contexts where some point divides them."""
    named = {part for layout in (curve.layouts if curve else ()) for part in layout}
    return [name for name, parts in CHOICES.items() if not set(parts) & set(MAY_LACK) - named]


def _gpu_choices(side, curve, shown, t):
    """Return what is chosen for some GPUs, in the order of the rows, and the rows that change along their curve."""
    n_devices, layout = side
    found = [t.number(n_devices), *(_said(name, layout, t) for name in shown)]
    changing = {name for name in shown if len({_said(name, each, t) for each in curve.layouts}) > 1}
    return found, {"devices", *changing}


def _said(name, layout, t):
    return " × ".join(t.number(layout.get(part, 1)) for part in CHOICES[name])


def _set_ups(curve, t):
    """Return how many set-ups the GPUs of a curve need, where more than one."""
    parts = [part for name in CHOICES.values() for part in name if part != "dp"]
    n = len({tuple(layout.get(part, 1) for part in parts) for layout in curve.layouts})
    ends = {name: Quantity(curve.n_devices[i], "GPU") for name, i in (("fewest", 0), ("most", -1))}
    return f"<p>{escape(t('scaling_set_ups', n=n, **ends))}</p>" if n > 1 else ""


def against(now: Curve, other: Curve | None, held: bool, reading: str, t: Language) -> str:
    """Return how far as many of the other kind get, and who is ahead in a reading.

    "" where there is no other kind, or none of as many, and while it is held back.
    """
    n = now.scenario["n_devices"]
    if other is None or held or other.unit == now.unit or not (opposite := other.opposite(n)):
        return ""
    m, _ = opposite
    # The fewest are the measure of what is linear; what tells them apart is how fast they are.
    rates = reading == "tokens_per_s" or n == now.n_devices[0]
    name, unit = ("tokens_per_s", "token/s") if rates else ("efficiency", "share")
    own, rival = (float(curve.columns[name][curve.n_devices.index(k)]) for curve, k in ((now, n), (other, m)))
    ahead = now if own > rival else other
    return t(
        "scaling_faster" if rates else "scaling_verdict",
        other=many(now, other, n, m)["other"],
        rival=Quantity(rival, unit),
        ahead="tie" if apart(own, rival) < TIE else "apart",
        winner=message(f"scaling_way_{ahead.scenario['cluster']}"),
        times=max(own, rival) / min(own, rival),
    )


def _rates(now, other, t):
    """Return how fast both kinds are where they begin."""
    n, m = other.stands
    own, rival = Quantity(now.rate(m), "", digits=3), Quantity(other.rate(n), "token/s", digits=3)
    return f" {escape(t('scaling_rates', **many(now, other, m, n), rate=own, rival=rival))}"
