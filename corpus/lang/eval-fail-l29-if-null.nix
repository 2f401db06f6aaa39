# ... also where it is computed. (L29)
let c = null; in [ (if c then "a" else "b") ]
