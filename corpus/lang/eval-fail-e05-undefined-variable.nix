# An undefined variable is found before anything is evaluated. (E5)
let a = throw "not evaluated"; in builtins.seq a [ undefined ]
