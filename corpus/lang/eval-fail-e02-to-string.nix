# outPath that coerces its own set. (E2)
let s = { outPath = "${s}"; }; in "${s}"
