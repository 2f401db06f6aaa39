# L17: two semicolons
{ a = 1;; }
