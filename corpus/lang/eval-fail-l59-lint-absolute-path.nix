# ... absolute paths. (L59, L13)
[ ./a ~/b /c ]
