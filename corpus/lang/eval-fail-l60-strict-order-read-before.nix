# ... if one of the names was read before. (L60)
let aa3 = 1; in { zz3 = throw "zz3"; aa3 = throw "aa3"; }
