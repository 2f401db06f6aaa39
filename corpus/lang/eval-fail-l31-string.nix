# ... strings, quoted and escaped. (L31)
assert "a\n" == "a"; 1
