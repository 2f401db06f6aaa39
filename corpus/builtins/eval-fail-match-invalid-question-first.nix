# A question mark with nothing to repeat.
builtins.match "?" "a"
