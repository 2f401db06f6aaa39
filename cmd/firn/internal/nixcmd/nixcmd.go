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
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/serving"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// commands are the commands that nix has.
type commands struct {
	Hash storecmd.Hash `cmd:"" help:"Compute and convert hashes."`
	NAR  storecmd.NAR  `cmd:"" name:"nar" help:"Make and look into archives."`
	Key  storecmd.Key  `cmd:"" help:"Make keys that sign store objects."`

	Build    storecmd.Build      `cmd:"" help:"Build packages, or fetch them, and make links to them."`
	Eval     flakecmd.Eval       `cmd:"" help:"Evaluate an output of a flake, or an expression."`
	Run      flakecmd.RunProgram `cmd:"" help:"Run a program of a package."`
	Develop  flakecmd.Develop    `cmd:"" help:"Start a shell with what a derivation is built with."`
	Env      storecmd.EnvGroup   `cmd:"" help:"Change the environment of processes."`
	Shell    storecmd.Shell      `cmd:"" hidden:"" help:"Start a shell in which programs of packages are found."`
	Flake    flakecmd.Flake      `cmd:"" help:"Look at flakes, and lock them."`
	Registry flakecmd.Registry   `cmd:"" help:"Look at what names of flakes stand for, and change it."`
	Search   flakecmd.Search     `cmd:"" help:"Search for packages."`
	Repl     Repl                `cmd:"" help:"Evaluate expressions at a prompt."`

	Store       storecmd.Store       `cmd:"" help:"Look at a store, add to it, and keep order in it."`
	PathInfo    storecmd.PathInfo    `cmd:"" help:"Print what is known of store objects."`
	Copy        storecmd.Copy        `cmd:"" help:"Copy paths between stores."`
	Log         storecmd.Log         `cmd:"" help:"Print the log of a build."`
	Derivation  storecmd.Derivation  `cmd:"" help:"Print and add derivations."`
	Profile     storecmd.Profile     `cmd:"" help:"Manage profiles."`
	PrintDevEnv flakecmd.PrintDevEnv `cmd:"" help:"Print commands that set the variables with which a derivation is built."`
	WhyDepends  storecmd.WhyDepends  `cmd:"" help:"Explain why a path refers to another one."`
	Realisation storecmd.Realisation `cmd:"" help:"Look at which paths outputs have that follow from their contents."`
	Config      storecmd.Config      `cmd:"" help:"Look at how Nix is set up."`
	Daemon      daemon               `cmd:"" help:"Let others work with the store of this machine."`
}

// daemon serves the local store, as nix-daemon does.
type daemon struct {
	Stdio          bool `help:"Serve standard input and output, and end with them."`
	ForceTrusted   bool `help:"Trust all who connect."`
	ForceUntrusted bool `help:"Trust nobody."`
	DefaultTrust   bool `help:"Trust those whom the settings say."`
}

// Run serves the store. The last flags are those of an experimental feature.
func (c *daemon) Run(e *storecmd.Env) error {
	o := serving.Options{Stdio: c.Stdio}
	if c.ForceTrusted || c.ForceUntrusted {
		o.Trust = new(c.ForceTrusted && !c.ForceUntrusted)
	}
	if o.Trust != nil || c.DefaultTrust {
		if err := e.Set.RequireFeature("daemon-trust-override"); err != nil {
			return err
		}
	}
	return serving.Serve(o, e.Program)
}

// aliases are old names of commands.
var aliases = map[string][]string{
	"add-to-store": {"store", "add-path"}, "cat-nar": {"nar", "cat"}, "cat-store": {"store", "cat"}, "copy-sigs": {"store", "copy-sigs"}, "doctor": {"config", "check"},
	"diff-closures": {"store", "diff-closures"}, "dump-path": {"store", "dump-path"}, "hash-file": {"hash", "file"}, "hash-path": {"hash", "path"},
	"ls-nar": {"nar", "ls"}, "ls-store": {"store", "ls"}, "make-content-addressable": {"store", "make-content-addressed"},
	"optimise-store": {"store", "optimise"}, "ping-store": {"store", "info"}, "sign-paths": {"store", "sign"}, "show-derivation": {"derivation", "show"},
	"to-base16": {"hash", "to-base16"}, "to-base32": {"hash", "to-base32"}, "to-base64": {"hash", "to-base64"}, "verify": {"store", "verify"},
	"store ping": {"info"}, "profile install": {"add"},
}

