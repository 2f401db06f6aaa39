# Sizes are compared first; elements only up to the first difference. (L41, L52)
[ ([ (throw "a") ] == [ ]) ([ 1 (throw "a") ] == [ 2 (throw "b") ]) ({ a = throw "a"; } == { }) ({ a = throw "a"; } == { b = throw "b"; }) ([ (throw "a") ] == { }) ]
