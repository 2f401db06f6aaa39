# The frame of !. (L32)
!(throw "operand")
