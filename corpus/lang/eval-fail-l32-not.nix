# ! needs a Boolean. (L32)
!1
