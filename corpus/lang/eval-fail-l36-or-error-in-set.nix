# ... nor errors of the set itself. (L36)
(throw "no set").a or 1
