# cycle: an attribute of a recursive set that needs itself
rec { a = b.c; b = { c = a; }; }
