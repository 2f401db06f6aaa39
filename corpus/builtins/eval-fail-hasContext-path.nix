# hasContext does not coerce paths.
builtins.hasContext ./files
