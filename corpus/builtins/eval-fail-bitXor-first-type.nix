# bitXor wants an int as its first argument.
builtins.bitXor true 1
