# L33: a minus after a name subtracts
a: b: a -c
