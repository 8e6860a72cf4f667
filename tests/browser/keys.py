"""What hands do at a keyboard."""


def tab_to(page, selector):
    """Press Tab until the focus is on what a selector finds."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
