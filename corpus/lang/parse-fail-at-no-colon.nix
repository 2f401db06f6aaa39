# L26: @ without a body
[ ({ a }@b) ]
