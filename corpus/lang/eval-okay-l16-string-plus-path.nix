# A string plus a path copies the file to the store, and its context says so. (L16, L44)
let s = "" + ./files/one; in [ s ("x-" + ./files/one) (builtins.typeOf s) (builtins.getContext s) ("${./files/one}" == s) ]
