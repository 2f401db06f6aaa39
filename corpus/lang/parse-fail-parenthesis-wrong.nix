# L51: the wrong bracket
(1 ]
