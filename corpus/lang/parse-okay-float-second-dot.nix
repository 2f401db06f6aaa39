# L4: each dot starts a new float
[ (1.5.5) (1.2.3.4) (1..5) ]
