# L9: after '' a ''' is an escape
'''''
