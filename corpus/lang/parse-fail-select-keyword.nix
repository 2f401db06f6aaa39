# L36: a keyword after the dot
a: a.then
