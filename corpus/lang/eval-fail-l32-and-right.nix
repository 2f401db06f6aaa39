# ... on the right if it comes to that. (L32)
true && "b"
