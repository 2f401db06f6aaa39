# L26: rec before a set pattern
rec { a }: a
