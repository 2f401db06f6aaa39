# L51: no closing parenthesis
(1 + (2)
