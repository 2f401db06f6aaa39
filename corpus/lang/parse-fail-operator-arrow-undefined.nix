# L35: a->b compares a- with b
a: b: a->b
