# unsafeDiscardOutputDependency wants a string.
builtins.unsafeDiscardOutputDependency 1
