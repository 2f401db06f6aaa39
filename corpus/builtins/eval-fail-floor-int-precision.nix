# An integer that a double rounds is an error.
builtins.floor 9007199254740993
