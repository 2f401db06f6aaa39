# ... on the right, too. (L32)
false || { }
