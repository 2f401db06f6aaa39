# L13: `/` next to text makes a path
a: b: [ 1/2 (1 / 2) (1/ 2) (a/b) (a / b) (a/ b) (1 /2) (a /b) (a/(b)) (1/"2") ]
