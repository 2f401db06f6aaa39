package main

// This file defines the order of the words of a command line: flags may stand anywhere,
// as with getopt, and have their values behind a space or a =. What is wrong with a
// flag is said here, in firn's own words.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/lang"
)

// pairFlags take a name and a value.
var pairFlags = map[string]bool{"arg": true, "argstr": true, "arg-from-file": true, "arg-from-json": true, "option": true, "override-flake": true, "override-flake-arg": true, "override-input": true, "redirect": true, "set-env-var": true}

// A usageError is what is wrong with a command line.
type usageError struct {
	command string // that --help is suggested of: "firn", or "firn eval"
	msg     string
}

func (e *usageError) Error() string { return e.msg }

// An arranger puts the words of a command line in order.
type arranger struct {
	node     *kong.Node // the command
	words    []string   // left
	flags    []string   // with their values
	operands []string
}

// arrange returns a command line that can be read in one way only: the command, flags
// that have their values in the same word, and behind all of them the operands.
func arrange(root *kong.Node, args []string) ([]string, error) {
	a := &arranger{node: root, words: args}
	if len(args) > 0 && args[0] == "help" {
		a.words = append(args[1:len(args):len(args)], "--help")
	}
	var commands []string
	for len(a.words) > 0 {
		word := a.next()
		switch {
		case word == "--":
			a.operands = append(a.operands, a.words...)
			a.words = nil
		case strings.HasPrefix(word, "--"):
			if err := a.long(word[2:]); err != nil {
				return nil, err
			}
		case strings.HasPrefix(word, "-") && word != "-":
			if err := a.short(word[1:]); err != nil {
				return nil, err
			}
		default:
			child := childOf(a.node, word)
			if child == nil {
				a.operands = append(a.operands, word)
				continue
			}
			a.node = child
			commands = append(commands, word)
			if child.Passthrough {
				return append(append(a.flags, commands...), a.words...), nil
			}
		}
	}
	if err := a.checkOperands(); err != nil {
		return nil, err
	}
	out := append(commands, a.flags...)
	if len(a.operands) > 0 && len(commands) > 0 {
		out = append(out, "--")
	}
	return append(out, a.operands...), nil
}

// checkOperands returns an error if a command is missing or unknown, or if there are fewer
// or more operands than the command takes.
func (a *arranger) checkOperands() error {
	group := len(a.node.Children) > 0
	switch {
	case group && len(a.operands) > 0:
		return a.noCommand()
	case slices.Contains(a.flags, "--help") || slices.Contains(a.flags, "--version"):
		return nil
	case group:
		return a.noCommand()
	}
	given, takes := len(a.operands), len(a.node.Positional)
	var missing []string
	for i, p := range a.node.Positional {
		if p.Required && i >= given {
			missing = append(missing, "<"+p.Name+">")
		}
		if p.IsCumulative() {
			takes = max(takes, given)
		}
	}
	switch {
	case len(missing) == 1:
		return a.errorf("an argument is missing: %s", missing[0])
	case len(missing) > 1:
		return a.errorf("arguments are missing: %s", strings.Join(missing, " "))
	case takes == 0 && given > 0:
		return a.errorf("%s takes no arguments, but there is %s", a.node.FullPath(), a.operands[0])
	case given > takes:
		return a.errorf("one argument too many: %s", a.operands[takes])
	}
	return nil
}

// noCommand returns what is wrong with a command line that ends at a group of commands.
func (a *arranger) noCommand() error {
	names, of := commandNames(a.node), ""
	if a.node.Type == kong.CommandNode {
		of = " of " + a.node.FullPath()
	}
	if len(a.operands) == 0 {
		return a.errorf("a command%s is missing: %s", of, listed(names))
	}
	hint := suggest(a.operands[0], "", names)
	if hint == "" && of != "" {
		hint = "; there are " + listed(names)
	}
	return a.errorf("there is no command %s%s%s", a.operands[0], of, hint)
}

// listed returns names as a list in a sentence.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func childOf(node *kong.Node, name string) *kong.Node {
	for _, child := range node.Children {
		if child.Name == name || slices.Contains(child.Aliases, name) {
			return child
		}
	}
	return nil
}

func (a *arranger) next() string {
	word := a.words[0]
	a.words = a.words[1:]
	return word
}

