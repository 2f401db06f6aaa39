# An error in a value.
builtins.toXML { a = throw "in the set"; }
