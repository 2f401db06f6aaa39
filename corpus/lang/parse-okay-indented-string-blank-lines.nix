# L7: blank lines do not count, longer ones keep their excess
''
    a

  
      
    b
   
''
