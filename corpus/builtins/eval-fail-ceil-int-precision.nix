# An integer that a double rounds is an error, with the value that it would have had.
builtins.ceil (-9007199254740993)
