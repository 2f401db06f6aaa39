# L7: a tab is text, not indentation
[
  ''
	a
	 b
  ''
  ''
  	a
    b
  ''
  ''
 	 a
   	b
	''
]
