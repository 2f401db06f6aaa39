# bitXor wants an int as its second argument.
builtins.bitXor 1 [ ]
