# Comments: to the end of the line, or between slash-star; no nesting. (L50)
[ 1 # one ]
  /* 2 */ 3 /* /* */ 4 /**/ 5 /***/ 6 /* * / # */ "#no" "/* no */" ''# no'' #
]
