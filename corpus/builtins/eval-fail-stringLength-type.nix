# stringLength wants a string.
builtins.stringLength 1
