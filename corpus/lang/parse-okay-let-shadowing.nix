# L23: inner names shadow
let a = 1; in [ (let a = 2; in a) (a: a) ({ a }: a) (rec { a = 3; b = a; }) a ]
