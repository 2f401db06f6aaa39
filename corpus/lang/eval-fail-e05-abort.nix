# abort. (E5)
let stop = m: abort "stop: ${m}"; in stop "now"
