# L59: a lint that is off says nothing.
[ x:y ]
