# L29: no else
(if true then 1)
