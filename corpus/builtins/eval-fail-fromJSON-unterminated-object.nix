# An object without end, over several lines: the position is in the text.
builtins.fromJSON "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n"
