"""What the components of Panel have in common."""

import param
from panel.custom import JSComponent

from viz.client import CLIENT, source


class Component(JSComponent):
    """A component whose JavaScript half is the module of the same name in viz/client/components, with its style.

    Panel loads a text, from which a module cannot import its neighbours; so the text is the same for all, and loads the
    module by its address.
    """

    module = param.String(constant=True, doc="Address of the JavaScript half.")

    _esm = CLIENT / "components/load.js"

    _style = ""  # another sheet than that beside the module, by its path within `CLIENT`

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls._stylesheets = [source(cls._style or f"components/{cls._name()}.css")]

    def __init__(self, **params):
        super().__init__(module=f"/assets/components/{self._name()}.js", **params)

    @classmethod
    def _name(cls):
        return cls.__module__.rpartition(".")[2]
