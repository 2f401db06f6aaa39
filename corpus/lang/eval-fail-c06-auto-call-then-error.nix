# The call site of a call from the command line is the function. (C6)
{ x, y }: x + y
