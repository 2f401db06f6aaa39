# Zero by zero is no better. (L3)
0 / 0
