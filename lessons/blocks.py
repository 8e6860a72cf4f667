"""YAML as a lesson uses it: words, lists and mappings, each with its line.

Nothing is converted (`1_000`, `no` and `8` stay words), because parameters are spelled here as in an address, and
expressions and texts are words anyway. Aliases are refused: they could make a small file large.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from engine.language import Message, message
from lessons.lesson import LessonError, Source

# What authors do wrong, by what the parser says of it.
_PROBLEMS = {
    "mapping values": "lesson_yaml_quotes",
    "block end": "lesson_yaml_indent",
    "'\\t'": "lesson_yaml_tab",
    "'`'": "lesson_yaml_fence",
}

MAX_DEPTH = 8  # of lists and mappings in one another; a lesson needs 5, and the time YAML takes grows with the square


@dataclass(frozen=True)
class Block:
    """A mapping in a lesson's file.

    Attributes
    ----------
    path : Path
        The file.
    line : int
        Where it starts.
    name : str or Message
        How an error names it: "ask", the front matter.
    items : dict of str to Source, list or Block
        What it holds.
    """

    path: Path
    line: int
    name: str | Message
    items: dict

    def refuse(self, said: Message, line: int | None = None) -> LessonError:
        """Return the error to raise for a mistake in this block."""
        return LessonError(self.path, line or self.line, said)

    def only(self, *names: str) -> None:
        """Refuse a key that is not one of the names."""
        for key, value in self.items.items():
            if key not in names:
                raise self.refuse(message("lesson_no_key", block=self.name, key=key, keys=names), _line(value))

    def word(self, key: str, default: str | None = None) -> Source | None:
        """Return a text; required unless a default is given."""
        value = self.items.get(key)
        if value is None:
            if default is None:
                raise self.refuse(message("lesson_needs", block=self.name, key=key))
            return Source(default, self.line)
        if not isinstance(value, Source) or not value.text.strip():
            raise self.refuse(message("lesson_no_text", key=key), _line(value))
        return value

    def optional(self, key: str) -> Source | None:
        """Return a text, None where there is none."""
        return self.word(key) if key in self.items else None

    def words(self, key: str, default: bool = False) -> tuple[Source, ...]:
        """Return a list of texts; required unless a default is allowed."""
        values = self._list(key, default)
        for value in values:
            if not isinstance(value, Source) or not value.text.strip():
                raise self.refuse(message("lesson_each_text", key=key), _line(value))
        return tuple(values)

    def blocks(self, key: str, default: bool = False) -> tuple["Block", ...]:
        """Return a list of mappings; required unless a default is allowed."""
        values = self._list(key, default)
        for value in values:
            if not isinstance(value, Block):
                raise self.refuse(message("lesson_each_named", key=key), _line(value))
        return tuple(values)

    def block(self, key: str) -> "Block":
        """Return a mapping."""
        value = self.items.get(key)
        if not isinstance(value, Block):
            raise self.refuse(message("lesson_needs_named", block=self.name, key=key), _line(value))
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is not written."""
        value = self.word(key, "false")
        if value.text not in ("true", "false"):
            raise self.refuse(message("lesson_no_flag", key=key, got=value.text), value.line)
        return value.text == "true"

    def _list(self, key, default):
        values = self.items.get(key)
        if values is None and default:
            return []
        if not isinstance(values, list) or not values:
            raise self.refuse(message("lesson_needs_list", block=self.name, key=key), _line(values))
        return values


def read_block(path: Path, first_line: int, name: str | Message, text: str) -> Block:
    """Read a mapping.

    Parameters
    ----------
    path : Path
        The file, for errors.
    first_line : int
        Line of the file at which the text starts.
    name : str or Message
        How an error names the block.
    text : str
        YAML.

    Returns
    -------
    Block
        With the line of everything in it.

    Raises
    ------
    LessonError
        Where the text is no mapping, names a key twice, or uses an alias or a tag.
    """
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                line = first_line + event.start_mark.line
                raise LessonError(path, line, message("lesson_deep", block=name, most=MAX_DEPTH))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = first_line + event.start_mark.line
                raise LessonError(path, line, message("lesson_anchor", block=name))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem)
        known = next((said for part, said in _PROBLEMS.items() if part in problem), "lesson_yaml")
        said = message(known, block=name, problem=problem, line=first_line - 1)
        raise LessonError(path, first_line + mark.line, said) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        said = message("lesson_yaml", block=name, problem=str(error).splitlines()[0])
        raise LessonError(path, first_line, said) from error
    if not isinstance(node, yaml.MappingNode):
        raise LessonError(path, first_line, message("lesson_no_names", block=name))
    return _block(path, first_line, name, node)


def _block(path, first_line, name, node):
    items = {}
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        key = key_node.value
        if not isinstance(key, str):
            raise LessonError(path, line, message("lesson_word_names", block=name))
        if key in items:
            raise LessonError(path, line, message("lesson_twice", block=name, key=key))
        items[key] = _value(path, first_line, key, value_node)
    return Block(path, first_line + node.start_mark.line, name, items)


def _value(path, first_line, name, node):
    if isinstance(node, yaml.ScalarNode):
        return Source(node.value, first_line + node.start_mark.line + (node.style in ("|", ">")))
    if isinstance(node, yaml.SequenceNode):
        return [_value(path, first_line, name, child) for child in node.value]
    return _block(path, first_line, name, node)


def _line(value):
    if isinstance(value, list):
        return _line(value[0]) if value else None
    return getattr(value, "line", None)
