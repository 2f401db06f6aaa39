# host: all of /proc, which changes as one reads it
let walk = p: builtins.mapAttrs (n: t: if t == "directory" then walk (p + "/${n}") else t) (builtins.readDir p); in walk /proc/self
