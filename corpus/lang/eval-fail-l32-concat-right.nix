# ... on the right, too. (L32)
[ 1 ] ++ { a = 1; }
