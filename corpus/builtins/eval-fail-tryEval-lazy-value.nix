# What is thrown inside the value is found later.
(builtins.tryEval { a = throw "inside"; }).value.a
