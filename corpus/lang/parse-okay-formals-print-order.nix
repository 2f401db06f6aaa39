# L26: order of printed formals
{ z, a ? z, m, B, _x }: z
