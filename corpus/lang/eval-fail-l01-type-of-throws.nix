# typeOf of something that throws. (L1)
builtins.typeOf (throw "no type")
