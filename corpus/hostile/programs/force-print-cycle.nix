# cycle: a set that contains itself is the result
rec { a = { b = a; c = [ a ]; }; }
