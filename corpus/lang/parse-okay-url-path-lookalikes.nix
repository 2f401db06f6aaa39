# L12: URLs that contain paths or numbers
[ x:./a x:/a x:1 x:.5 x:a.b x:a/b/ x://a// ]
