# ... among others. (E5)
let f = x: builtins.addErrorContext "while doing ${x.name}:\n  a second line" x.value; in { a = f { name = "n"; value = throw "v"; }; }
