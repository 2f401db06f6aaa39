# L26: the ellipsis comes last
{ ..., a }: a
