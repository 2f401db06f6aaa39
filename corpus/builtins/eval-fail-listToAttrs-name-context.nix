# The name may not refer to a store path.
builtins.listToAttrs [ { name = "${./files/text.txt}"; value = 1; } ]
