# null plus anything is a failed coercion to a string. (L16)
null + 1
