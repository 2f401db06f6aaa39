# host: a path that leads back to where it starts, again and again
let go = p: if builtins.pathExists p then go (p + "/root") else p; in go /proc/self/root
