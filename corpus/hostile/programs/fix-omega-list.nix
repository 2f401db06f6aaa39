# depth: omega that keeps a list of what it was
(x: x x [ ]) (x: l: x x [ l l ])
