"""The home page: a race, and two more things to see. Every number on it comes from the runs that are named here."""

from collections.abc import Mapping

from engine.language import Language, Message, Quantity, message
from engine.machines import WAFER_MM, area_mm2, machine_of, machines
from engine.memory.hierarchy import DTYPE_BYTES
from engine.memory.published import sram_shares
from engine.models import models
from engine.quantities import FIGURE, rounded
from engine.run import Run
from engine.scenarios import SCENES, Scenario
from engine.scenarios.fabric import FabricScenario
from engine.scenarios.memory import MemoryScenario
from engine.scenarios.planner import PlannerScenario
from engine.scenarios.scaling import ScalingScenario
from viz.address import run_address
from viz.documents.curves import PAIR, SIDES, curves_of, ends_of
from viz.documents.shell import render, shell
from viz.openings import page_query

LASTS_S = 3.0  # the race of the wafer, on the visitor's clock
MAGNIFIED = 1000  # how many times the beginning of the GPU's bar is enlarged
BETS = {"half": 0.5, "tenth": 0.1, "hundredth": 0.01, "thousandth": 0.001, "less": 0.0}  # shares of the sum
COUNTED = 12  # digits of a number that is written in full


def _scenarios() -> dict[str, Scenario]:
    found = {"race": MemoryScenario(), "outside": MemoryScenario(weights="streamed")}
    for side, words in SIDES.items():
        found[side] = ScalingScenario(**words)
        found[f"{side}_growing"] = ScalingScenario(**words, mode="weak")
        found[f"{side}_bill"] = PlannerScenario(**words, tokens=None)
    return found


SCENARIOS = _scenarios()
WAFER, GPU = SCENARIOS["race"].machines
WHOLE_WAFER = FabricScenario.read(FabricScenario.presets["whole_wafer"])


