# toXML has none. (E5)
builtins.toXML { a = [ 1 { b = throw "b"; } ]; }
