# Errors while evaluating the path are not covered by the default. (L36)
let s = { a = throw "a fails"; }; in s.a.b or 1
