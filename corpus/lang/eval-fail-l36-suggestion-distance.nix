# Names too many edits away are not suggested; an exchange of two letters is two edits. (L36, E6)
{ configuration = 1; configurations = 2; config = 3; }.confguraiton
