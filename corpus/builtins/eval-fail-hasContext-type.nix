# hasContext wants a string.
builtins.hasContext 1
