-- Stands in for Quarto, whose program no registry of packages holds: `pandoc -f quarto.lua --lua-filter quarto.lua -M extension=…`
-- does with a document what Quarto 1.4 to 1.9 do with shortcodes. A shortcode becomes a span whose attributes hold its parameters,
-- pandoc reads that, and the handler of the extension, which sees few globals, gets strings and its place: "block" or "inline".

local lpeg = require("lpeg")
local space, word = lpeg.S(" \n\t") ^ 0, (1 - lpeg.S(" \n\t")) ^ 1

local function quoted(mark)
  return mark * lpeg.C((1 - lpeg.P(mark)) ^ 0) * mark
end

local function attribute(name, value)
  return string.format(' %s="%s"', name, (value:gsub('[\\"]', "\\%0")))
end

local function param(key, value)
  return "[]{.param" .. (value and attribute("data-key", key) .. attribute("data-value", value) or attribute("data-value", key)) .. "}"
end

-- Names end at : / ? and =, so that an address that is no value of a name is one word.
local value = quoted('"') + quoted("'") + lpeg.C(word - lpeg.P(">}}"))
local named = lpeg.C((1 - lpeg.S(" \n\t:/?=\"'>")) ^ 1) * space * "=" * space * value
local shortcode = "{{<" * space * lpeg.Cs((((named + value) / param) * (space / "")) ^ 1) * ">}}" / "[%1]{.shortcode}"
local text = lpeg.Cs((shortcode + 1) ^ 0)

function Reader(sources)
  return pandoc.read(text:match(tostring(sources)), "markdown")
end

local function one_of(names)
  return pandoc.List(names):includes(FORMAT)
end

-- HTML is also EPUB, and every kind of slides in HTML; html:js leaves EPUB out.
local function is_format(name)
  local epub = one_of({ "epub", "epub2", "epub3" })
  local html = one_of({ "html", "html4", "html5", "s5", "dzslides", "slidy", "slideous", "revealjs" })
  if name == "html" then return html or epub end
  if name == "html:js" then return html end
  if name == "pdf" or name == "latex" then return one_of({ "latex", "beamer", "pdf" }) end
  return FORMAT == name
end

local seen = { FORMAT = FORMAT, pandoc = pandoc, quarto = { doc = { is_format = is_format } } }
for _, name in ipairs({ "error", "ipairs", "math", "next", "pairs", "require", "select", "setmetatable", "string", "table", "tonumber", "tostring", "type" }) do
  seen[name] = _G[name]
end
local handlers, metadata = {}, {}

local function answer(span, context)
  local args, kwargs, raw = pandoc.List(), setmetatable({}, { __index = function() return pandoc.Inlines({}) end }), {}
  for _, each in ipairs(span.content) do
    local key, given = each.attributes["data-key"], each.attributes["data-value"]
    if key then kwargs[key] = given else args:insert(given) end
    table.insert(raw, given)
  end
  table.remove(raw, 1)
  local meta = setmetatable({}, { __index = function(_, name) return metadata[name] end })
  local found = handlers[args:remove(1)](args, kwargs, meta, raw, context)
  local blocks = pandoc.utils.type(found) == "Block" and pandoc.Blocks({ found }) or pandoc.Blocks({ pandoc.Para({ found }) })
  return context == "block" and blocks or pandoc.utils.blocks_to_inlines(blocks)
end

local function is_shortcode(element)
  return element.t == "Span" and element.classes:includes("shortcode")
end

return {
  { Meta = function(meta)
    metadata = meta
    handlers = assert(loadfile(pandoc.utils.stringify(meta.extension), "bt", setmetatable({}, { __index = seen })))()
  end },
  { Para = function(para) return #para.content == 1 and is_shortcode(para.content[1]) and answer(para.content[1], "block") or nil end },
  { Span = function(span) return is_shortcode(span) and answer(span, "inline") or nil end },
}
