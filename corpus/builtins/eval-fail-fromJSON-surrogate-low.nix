# A lone low surrogate.
builtins.fromJSON ''"\ude00"''
