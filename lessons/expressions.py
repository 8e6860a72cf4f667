"""Placeholders and expressions of a lesson, evaluated by Jinja2's sandbox.

A lesson may come from anybody, so less than Jinja2 is allowed: values, arithmetic, comparison, the names given, the
filters below and calls of the functions given. No statements, no methods, no loops: an expression's work is bounded
by its length, and by the number of runs that `run` allows.
"""

import math
from collections.abc import Mapping

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from engine.language import Refusal, message

MAX_LENGTH = 4_000

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.Call, nodes.Keyword, nodes.Filter, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos),
    *(nodes.CondExpr, nodes.Tuple, nodes.List),
)
_PREFIXED = ("s", "B", "B/s", "FLOP", "FLOP/s", "Hz", "W", "J", "b/s")
_PREFIXES = ((1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""))
_SMALL = ((1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"))
_THIN = "\u202f"


class ExpressionError(Refusal):
    """One sentence about an expression or a placeholder."""


def si(value: float, unit: str = "") -> str:
    """Write a number with its unit: whole numbers in full, others with three digits and a prefix where one fits.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        As in a figure; only SI units and bytes, bits and FLOP take a prefix.

    Returns
    -------
    str
        With thin spaces in the number and before the unit.

    Examples
    --------
    >>> si(745500, "PE"), si(1.5836e-6, "s"), si(2.04e16, "B/s")
    ('745\u202f500\u202fPE', '1.58\u202fµs', '20.4\u202fPB/s')
    """
    value = _number(value)
    prefix = ""
    if unit in _PREFIXED and value:
        table = _PREFIXES if abs(value) >= 1 else _SMALL
        scale, prefix = next(((s, p) for s, p in table if abs(value) >= s * (1 - 1e-12)), table[-1])
        value /= scale
    digits = _digits(value)
    return f"{digits}{_THIN}{prefix}{unit}" if unit else digits


def percent(value: float) -> str:
    """Write a share as a percentage with three digits.

    Examples
    --------
    >>> percent(0.0823)
    '8.23\u202f%'
    """
    return f"{_digits(100 * _number(value))}{_THIN}%"


def times(value: float) -> str:
    """Write a ratio with two digits, as in "2.1 times".

    Examples
    --------
    >>> times(12.04)
    '12'
    """
    value = _number(value)
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")


def _digits(value):
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace(",", _THIN)
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", _THIN)
    return f"{value:.3g}" if abs(value) >= 1e-3 else f"{value:.2e}"


def _shown(value):
    return _digits(_number(value)) if isinstance(value, int | float) else value


def _number(value):
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ExpressionError(message("lesson_number_needed", got=repr(value)))
    return float(value)


class _Sandbox(SandboxedEnvironment):
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def call_binop(self, context, operator, left, right):
        # On text, * and % could make any amount of it; on whole numbers, ** could run for ever.
        if operator == "**":
            left, right = float(left), float(right)
        _number(left), _number(right)
        if operator in ("/", "//", "%") and right == 0:
            raise ExpressionError(message("lesson_division"))
        return super().call_binop(context, operator, left, right)


def _sandbox():
    environment = _Sandbox(undefined=StrictUndefined, autoescape=False, finalize=_shown)
    environment.globals.clear()
    environment.filters = {"si": si, "percent": percent, "times": times}
    environment.tests.clear()
    return environment


_ENVIRONMENT = _sandbox()


def fill(text: str, names: Mapping[str, object]) -> str:
    """Fill the placeholders of a text.

    Parameters
    ----------
    text : str
        Markdown with `{{ expression }}`.
    names : mapping of str to object
        What an expression may name.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    ExpressionError
        Says what is not allowed, not known or not possible.

    Examples
    --------
    >>> fill("{{ cycles | si('cycles') }} for {{ width }} PEs", {"cycles": 1742, "width": 8})
    '1\u202f742\u202fcycles for 8 PEs'
    """
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    return _evaluated(lambda: _ENVIRONMENT.from_string(_checked(text)).render(names))


def value_of(expression: str, names: Mapping[str, object]) -> object:
    """Evaluate an expression.

    Parameters
    ----------
    expression : str
        In Jinja2's language, without braces.
    names : mapping of str to object
        What it may name.

    Returns
    -------
    object
        Its value.

    Raises
    ------
    ExpressionError
        Says what is not allowed, not known or not possible.

    Examples
    --------
    >>> value_of("2 * width > 10", {"width": 6})
    True
    """
    _checked("{{ " + expression + " }}")
    return _evaluated(lambda: _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)(names))


def _checked(text):
    if len(text) > MAX_LENGTH:
        raise ExpressionError(message("lesson_long", most=MAX_LENGTH, got=len(text)))
    try:
        tree = _ENVIRONMENT.parse(text)
    except (TemplateError, RecursionError) as error:
        raise ExpressionError(message("lesson_expression_unread", why=str(error))) from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(message("lesson_jinja", node=type(node).__name__.lower()))
        if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            raise ExpressionError(message("lesson_calls"))
        if isinstance(node, nodes.Call) and (node.dyn_args or node.dyn_kwargs):
            raise ExpressionError(message("lesson_stars"))
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise ExpressionError(message("lesson_underscore", got=node.attr))
    return text


def _evaluated(action):
    try:
        return action()
    except ExpressionError:
        raise
    except TemplateError as error:
        raise ExpressionError(message("lesson_expression", why=error.message)) from error
    except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise ExpressionError(message("lesson_expression", why=str(error))) from error
