# hasContext does not coerce. (L44)
builtins.hasContext ./files
