"""Components of Panel: each is a Python half here and a JavaScript half in viz/client/components."""
