"""The growth of language models, from `data/growth.csv`: years, parameters, tokens and FLOP of training."""

from engine.cluster.published import rows


def ladder() -> dict[str, list]:
    """Return published models as columns, by year and then by FLOP.

    Returns
    -------
    dict of str to list
        `model`, `family`, `year`, `parameters`, `tokens`, `flop`, `ratio` (FLOP over those of BERT-base), `kind` and
        `source`.

    Examples
    --------
    >>> columns = ladder()
    >>> round(columns["ratio"][columns["model"].index("GPT-3 175B")])
    1915
    """
    models = sorted(rows("growth"), key=lambda row: (int(row["year"]), float(row["flop"])))
    first = next(float(row["flop"]) for row in models if row["model"] == "BERT-Base")
    columns = {name: [row[name] for row in models] for name in ("model", "family", "kind", "source")}
    columns["year"] = [int(row["year"]) for row in models]
    for name in ("parameters", "tokens", "flop"):
        columns[name] = [float(row[name]) for row in models]
    columns["ratio"] = [flop / first for flop in columns["flop"]]
    return columns
