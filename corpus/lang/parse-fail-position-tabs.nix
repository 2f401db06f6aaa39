# a tab counts as one column
{
		a =	1	]
