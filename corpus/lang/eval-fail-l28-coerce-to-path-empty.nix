# Nor is the empty string. (L28)
builtins.pathExists ""
