# Frames of // inside calls. (E5)
let merge = a: b: a // b; in merge { x = 1; } (builtins.length [ ])
