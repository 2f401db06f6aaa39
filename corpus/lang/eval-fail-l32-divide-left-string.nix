# ... on the left, too. (L32)
"a" / 2
