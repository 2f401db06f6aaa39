# seq and deepSeq. (E5)
builtins.deepSeq { a = [ 1 { b = throw "b"; } ]; } 1
