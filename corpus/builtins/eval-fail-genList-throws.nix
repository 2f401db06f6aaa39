# An element is an application of the function.
builtins.elemAt (builtins.genList (n: throw "element ${toString n}") 3) 1
