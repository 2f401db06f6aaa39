# depth: attributes that each need the next, by names computed as needed
let s = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = if i == 999999 then 0 else s."n${toString (i + 1)}"; }) 1000000); in s.n0
