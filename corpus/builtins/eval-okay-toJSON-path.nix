# Paths are copied to the store, wherever they stand.
builtins.toJSON { a = ./files/text.txt; b = [ ./files/tree ]; c.outPath = ./files/tree/a.txt; }
