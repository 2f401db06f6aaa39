# The frames of an error deep inside.
builtins.deepSeq { a = [ 1 { b = throw "deep"; } ]; } 1
