# In pure mode a file cannot be given by its path.
1
