# L51: a parenthesis too many
(1))
