# An error in an element has the frame of the function, not of map.
builtins.elemAt (map (x: throw "in the function") [ 1 ]) 0
