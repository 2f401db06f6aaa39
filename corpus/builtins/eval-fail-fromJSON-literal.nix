# A word that is cut off.
builtins.fromJSON "[tru]"