class Home:
    """What the page says and draws.

    Parameters
    ----------
    runs : mapping of str to Run
        Those of `SCENARIOS`, by the same names.

    Attributes
    ----------
    race : dict of str to float
        For the script: seconds of both machines, how many times slower they are shown, numbers in a vector, and how
        many times the beginning of the GPU's bar is enlarged.
    curves : dict of str to list of float
        `n` times the machines of the start, and how many times as fast as there `gpus` and `wafers` are.
    ends : dict of str to float
        Where the names of `gpus` and `wafers` stand at the ends of their curves, in times as fast.
    said : dict of str to Message
        All sentences that hold a number, by the name of the message without `home_`.
    """

    def __init__(self, runs: Mapping[str, Run]):
        self._found = {name: {key: each.value for key, each in run.figures.items()} for name, run in runs.items()}
        wafer, gpu = (self._found["race"][f"{name}_time"] for name in (WAFER, GPU))
        self.race = {
            "wafer": wafer,
            "gpu": gpu,
            "slower": rounded(LASTS_S / wafer, 1),
            "n": SCENARIOS["race"].size()[0],
            "magnified": MAGNIFIED,
        }
        self.curves = curves_of(runs["gpus"], runs["wafers"])
        self.ends = ends_of(self.curves)
        growing = curves_of(runs["gpus_growing"], runs["wafers_growing"])
        values = self._race() | self._won_by_gpus() | self._scaled(growing)
        self.said = {name: message(f"home_{name}", **words) for name, words in values.items()}

    def _race(self):
        found, race = self._found["race"], self.race
        faster = race["gpu"] / race["wafer"]
        chips = area_mm2(WAFER) / area_mm2(GPU)
        wait = _duration((race["gpu"] - race["wafer"]) * race["slower"])
        shares, assumed = sram_shares(WAFER), machines()[WAFER].figures["sram_share"].value
        drawn = {side: Quantity(area_mm2(name), "mm²", COUNTED) for side, name in (("wafer", WAFER), ("gpu", GPU))}
        return {
            "why": {"cores": Quantity(machines()[WAFER].figures["n_pe"].value, "", COUNTED)},
            "task": {"n": Quantity(race["n"], "", COUNTED)},
            "slowed": {"times": Quantity(race["slower"], "", COUNTED)},
            "wafer_is": {"machine": machines()[WAFER].label, "area": drawn["wafer"]},
            "gpu_is": {"machine": machines()[GPU].label, "area": drawn["gpu"]},
            "wafer_drawn": {"area": drawn["wafer"]},
            "gpu_drawn": {"area": drawn["gpu"]},
            "enlarged": {"times": Quantity(MAGNIFIED, "")},
            "racing": {},
            "racing_why": {
                "trips": round(found[f"{WAFER}_bytes_moved"] / race["n"] / DTYPE_BYTES[SCENARIOS["race"].dtype])
            },
            "ahead": {"share": Quantity(1 / faster, "share")},
            "wait": {"wait": wait},
            "skip": {"wait": wait},
            "skipping": {"wait": wait},
            "verdict": {
                # Both in the unit of the shorter: nobody need divide milliseconds by nanoseconds.
                "wafer": Quantity(rounded(race["wafer"] * 1e9, FIGURE), "ns"),
                "gpu": Quantity(rounded(race["gpu"] * 1e9, FIGURE), "ns"),
                "times": Quantity(faster, ""),
            },
            "fair": {
                "chips": Quantity(chips, ""),
                "each": Quantity(faster / chips, ""),
                "sheet": Quantity(found[f"{WAFER}_vendor_bandwidth"] / found[f"{GPU}_vendor_bandwidth"], ""),
                "assumed": Quantity(assumed, "share"),
                "least": Quantity(min(shares), "share", 2),
                "most": Quantity(max(shares), "share", 2),
                "slowest": Quantity(faster * min(shares) / assumed, "", 2),
            },
            **{f"bet_{name}.lost": {"times": Quantity(share * faster, "")} for name, share in BETS.items()},
        }

    def _won_by_gpus(self):
        found = self._found
        mm2 = {side: area_mm2(name) * SIDES[side]["n_devices"] for side, name in (("gpus", GPU), ("wafers", WAFER))}
        rate = {side: found[side]["tokens_per_s"] / mm2[side] for side in SIDES}
        bill = {side: found[f"{side}_bill"] for side in SIDES}
        words = {
            "outside": {"times": found["outside"][f"{WAFER}_time"] / found["outside"][f"{GPU}_time"]},
            "silicon": {"times": rate["gpus"] / rate["wafers"], "model": models()[PAIR["model"]].label},
            "bill": {
                "times": bill["wafers"]["cost"] / bill["gpus"]["cost"],
                "tokens": Quantity(bill["gpus"]["tokens"], "token"),
            },
        }
        return {f"gpu_{name}.{end}": words[name] for name in words for end in ("what", "won")}

    def _scaled(self, growing):
        curves, found = self.curves, self._found
        times = Quantity(curves["n"][-1], "")
        last = {side: curves[side][-1] for side in SIDES}
        straight = {side: Quantity(growing[side][-1] / growing["n"][-1], "share") for side in SIDES}
        start = {
            side: Quantity(words["n_devices"], machine_of(words["device"]).device) for side, words in SIDES.items()
        }
        start |= {f"{side}_rate": Quantity(found[side]["tokens_per_s"], "token/s") for side in SIDES}
        return {
            "sum": {"cores": Quantity(WHOLE_WAFER.width * WHOLE_WAFER.height, "", COUNTED)},
            "curves": {"times": times},
            "scaled": {"times": times, **{side: Quantity(value, "", FIGURE) for side, value in last.items()}},
            "pair": {
                "model": models()[PAIR["model"]].label,
                "batch": Quantity(PAIR["global_batch"], "sequence"),
                **start,
            },
            "growing": {"times": Quantity(growing["n"][-1], ""), **straight},
        }


def _duration(seconds: float) -> Message:
    """Return a time of the visitor's clock in hours and minutes."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return (
        message("watched_hours_minutes", hours=hours, minutes=minutes)
        if minutes
        else message("watched_hours", hours=hours)
    )


def home_html(home: Home, t: Language) -> str:
    """Return the page.

    Parameters
    ----------
    home : Home
        What it says and draws.
    t : Language
        Its texts.
    """

    def link(scenario):
        words = "&".join(filter(None, (page_query(scenario), t.query.removeprefix("?"))))
        return f"/{scenario.scene}?{words}".removesuffix("?")

    scenes = [
        (name, [(t(f"preset_{name}_{preset}"), link(SCENES[name].read(words))) for preset, words in some])
        for name in SCENES
        for some in [list(SCENES[name].presets.items())[:3]]
    ]
    lost = {"outside": "outside", "silicon": "gpus", "bill": "gpus_bill"}
    return render(
        "home.html",
        t=t,
        shell=shell("home", t, ["fabric"]),
        home=home,
        bets=BETS,
        side_mm={"wafer": area_mm2(WAFER) ** 0.5, "gpu": area_mm2(GPU) ** 0.5},
        wafer_mm=WAFER_MM,
        dies=[int(machines()[WAFER].figures[name].value) for name in ("die_columns", "die_rows")],
        lost={name: link(SCENARIOS[run]) for name, run in lost.items()},
        scaling=link(SCENARIOS["gpus"]),
        fabric=link(FabricScenario()),
        whole_wafer=run_address(WHOLE_WAFER),
        scenes=scenes,
    )
