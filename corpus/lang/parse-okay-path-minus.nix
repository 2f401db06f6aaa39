# L13: a minus sign belongs to the path
a: b: [ (a-b/c) (a -b/c) (a - b/c) (-a/b) (- a/b) (-(a/b)) ]
