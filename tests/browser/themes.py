"""A page in each of its themes, without loading it again."""

from tests.browser.waiting import at_rest

THEMES = ("light", "dark", "projector")


def in_themes(page, themes=THEMES):
    """Turn a page by its own button, and give each theme once it is at rest in it."""
    for theme in themes:
        while page.locator("html").get_attribute("data-theme") != theme:
            page.evaluate("document.getElementById('theme').click()")
        at_rest(page)
        yield theme
