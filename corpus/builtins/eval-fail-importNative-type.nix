# The name of the symbol must be a string.
builtins.importNative ./files/text.txt 1
