# ... on the right, too. (L32)
true -> 1.5
