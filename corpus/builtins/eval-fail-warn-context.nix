# The text may have context.
builtins.warn "${./files/text.txt}" (throw "end")
