# Attributes of the argument are not evaluated by matching. (L26, L52)
[ (({ a, b }: a) { a = 1; b = throw "unused"; }) (({ ... }: 1) { a = throw "unused"; }) ((x: 1) (throw "unused")) ((args@{ ... }: builtins.attrNames args) { z = throw "z"; a = throw "a"; }) ]
