# L21: only the first part of a let name must be static
x: let a.${x} = 1; b."${x}".c = 2; in [ a b ]
