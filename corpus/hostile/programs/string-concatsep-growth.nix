# memory: concatStringsSep of its own result, with itself as the separator
let go = n: s: if n == 0 then s else go (n - 1) (builtins.concatStringsSep s [ s s s s ]); in builtins.stringLength (go 30 "ab")
