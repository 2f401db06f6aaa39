# L32: there is no unary plus
[ (+1) ]
