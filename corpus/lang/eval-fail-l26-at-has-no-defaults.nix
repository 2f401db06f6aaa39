# The name after @ lacks the defaults. (L26)
({ a ? 1, b ? 2 }@args: args.a) { b = 3; }
