# A lone high surrogate.
builtins.fromJSON ''"\ud83d"''
