# __functor may be a builtin: getAttr with its arguments swapped would fail, const works. (L28)
[ ({ __functor = self: builtins.add 1; } 2) ({ a = 7; __functor = self: n: self.${n}; } "a") ({ __functor = builtins.seq; } 3) (({ __functor = self: a: b: c: [ a b c ]; } 1 2) 3) ]
