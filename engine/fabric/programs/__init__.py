"""Programs for the fabric, by name, in the order in which they are offered: every module here that has a `RECIPE`."""

from importlib import import_module
from pkgutil import iter_modules

from engine.fabric.programs.recipe import Parameter, Recipe, Settings


def find_programs() -> dict[str, Recipe]:
    """Return the recipes of the modules in this folder by their names, in order of their places."""
    modules = {info.name: import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)}
    recipes = {name: module.RECIPE for name, module in modules.items() if hasattr(module, "RECIPE")}
    return dict(sorted(recipes.items(), key=lambda item: (item[1].place, item[0])))


def own_parameters(recipes: dict[str, Recipe]) -> dict[str, Parameter]:
    """Return the parameters that programs have for themselves, by name.

    Raises
    ------
    ValueError
        Where two programs declare one of the same name otherwise: it would mean two things in an address.
    """
    found = {}
    for program, recipe in recipes.items():
        for name, parameter in recipe.parameters.items():
            if found.setdefault(name, parameter) != parameter:
                raise ValueError(f"{name} must be declared by {program} as by the programs before it")
    return found


PROGRAMS = find_programs()
OWN = own_parameters(PROGRAMS)

__all__ = ["OWN", "PROGRAMS", "Parameter", "Recipe", "Settings", "find_programs", "own_parameters"]
