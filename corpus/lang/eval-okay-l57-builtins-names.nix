# The names of the builtins without experimental features. (L57)
builtins.attrNames builtins
