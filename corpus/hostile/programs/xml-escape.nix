# memory: toXML of toXML of toXML, twice, with more entities each time
let go = n: s: if n == 0 then s else go (n - 1) (builtins.toXML [ s s ]); in builtins.stringLength (go 40 "\"&<>\n")
