# ... paths. (L31)
assert ./a == ./b; 1
