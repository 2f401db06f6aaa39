# A name that no entry has.
builtins.findFile [ { prefix = "p"; path = ./files/search/one; } ] "p/missing"
