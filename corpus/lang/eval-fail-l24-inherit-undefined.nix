# inherit of a name that nothing defines. (L24)
{ inherit nothing; }
