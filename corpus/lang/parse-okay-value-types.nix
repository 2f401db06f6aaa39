# L1: one literal of every value type
[ 1 2.5 true "s" ./p null { } [ ] (x: x) ]
