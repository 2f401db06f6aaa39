# With an ellipsis it gets all of them. (C6)
{ x, ... }@args: args
