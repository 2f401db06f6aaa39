# The position of the frame is that of the condition. (L29)
if true
then
  if false
  then 1
  else if "no bool"
  then 2
  else 3
else 4