// long takes a flag with two minus signs: NAME, or NAME=VALUE.
func (a *arranger) long(text string) error {
	name, value, joined := strings.Cut(text, "=")
	flag := findFlag(a.node, "--"+name)
	if flag == nil {
		return a.setting(name, value, joined)
	}
	if takesNothing(flag) {
		if joined && flag.Name != "stats" {
			return a.errorf("--%s takes no value", name)
		}
		a.flags = append(a.flags, "--"+text)
		return nil
	}
	if joined {
		a.flags = append(a.flags, "--"+flag.Name+"="+value)
		return nil
	}
	return a.value(flag, "--"+name)
}

// short takes the letters behind one minus sign: flags, of which the last may have its
// value behind it.
func (a *arranger) short(letters string) error {
	for i, r := range letters {
		name := "-" + string(r)
		flag := findFlag(a.node, name)
		if flag == nil {
			return a.errorf("there is no flag %s%s", name, suggest(letters, "--", a.flagNames()))
		}
		rest := letters[i+len(string(r)):]
		switch {
		case takesNothing(flag):
			a.flags = append(a.flags, "--"+flag.Name)
			continue
		case rest != "":
			a.flags = append(a.flags, "--"+flag.Name+"="+strings.TrimPrefix(rest, "="))
			return nil
		}
		return a.value(flag, name)
	}
	return nil
}

// value takes the value of a flag, or its name and value, from the words behind it.
func (a *arranger) value(flag *kong.Flag, shown string) error {
	if len(a.words) == 0 {
		return a.errorf("%s needs a value: %s %s", shown, shown, flag.FormatPlaceHolder())
	}
	if storecmd.TakesRest(flag.Name) {
		for _, word := range a.words {
			a.flags = append(a.flags, "--"+flag.Name+"="+word)
		}
		a.words = nil
		return nil
	}
	value := a.next()
	if pairFlags[flag.Name] && !strings.Contains(value, "=") {
		if len(a.words) == 0 {
			return a.errorf("%s needs a name and a value: %s %s", shown, shown, strings.ReplaceAll(flag.FormatPlaceHolder(), "=", " "))
		}
		value += "=" + a.next()
	}
	a.flags = append(a.flags, "--"+flag.Name+"="+value)
	return nil
}

// setting takes a flag that is a setting of Nix, such as --system NAME or
// --no-allow-import-from-derivation, if the command evaluates.
func (a *arranger) setting(name, value string, joined bool) error {
	flag, ok := allSettings().Flag(name)
	if findFlag(a.node, "--setting") == nil || !ok || flag.Args == 0 && joined {
		return a.errorf("there is no flag --%s%s", name, suggest(name, "--", a.flagNames()))
	}
	switch {
	case flag.Args == 0:
		a.flags = append(a.flags, "--setting="+name)
		return nil
	case !joined && len(a.words) == 0:
		return a.errorf("--%s needs a value", name)
	case !joined:
		value = a.next()
	}
	a.flags = append(a.flags, "--setting="+name+"="+value)
	return nil
}

// allSettings returns the settings of Nix, with their defaults.
func allSettings() *settings.Settings {
	return settings.New(settings.Source{LookupEnv: func(string) (string, bool) { return "", false }})
}

func takesNothing(flag *kong.Flag) bool { return flag.IsBool() || flag.IsCounter() }

func (a *arranger) errorf(format string, args ...any) error {
	command := "firn"
	if a.node.Type == kong.CommandNode {
		command = a.node.FullPath()
	}
	return &usageError{command, fmt.Sprintf(format, args...)}
}

// flagNames returns the names of the long flags of the command.
func (a *arranger) flagNames() []string {
	var out []string
	for _, c := range flagNames(a.node) {
		out = append(out, strings.TrimPrefix(c.word, "--"))
	}
	return out
}

func commandNames(root *kong.Node) []string {
	var out []string
	for _, child := range root.Children {
		if !child.Hidden {
			out = append(out, child.Name)
		}
	}
	return out
}

// suggest returns a hint at those of names, with a prefix, that are likely to be meant.
func suggest(name, prefix string, names []string) string {
	if near := lang.Similar(name, names); len(near) > 0 {
		return "; did you mean " + prefix + strings.Join(near, " or "+prefix) + "?"
	}
	return ""
}
