# Types other than the basic ones need flakes too.
builtins.fetchTree { type = "github"; owner = "a"; repo = "b"; sub = "c"; }
