# ... a string and a path. (L40)
{ r = "/a" < /b; }
