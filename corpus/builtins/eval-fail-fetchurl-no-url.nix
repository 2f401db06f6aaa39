# The URL is required.
builtins.fetchurl { name = "x"; }
