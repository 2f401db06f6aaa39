package repl

// CommandNames returns all names of commands.
func CommandNames() []string { return commandNames() }
