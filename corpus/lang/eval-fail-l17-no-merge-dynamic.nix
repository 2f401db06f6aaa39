# ... a computed one does not. (L17, L20)
let n = "b"; in { a.${n}.c = 1; a.${n}.d = 2; }
