# Tabs in the excerpt. (E5)
{
	a =	[	(1 + "x") ];
}
