# L51: empty parentheses
[ () ]
