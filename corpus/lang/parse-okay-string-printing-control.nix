# L6: printing of control characters
" 	 \n \r \t"
