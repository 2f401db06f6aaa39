# L29: nothing after else
if true then 1 else
