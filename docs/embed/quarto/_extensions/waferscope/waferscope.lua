-- {{< waferscope file="row.html" poster="row.png" title="A sum along a row" >}}   a file made by `waferscope export`
-- {{< waferscope url="https://host/embed/fabric?width=16" poster="row.png" >}}    a running Waferscope
-- In HTML and reveal.js this is a frame of 16:9; in PDF, Word, PowerPoint and EPUB it is the poster.

local function text(value, otherwise)
  local found = pandoc.utils.stringify(value or "")
  return found ~= "" and found or otherwise
end

local function escaped(value)
  return (value:gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

return {
  ["waferscope"] = function(args, kwargs)
    local source = text(kwargs["url"], text(kwargs["file"], text(args[1], "")))
    local poster = text(kwargs["poster"], "")
    local title = text(kwargs["title"], "Waferscope")
    if source == "" then
      return pandoc.Strong({ pandoc.Str("waferscope: give url= or file=") })
    end
    if not quarto.doc.is_format("html:js") then
      if poster ~= "" then
        return pandoc.Image({ pandoc.Str(title) }, poster)
      end
      return pandoc.Link({ pandoc.Str(title) }, source)
    end
    local class = quarto.doc.is_format("revealjs") and ' class="r-stretch"' or ""
    -- data-external keeps the frame what it is when everything else is put into one file.
    local frame = string.format(
      '<iframe%s src="%s" data-external="1" data-waferscope-frame title="%s" width="%s" height="%s" '
        .. 'style="border:0;max-width:100%%;height:auto;aspect-ratio:16/9" allow="fullscreen" loading="lazy"></iframe>',
      class, escaped(source), escaped(title), escaped(text(kwargs["width"], "960")), escaped(text(kwargs["height"], "540"))
    )
    return pandoc.RawBlock("html", frame)
  end,
}
