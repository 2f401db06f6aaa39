# The attribute is not in the set it is inherited from. (L24)
{ inherit ({ apple = 1; }) aple; }
