# ... Booleans are none. (L32)
2 * true
