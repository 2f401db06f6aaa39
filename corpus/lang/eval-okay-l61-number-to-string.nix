# Numbers become strings by toString or toJSON only. (L61)
let x = 42; in [ "a${toString x}" (toString 1.5) (builtins.toJSON x) "${builtins.toJSON 1.5}" ]
