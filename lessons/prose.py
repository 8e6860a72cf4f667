"""Markdown to HTML. Raw HTML is shown as text, links lead to https or to the glossary, pictures are not loaded."""

from collections.abc import Mapping

from markdown_it import MarkdownIt

from engine.language import message
from lessons.expressions import ExpressionError

Html = str

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "heading", "lheading", "fence"])


def markdown(text: str, terms: Mapping[str, str]) -> Html:
    """Render paragraphs.

    Parameters
    ----------
    text : str
        Markdown; a link to `#name` is an entry of the glossary.
    terms : mapping of str to str
        The address of each term, by the name that links use.

    Returns
    -------
    str
        HTML in which nothing of the text is unescaped.

    Raises
    ------
    ExpressionError
        For a link that leads elsewhere than to the glossary or to https.

    Examples
    --------
    >>> print(markdown("One [hop](#hop) < 2 <b>", {"hop": "/course/glossary#hop"}), end="")
    <p>One <a href="/course/glossary#hop" class="term">hop</a> &lt; 2 &lt;b&gt;</p>
    """
    tokens = _MARKDOWN.parse(text)
    _link(tokens, terms)
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})


def inline(text: str, terms: Mapping[str, str]) -> Html:
    """Render one line, without a paragraph around it; everything else is as in `markdown`."""
    tokens = _MARKDOWN.parseInline(" ".join(text.split(" \n")))
    _link(tokens, terms)
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}).strip()


def _link(tokens, terms):
    for token in tokens:
        _link(token.children or [], terms)
        if token.type != "link_open":
            continue
        target = token.attrGet("href")
        if target.startswith("#"):
            if target[1:] not in terms:
                raise ExpressionError(message("lesson_no_term", name=target[1:], names=sorted(terms)))
            token.attrSet("href", terms[target[1:]])
            token.attrSet("class", "term")
        elif target.startswith("https://"):
            token.attrSet("rel", "noopener")
        else:
            raise ExpressionError(message("lesson_link", got=target))
