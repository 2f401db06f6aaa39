# L26: @ on both sides
a@{ b }@c: b
