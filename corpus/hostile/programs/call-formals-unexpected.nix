# errors: a million arguments that the function does not want
({ a }: a) (builtins.listToAttrs (builtins.genList (i: { name = "a${toString i}"; value = i; }) 1000000))
