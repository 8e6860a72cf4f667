"""What the dialog "Share & embed" and other sites ask for: files, a QR code, an oEmbed answer."""

import asyncio
import io
from urllib.parse import urlencode, urlsplit

import segno

from engine.language import language, message
from engine.run import Run
from engine.scenarios import ScenarioError, scenario_class
from viz.address import MADE_NOW, VIEW, split_query
from viz.documents.embed import check_view, embed_html, embed_query, read_address, scene_path
from viz.documents.export import figures_csv, perfetto_trace, run_json
from viz.documents.export.export import oembed_json
from viz.openings import page_query
from viz.web.embed import RefusingHandler
from viz.web.handlers import site_of

TYPES = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pftrace": "application/octet-stream",
}


class ExportHandler(RefusingHandler):
    """`/export/SCENE.html`, `.csv`, `.json`, `.pftrace`: the files that cost little to write."""

    async def get(self, scene, ending):
        """Answer with a file to keep."""
        self.scene = scene
        settings, view = read_address(self.request.query)
        scenario = scenario_class(scene).read(settings)
        packed = await self.computed(scenario)
        if ending == "html":
            link = f"{site_of(self.request)}{scene_path(scenario, view | MADE_NOW)}"
            content = embed_html(packed, scenario, {"controls": "full", **view}, link=link)
        else:
            write = {"csv": figures_csv, "json": run_json, "pftrace": perfetto_trace}[ending]
            content = await asyncio.to_thread(write, Run.unpack(packed), language(view.get("lang", "en")))
        self.set_header("Content-Type", TYPES[ending])
        self.set_header("Content-Disposition", f'attachment; filename="waferscope-{scene}.{ending}"')
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(content)


class QrHandler(RefusingHandler):
    """`/qr/SCENE?QUERY`: the address of the scene's page as a QR code."""

    def get(self, scene):
        """Answer with an SVG."""
        self.scene = scene
        query, look = split_query(self.request.query)
        scenario = scenario_class(scene).read_query(query)
        looked = urlencode({name: look[name] for name in VIEW if name in look and name != "theme"}, safe=",:")
        self.draw(f"/{scene}?{'&'.join(filter(None, (page_query(scenario), looked)))}".rstrip("?"))

    def draw(self, path):
        """Answer with the code of an address of this site."""
        picture = io.BytesIO()
        code = segno.make(f"{site_of(self.request)}{path}", error="m", micro=False)
        code.save(picture, kind="svg", border=2, scale=4, xmldecl=False, light="#fff")
        self.set_header("Content-Type", "image/svg+xml")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(picture.getvalue())


class LessonQrHandler(QrHandler):
    """`/qr/course/LESSON/PART`: the address of a part of a lesson as a QR code."""

    def get(self, slug, part):
        """Answer with an SVG."""
        lang = self.get_query_argument("lang", "en")
        if not (lang.isascii() and lang.isalpha()):
            raise ScenarioError(_must_be("lang", "letters", lang))
        self.draw(f"/course/{slug}{'' if lang == 'en' else f'?lang={lang}'}#{part}")


class OembedHandler(RefusingHandler):
    """`/oembed?url=…`: how a blog or a wiki embeds the page of a scene (oEmbed 1.0, type "rich")."""

    async def get(self):
        """Answer with JSON."""
        parts = urlsplit(self.get_query_argument("url", ""))
        self.scene = parts.path.removeprefix("/embed").strip("/")
        if self.get_query_argument("format", "json") != "json":
            raise ScenarioError(_must_be("format", "json", self.get_query_argument("format")))
        query, look = split_query(parts.query)
        settings, view = read_address(query)
        view |= {name: look[name] for name in ("theme", "lang") if name in look}
        check_view(view)
        scenario = scenario_class(self.scene).read(settings)
        packed = await self.computed(scenario)
        width = min(self._pixels("maxwidth", 1280), self._pixels("maxheight", 720) * 16 // 9)
        query = embed_query(scenario, view | MADE_NOW)
        source = f"{site_of(self.request)}/embed/{self.scene}?{query}".rstrip("?")
        self.set_header("Content-Type", "application/json")
        title = language(view.get("lang", "en"))(Run.unpack(packed).title)
        self.finish(oembed_json(title, source, width, width * 9 // 16))

    def _pixels(self, name, otherwise):
        word = self.get_query_argument(name, str(otherwise))
        if not (word.isascii() and word.isdigit() and 1 <= len(word) <= 5):
            raise ScenarioError(_must_be(name, "pixels", word))
        return min(max(int(word), 160), otherwise)


def _must_be(name, rule, got):
    return message("must_be", name=name, rule=message(f"rule_{rule}"), got=repr(got[:60]))
