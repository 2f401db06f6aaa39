# A function with formals is called with the arguments of the command line. (C6)
{ x, y, z ? x + 1 }@args: { inherit x y z args; }
