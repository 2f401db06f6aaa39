# convertHash wants a set.
builtins.convertHash "sha256:00"
