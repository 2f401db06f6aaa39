# Attributes are looked at in the order in which their names became known.
builtins.fetchurl { url = builtins.trace "url" "https://example.org/x"; sha256 = builtins.trace "sha256" (throw "the hash"); name = builtins.trace "name" "n"; }
