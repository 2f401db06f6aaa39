# memory: an indented string around an indented string, doubled each time
let go = n: s: if n == 0 then s else go (n - 1) ''
    ${s}
      ${s}
  ''; in builtins.stringLength (go 45 "x")
