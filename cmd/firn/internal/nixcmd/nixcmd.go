// Package nixcmd is the part of the program nix of Nix 2.34 that is about stores: the same
// commands, flags, output, messages and exit status.
//
// The commands are those of package storecmd, whose fields say what flags and operands
// there are; here is how the reference reads command lines.
package nixcmd

// This file defines how a command line is read, and a command run.

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// commands are the commands that nix has.
type commands struct {
	Hash storecmd.Hash `cmd:"" help:"Compute and convert hashes."`
	NAR  storecmd.NAR  `cmd:"" name:"nar" help:"Make and look into archives."`
	Key  storecmd.Key  `cmd:"" help:"Make keys that sign store objects."`
}

// Main runs nix with the arguments behind its name, and returns the exit status.
func Main(args []string, s *setup.Streams) int {
	p := dropin.New("nix", s)
	e := storecmd.NewEnv(p)
	err := run(e, args)
	if closed := e.Close(); err == nil {
		err = closed
	}
	return p.End(err)
}

// A line is a command line while it is read.
type line struct {
	*dropin.Program
	root     *kong.Application
	node     *kong.Node // the command so far
	words    []string   // the names of the command
	flags    []string   // as kong reads them
	given    map[string]bool
	operands []string
	help     bool
}

// run does what the command line asks for.
func run(e *storecmd.Env, args []string) error {
	if err := e.Set.Load(); err != nil {
		return err
	}
	app, err := kong.New(&commands{}, kong.Name("nix"), kong.NoDefaultHelp(), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
	if err != nil {
		return err
	}
	l := &line{Program: e.Program, root: app.Model, node: app.Model.Node, given: map[string]bool{}}
	if err := dropin.Parse(args, l.flag, l.operand); err != nil {
		return err
	}
	if l.help {
		return l.printHelp()
	}
	if err := e.Finish(); err != nil {
		return err
	}
	if err := l.check(); err != nil {
		return err
	}
	words := append(l.words, l.flags...)
	if len(l.operands) > 0 {
		words = append(append(words, "--"), l.operands...)
	}
	parsed, err := app.Parse(words)
	if err != nil {
		return dropin.Usage("%s", err.Error())
	}
	ctx, stop := e.Interruptible()
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(e)
}

// flag takes what begins with a minus sign.
func (l *line) flag(args []string) (rest []string, ok bool, err error) {
	word, rest := args[0], args[1:]
	switch word {
	case "--help":
		l.help = true
		return rest, true, nil
	case "--version":
		return nil, true, l.PrintVersion()
	}
	f := findFlag(l.node, word)
	if f == nil {
		return l.Take(args, l.CommonFlags(), l.BuildFlags())
	}
	l.given[f.Name] = true
	if f.IsBool() {
		l.flags = append(l.flags, "--"+f.Name)
		return rest, true, nil
	}
	if len(rest) == 0 {
		return nil, true, dropin.Usage("flag '%s' requires 1 argument(s), but only 0 were given", word)
	}
	l.flags = append(l.flags, "--"+f.Name+"="+rest[0])
	return rest[1:], true, nil
}

// shortOnly are letters for flags that kong has for something else.
var shortOnly = map[string]string{"-h": "human-readable"}

// findFlag returns the flag of a command that a word is, or nil.
func findFlag(node *kong.Node, word string) *kong.Flag {
	for _, f := range node.Flags {
		if word == "--"+f.Name || shortOnly[word] == f.Name || f.Short != 0 && word == "-"+string(f.Short) {
			return f
		}
		for _, alias := range f.Aliases {
			if word == "--"+alias {
				return f
			}
		}
	}
	return nil
}

// operand takes the name of a command, or an operand of it.
func (l *line) operand(args []string) (rest []string, ok bool, err error) {
	if len(l.node.Children) == 0 {
		l.operands = append(l.operands, args[0])
		return args[1:], true, nil
	}
	for _, child := range l.node.Children {
		if child.Name == args[0] {
			l.node = child
			l.words = append(l.words, child.Name)
			return args[1:], true, nil
		}
	}
	return nil, true, dropin.Usage("'%s' is not a recognised command", args[0])
}

// check returns what is wrong with the operands and flags that the command was given.
func (l *line) check() error {
	if len(l.node.Children) > 0 {
		return dropin.Usage("no subcommand specified")
	}
	if err := l.Set.RequireFeature("nix-command"); err != nil {
		return err
	}
	for _, f := range l.node.Flags {
		if f.Required && !l.given[f.Name] {
			return dropin.Usage("required argument '--%s' is missing", f.Name)
		}
	}
	want, many := 0, false
	for _, p := range l.node.Positional {
		if p.Required {
			want++
		}
		many = many || p.IsSlice()
	}
	switch {
	case !many && len(l.operands) > len(l.node.Positional):
		return dropin.Usage("unexpected argument '%s'", l.operands[len(l.node.Positional)])
	case !many && len(l.operands) < want:
		return dropin.Usage("more arguments are required")
	}
	return nil
}

// printHelp prints what the command does, or what commands there are.
func (l *line) printHelp() error {
	fmt.Fprintf(l.Text, "%s, the one of firn", strings.Join(append([]string{"nix"}, l.words...), " "))
	if l.node.Help != "" {
		fmt.Fprintf(l.Text, ": %s", l.node.Help)
	}
	fmt.Fprintln(l.Text)
	var table []dropin.Flag
	for _, child := range l.node.Children {
		if !child.Hidden {
			fmt.Fprintf(l.Text, "\n    %-14s %s", child.Name, child.Help)
		}
	}
	for _, p := range l.node.Positional {
		fmt.Fprintf(l.Text, "\n    %-14s %s", strings.ToUpper(p.Name), p.Help)
	}
	fmt.Fprintln(l.Text)
	for _, f := range l.node.Flags {
		row := dropin.Flag{Name: f.Name, Help: f.Help}
		if f.Short < 0x80 {
			row.Short = byte(f.Short)
		}
		if !f.IsBool() {
			row.Args = "value"
		}
		table = append(table, row)
	}
	var sections []dropin.Section
	if len(table) > 0 {
		sections = append(sections, dropin.Section{Title: "Flags", Flags: table})
	}
	return dropin.PrintFlags(l.Text, append(sections, dropin.Section{Title: "Messages and settings", Flags: l.CommonFlags()})...)
}
