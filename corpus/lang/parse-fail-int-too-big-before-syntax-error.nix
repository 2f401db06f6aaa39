# L2: the lexer reports first
1 + 99999999999999999999 ]
