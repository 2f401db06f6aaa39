# L29: no else before the end
if true
  then 1
