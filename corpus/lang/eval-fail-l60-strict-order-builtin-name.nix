# ... if one of the names is that of a builtin, or one that the evaluator itself knows. (L60)
{ zz2 = throw "zz2"; name = throw "name"; map = throw "map"; system = throw "system"; }
