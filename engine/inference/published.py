"""The model of inference beside published rates of wafers and GPUs."""

from engine.cited import Cited, table
from engine.inference.serving import Demand, serve
from engine.models import models, reshaped
from engine.published import Comparison


def comparisons() -> list[Comparison]:
    """Return every row of `engine/data/inference_published.toml` with what the engine gives for it.

    Returns
    -------
    list of Comparison
        In the order of the file; on those of which it says so a constant was chosen. `auto` is the rate on squares that
        the engine chooses, where the source names others.
    """
    return [
        Comparison(
            set_name=entry["set"],
            row=entry["row"],
            published=entry["figure"].value,
            engine=_engine(entry, entry.get("side")),
            unit=entry["figure"].unit,
            kind=entry["figure"].kind,
            source=entry["figure"].source,
            used=entry.get("used", "test"),
            auto=_engine(entry) if "side" in entry else None,
        )
        for entry in table("inference_published").values()
    ]


def _engine(entry, side=None):
    model = reshaped(models()[entry["model"]], **entry.get("shape", {}))
    if "heads" in entry:
        model = reshaped(model, heads=1, kv_heads=1, head_size=model.hidden)
    names = ("prompt_tokens", "output_tokens", "users", "precision", "speculation")
    demand = Demand(model, **{name: entry[name] for name in names if name in entry})
    served = serve(entry["machine"], entry.get("n", 1), demand, side, entry.get("partly", False))
    return getattr(served, entry["quantity"])


def published(
    machine: str, n: int, model: str, precision: str = "fp16", users: int = 1, prompt_tokens: int | None = None
) -> Cited | None:
    """Return the fastest published rate of a model on some machines.

    Parameters
    ----------
    machine, n, model, precision, users
        As in `engine.inference.serving`.
    prompt_tokens : int, optional
        Of a prompt that is read; otherwise it is a user's answer that is written.

    Returns
    -------
    Cited or None
        In tokens a second, None where there is none.
    """
    asked = {"machine": machine, "n": n, "model": model, "precision": precision, "users": users}
    if prompt_tokens:
        asked |= {"quantity": "prefill_tokens_per_s", "prompt_tokens": prompt_tokens}
    else:
        asked |= {"quantity": "tokens_per_s_per_user"}
    usual = {"n": 1, "users": 1, "precision": "fp16"}
    rows = [row for row in table("inference_published").values() if not row.keys() & {"shape", "speculation"}]
    found = [row["figure"] for row in rows if asked.items() <= (usual | row).items()]
    return max(found, key=lambda figure: figure.value, default=None)
