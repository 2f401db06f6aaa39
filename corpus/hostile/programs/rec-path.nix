# cycle: a path that is interpolated into itself
let p = /. + "a/${baseNameOf p}"; in p
