# A search path is the call of a function, which gets the argument, too.
(<nix/missing>) 1
