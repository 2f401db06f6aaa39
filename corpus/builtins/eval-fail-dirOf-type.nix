# dirOf wants a string.
dirOf null
