# In a longer sum the operands of the message are the partial sum and the next term. (L3)
9223372036854775806 + 1 + 1 + 1
