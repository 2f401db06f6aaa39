# listToAttrs wants a list.
builtins.listToAttrs { name = "a"; value = 1; }