// Main runs nix with the arguments behind its name, and returns the exit status. prompt is nix
// repl.
func Main(args []string, s *setup.Streams, prompt ReplFunc) int {
	p := dropin.New("nix", s)
	e := storecmd.NewEnv(p)
	e.Flakes = flakecmd.Installables
	err := run(e, args, prompt)
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
func run(e *storecmd.Env, args []string, prompt ReplFunc) error {
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
	parsed.Bind(prompt)
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
		return l.Take(args, l.fetchFlags(), l.CommonFlags(), l.BuildFlags())
	}
	l.given[f.Name] = true
	if f.IsBool() {
		l.flags = append(l.flags, "--"+f.Name)
		return rest, true, nil
	}
	if storecmd.TakesRest(f.Name) {
		if len(rest) == 0 {
			return nil, true, dropin.Usage("--%s requires at least one argument", f.Name)
		}
		for _, word := range rest {
			l.flags = append(l.flags, "--"+f.Name+"="+word)
		}
		return nil, true, nil
	}
	want := 1
	if pairs[f.Name] {
		want = 2
	}
	if len(rest) < want {
		return nil, true, dropin.Usage("flag '%s' requires %d argument(s), but only %d were given", word, want, len(rest))
	}
	l.flags = append(l.flags, "--"+f.Name+"="+strings.Join(rest[:want], "="))
	return rest[want:], true, nil
}

// fetchFlags returns the flags about what is fetched, and built, which all commands have.
func (l *line) fetchFlags() []dropin.Flag {
	return []dropin.Flag{
		{Name: "refresh", Help: "Ask servers again for all that was fetched before.", Apply: func([]string) error { return l.Set.Set("tarball-ttl", "0") }},
		{Name: "offline", Alias: "no-net", Help: "Ask no server for what was fetched before, and no binary cache.", Apply: func([]string) error {
			for _, s := range [][2]string{{"tarball-ttl", "4294967295"}, {"substitute", "false"}, {"download-attempts", "1"}, {"connect-timeout", "1"}} {
				if err := l.Set.Set(s[0], s[1]); err != nil {
					return err
				}
			}
			return nil
		}},
		{Name: "print-build-logs", Short: 'L', Help: "Print the logs of builds.", Apply: dropin.Nothing},
	}
}

// pairs are the flags that have a name and a value.
var pairs = map[string]bool{"arg": true, "argstr": true, "arg-from-file": true, "override-flake": true, "override-flake-arg": true, "override-input": true, "redirect": true, "set-env-var": true}

// shortOnly are letters for flags that kong has for something else.
var shortOnly = map[string]string{"-h": "human-readable"}

// notShort are letters that firn has for flags, and nix has not.
var notShort = map[string]bool{"-E": true}

// findFlag returns the flag of a command that a word is, or nil.
func findFlag(node *kong.Node, word string) *kong.Flag {
	for _, f := range node.Flags {
		if word == "--"+f.Name || shortOnly[word] == f.Name || f.Short != 0 && word == "-"+string(f.Short) && !notShort[word] {
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
	names := []string{args[0]}
	old := strings.Join(append(slices.Clone(l.words), args[0]), " ")
	if new, ok := aliases[old]; ok {
		l.Log.Warn(fmt.Sprintf("'%s' is a deprecated alias for '%s'", args[0], strings.Join(new, " ")))
		names = new
	}
	for _, name := range names {
		child := l.child(name)
		if child == nil {
			return nil, true, l.unknown(args[0])
		}
		l.node = child
		if l.node.Name == "repl" && len(l.words) == 0 { // which is impure, unless flags behind the word say otherwise
			if err := l.Set.Set("pure-eval", "false"); err != nil {
				return nil, true, err
			}
		}
		l.words = append(l.words, child.Name)
		if name != child.Name {
			group := "nix " + strings.Join(l.words[:len(l.words)-1], " ")
			l.Log.Warn(fmt.Sprintf("'%s %s' is a deprecated alias for '%s %s'", group, name, group, child.Name))
		}
	}
	return args[1:], true, nil
}

// child returns the command of a name below the command so far; nil if there is none.
func (l *line) child(name string) *kong.Node {
	for _, child := range l.node.Children {
		if child.Name == name || slices.Contains(child.Aliases, name) {
			return child
		}
	}
	return nil
}

// unknown returns the error about a word that is no command.
func (l *line) unknown(word string) error {
	var names []string
	for _, child := range l.node.Children {
		names = append(names, child.Name)
	}
	return dropin.Usage("'%s' is not a recognised command%s", word, dropin.Suggest(word, names))
}

// wrapped is how many characters a line of such a message has at most.
const wrapped = 59

// noCommand returns the error that there is no command, or none behind the name of a group.
func (l *line) noCommand() error {
	if len(l.words) == 0 {
		return dropin.Usage("no subcommand specified")
	}
	var names []string
	for _, child := range l.node.Children {
		names = append(names, child.Name)
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(a+"`", b+"`") }) // Quirk: add-file comes before add.
	head := "nix " + strings.Join(l.words, " ") + " requires a sub-command. Available"
	if len(head) > wrapped-len(" sub-commands:") {
		head += "\n      "
	}
	return dropin.Usage("%s sub-commands:\n%s", head, "\n         · "+strings.Join(names, "\n         · "))
}

// check returns what is wrong with the operands and flags that the command was given.
func (l *line) check() error {
	if len(l.node.Children) > 0 {
		return l.noCommand()
	}
	if l.node.Name != "repl" { // which is older
		if err := l.Set.RequireFeature("nix-command"); err != nil {
			return err
		}
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
	return dropin.PrintFlags(l.Text, append(sections, dropin.Section{Title: "Messages and settings", Flags: append(l.fetchFlags(), l.CommonFlags()...)})...)
}
