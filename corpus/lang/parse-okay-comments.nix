# L50: comments
# line
[ 1 # rest /* of line
  /* block */ 2 /* multi
  line # " '' ${ */
  3 /* * ** / */ 4 /**/ 5 /***/ 6 /* /* no nesting */ 7
] # end
