# L29: no body
(assert true;)
