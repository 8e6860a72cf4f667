"""Placeholders and expressions of a lesson, evaluated by Jinja2's sandbox.

A lesson may come from anybody, so less than Jinja2 is allowed: values, arithmetic, comparison, the names given, the
filters below and calls of the functions given. No statements, no methods, no loops: an expression's work is bounded
by its length, and by the number of runs that `run` allows.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.environment import TemplateExpression
from jinja2.sandbox import SandboxedEnvironment

from engine.language import Language, Refusal, language, message
from engine.quantities import PROSE

MAX_LENGTH = 4_000

_PLACEHOLDER = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_STRAY = re.compile(r"\{?[^{}]*\}\}|\{\{[^{}]*")  # what was meant for a placeholder, and is none

_SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.Call, nodes.Keyword, nodes.Filter, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos),
    *(nodes.CondExpr, nodes.Tuple, nodes.List),
)


class ExpressionError(Refusal):
    """One sentence about an expression or a placeholder."""


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


@cache
def _sandbox(t: Language) -> _Sandbox:
    def si(value, unit=""):
        return t.quantity(_number(value), unit, PROSE)

    def shown(value):
        return si(value) if isinstance(value, int | float) else value

    environment = _Sandbox(undefined=StrictUndefined, autoescape=False, finalize=shown)
    environment.globals.clear()
    environment.filters = {"si": si, "percent": lambda value: si(value, "share"), "times": si}
    return environment


def fill(text: str, names: Mapping[str, object], t: Language) -> str:
    """Fill the placeholders of a text.

    Parameters
    ----------
    text : str
        Markdown with `{{ expression }}`.
    names : mapping of str to object
        What an expression may name.
    t : Language
        Of the text: its numbers are written with two digits, or in full where they are whole.

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
    >>> fill("{{ cycles | si('cycle') }} for {{ width }} PEs", {"cycles": 1742, "width": 8}, language("en"))
    '1,742 cycles for 8 PEs'
    """
    if stray := _STRAY.search(_PLACEHOLDER.sub("", text)):
        raise ExpressionError(message("lesson_braces", got=stray[0]))
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    environment = _sandbox(t)
    return _evaluated(lambda: environment.from_string(_checked(text, environment)).render(names))


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
    return _evaluated(lambda: _compiled(expression)(names))


@dataclass(frozen=True)
class Condition:
    """One of the conditions that an expression joins by `and`.

    Attributes
    ----------
    names : frozenset of str
        What it names.
    holds : bool
        Whether it is true.
    value, needed : object
        Both sides of a comparison; None for another condition.
    sign : str
        Between them: "eq", "ne", "gt", "gteq", "lt" or "lteq"; "" for another condition.
    left : str
        The left side where it is a name or an attribute: "width", "figures.cycles"; else "".
    """

    names: frozenset[str]
    holds: bool
    value: object
    needed: object
    sign: str
    left: str


def conditions(expression: str, names: Mapping[str, object]) -> list[Condition]:
    """Evaluate the conditions of an expression one by one.

    Parameters
    ----------
    expression : str
        In Jinja2's language, without braces.
    names : mapping of str to object
        What it may name.

    Returns
    -------
    list of Condition
        In the order in which they are written. After a false one, those that cannot be evaluated are left out.

    Raises
    ------
    ExpressionError
        As `value_of`.

    Examples
    --------
    >>> [(each.left, each.holds, each.needed) for each in conditions("mode == 'weak' and n < 8", {"mode": 1, "n": 2})]
    [('mode', False, 'weak'), ('n', True, 8)]
    """
    environment = _sandbox(language("en"))
    tree = environment.parse(_checked("{{ " + expression + " }}", environment))
    found = []
    for node in _joined(tree.body[0].nodes[0]):
        compared = isinstance(node, nodes.Compare) and len(node.ops) == 1
        sides = [node.expr, node.ops[0].expr] if compared else []
        try:
            holds, *values = _evaluated(partial(_value, nodes.List([node, *sides]), environment, names))
        except ExpressionError:  # `and` does not ask on after what is false
            if all(each.holds for each in found):
                raise
            continue
        found.append(
            Condition(
                names=frozenset(name.name for name in nodes.List([node]).find_all(nodes.Name)),
                holds=bool(holds),
                value=values[0] if compared else None,
                needed=values[1] if compared else None,
                sign=node.ops[0].op if compared else "",
                left=_dotted(sides[0]) if compared else "",
            )
        )
    return found


def refuted(expression: str, names: Mapping[str, object]) -> str:
    """Return what a false expression says once its values are known: its first false condition.

    Parameters
    ----------
    expression : str
        One that is false, in Jinja2's language, without braces.
    names : mapping of str to object
        What it may name.

    Examples
    --------
    >>> refuted("width > 4 and 2 * width < words", {"width": 6, "words": 1}), refuted("not on", {"on": True})
    ('12 < 1', 'false')
    """
    environment = _sandbox(language("en"))
    tree = environment.parse(_checked("{{ " + expression + " }}", environment))
    for node in _joined(tree.body[0].nodes[0]):
        compared = isinstance(node, nodes.Compare)
        sides = [node.expr, *(operand.expr for operand in node.ops)] if compared else []
        holds, *values = _evaluated(partial(_value, nodes.List([node, *sides]), environment, names))
        if not holds:
            first, *others = (value if isinstance(value, str) else f"{value:.6g}" for value in values or ["false"])
            signs = [_SIGNS.get(operand.op, operand.op) for operand in node.ops] if compared else []
            return " ".join([first, *(f"{sign} {other}" for sign, other in zip(signs, others, strict=True))])
    return "false"


def _joined(node):
    return [*_joined(node.left), *_joined(node.right)] if isinstance(node, nodes.And) else [node]


def _dotted(node):
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


@lru_cache(maxsize=256)
def _compiled(expression):
    environment = _sandbox(language("en"))
    _checked("{{ " + expression + " }}", environment)
    return environment.compile_expression(expression, undefined_to_none=False)


def _value(node, environment, names):
    """Evaluate a checked node, as Jinja2's `compile_expression` does a text."""
    body = [nodes.Assign(nodes.Name("result", "store"), node, lineno=1)]
    tree = nodes.Template(body, lineno=1).set_lineno(1).set_environment(environment)
    return TemplateExpression(environment.from_string(tree), undefined_to_none=False)(names)


def _checked(text, environment):
    if len(text) > MAX_LENGTH:
        raise ExpressionError(message("lesson_long", most=MAX_LENGTH, got=len(text)))
    try:
        tree = environment.parse(text)
    except (TemplateError, RecursionError) as error:
        raise ExpressionError(message("lesson_expression_unread", why=str(error))) from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(message("lesson_jinja", node=type(node).__name__.lower()))
        if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            raise ExpressionError(message("lesson_calls"))
        if isinstance(node, nodes.Call) and (node.dyn_args or node.dyn_kwargs):
            raise ExpressionError(message("lesson_stars"))
        if isinstance(node, nodes.Filter) and node.name not in environment.filters:
            raise ExpressionError(message("lesson_no_filter", name=node.name, names=sorted(environment.filters)))
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
