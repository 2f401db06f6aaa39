# unsafeDiscardStringContext wants a string.
builtins.unsafeDiscardStringContext 1
