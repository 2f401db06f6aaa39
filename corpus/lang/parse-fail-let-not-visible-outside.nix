# L23: names end with the let
[ (let a = 1; in a) a ]
