# L25: no body
(x: )
