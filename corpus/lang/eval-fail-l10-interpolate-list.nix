# ... nor lists, even of strings; the value is shown, with thunks unevaluated. (L10)
let b = "b"; in "${[ "a" (b + "c") b 1 { } ]}"
