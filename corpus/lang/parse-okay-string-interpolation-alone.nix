# L10: a string that is only an interpolation prints like its parenthesised expression
a: [ "${a}" "${"s"}" "${1}" (a) ]
