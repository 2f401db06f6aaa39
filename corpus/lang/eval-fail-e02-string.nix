# A string that contains itself. (E2)
let s = "a${s}"; in s
