# Names, nesting, empty sets and lists. (O1)
{ a = { }; b = [ ]; c = [ [ ] [ { } ] ]; d.e.f = null; "g h" = [ 1 "a" ./p true ]; "1" = -1; "i" = "line\nline"; }
