-- Stands in for Quarto where its program is not: finds shortcodes in paragraphs, parts their arguments, and calls the extension
-- named in the metadata, as Quarto does. Run with `pandoc -f markdown-smart`.

local function is_format(name)
  if name == "html" then
    return FORMAT:match("^html") ~= nil or FORMAT == "revealjs"
  end
  return FORMAT == name
end

quarto = { doc = { is_format = is_format } }

local handlers = {}

local function called(paragraph)
  local name, rest = pandoc.utils.stringify(paragraph):match("^{{<%s+(%S+)%s*(.-)%s*>}}$")
  if not name then
    return nil
  end
  local args, kwargs = {}, {}
  for _, pair in ipairs({ '(%w+)="([^"]*)"', "(%w+)=(%S+)" }) do
    rest = rest:gsub(pair, function(key, value)
      kwargs[key] = pandoc.Inlines({ pandoc.Str(value) })
      return ""
    end)
  end
  for word in rest:gmatch("%S+") do
    table.insert(args, pandoc.Inlines({ pandoc.Str(word) }))
  end
  local answer = handlers[name](args, kwargs, {}, {}, "block")
  return answer.t == "RawBlock" and answer or pandoc.Para({ answer })
end

return {
  { Meta = function(meta) handlers = dofile(pandoc.utils.stringify(meta.extension)) end },
  { Para = called },
}
