# depth: Turing's combinator applied to itself
let t = x: y: y (x x y); theta = t t; in theta theta
