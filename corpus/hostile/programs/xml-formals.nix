# memory: toXML of a million functions with formals
builtins.stringLength (builtins.toXML (builtins.genList (i: { a, b ? i, c ? i, ... }@args: i) 3000000))
