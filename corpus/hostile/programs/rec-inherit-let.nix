# cycle: a let that inherits from itself
let inherit (s) s; in s
