# L50: a comment separates tokens
a: b: [ (a/**/b) (a/* */+/* */b) (a./**/b) (a/**/.b or/**/b) (1/**/2) (a# c
b) ]
