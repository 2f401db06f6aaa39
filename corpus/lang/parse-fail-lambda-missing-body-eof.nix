# L25: no body before the end
x: