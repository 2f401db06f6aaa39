# Lists are not joined into a string here.
builtins.stringLength [ "a" ]
