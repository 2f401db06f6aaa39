package main

// This file defines firn eval: its flags, and what they mean for the evaluator.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/format"
)

// evalCmd is firn eval.
type evalCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to evaluate; - is standard input, a folder is its default.nix, <NAME> is looked up, FLAKE#ATTR is an output of a flake, as in .#hello; .json, .toml and .yaml are data. Without one: ./default.nix."`

	File  []string `short:"f" sep:"none" placeholder:"FILE" help:"Evaluate this file; arguments are attribute paths of its value then, as for nix eval --file."`
	Expr  []string `short:"E" sep:"none" placeholder:"EXPR" help:"Evaluate this text instead of files."`
	Attr  []string `short:"A" sep:"none" placeholder:"PATH" help:"Select this attribute path of the value, as in a.b.0; more than once for several. Functions on the way are called."`
	Apply string   `placeholder:"EXPR" help:"Apply this function to the value, and print what it returns."`

	JSON      bool     `xor:"form" help:"Print the value as JSON."`
	Raw       bool     `xor:"form" help:"Print the value, a string, as it is: without quotes, and without a newline."`
	XML       bool     `xor:"form" help:"Print the value as XML."`
	To        formFlag `xor:"form" placeholder:"FORM" help:"Print the value as json, yaml, toml, xml, env, raw or nix (default)."`
	JSONLines bool     `name:"json-lines" xor:"form" help:"Print a line of JSON for each attribute or element of the value, or for its error: {\"attr\":…,\"attrPath\":[…],\"value\":…}."`
	WriteTo   string   `placeholder:"PATH" help:"Write a string to this file, or a set of strings to a folder; with a form, the value to this file. It is written whole, or, if a part of the value fails, not at all."`
	Force     bool     `help:"With --write-to: replace what is there, also a folder with all that is in it."`
	Pretty    bool     `xor:"pretty" help:"Print on several lines. Default: on a terminal."`
	NoPretty  bool     `xor:"pretty" help:"Print on one line."`
	Depth     count    `xor:"depth" placeholder:"N" help:"Evaluate and print only N levels of the value."`
	Shallow   bool     `xor:"depth" help:"Show which parts the value has, and evaluate none of them."`

	Arg          []argument `sep:"none" placeholder:"NAME=EXPR" help:"Call the value, if it is a function, with this argument. Also: --arg NAME EXPR."`
	ArgStr       []argument `name:"argstr" sep:"none" placeholder:"NAME=TEXT" help:"The same, for a string."`
	ArgFromFile  []argument `sep:"none" placeholder:"NAME=FILE" help:"The same, for the contents of a file as a string."`
	ArgFromJSON  []argument `name:"arg-from-json" sep:"none" placeholder:"NAME=FILE" help:"The same, for the value of a file of JSON, or of TOML or YAML if its name ends so."`
	ArgFromStdin []string   `sep:"none" placeholder:"NAME" help:"The same, for standard input as a string."`
	Include      []string   `short:"I" sep:"none" placeholder:"[NAME=]PATH" help:"Look here for <NAME>, before NIX_PATH."`

	OverrideFlakeArg []string `sep:"none" placeholder:"NAME=EXPR" help:"Give this argument to the outputs of a flake, beside its inputs: of outputs = { self, ... }@args it is args.NAME. Also: --override-flake-arg NAME EXPR."`
	OverrideInput    []string `sep:"none" placeholder:"INPUT=REF" help:"Let an input of a flake be another flake. Also: --override-input INPUT REF."`
	Refresh          bool     `help:"Ask servers again for all that was fetched before."`

	KeepGoing bool   `short:"k" help:"Print all parts that can be evaluated, with marks in place of the others, and all errors at the end."`
	Watch     bool   `help:"Evaluate again whenever a file that was read changes, and show what changed in the value."`
	Errors    string `enum:"text,json,nix" default:"text" placeholder:"FORM" help:"Print errors as text (default), as a line of JSON each, or as nix-instantiate of C++ Nix does: nix."`
	Quiet     bool   `short:"q" help:"Print no warnings, no output of builtins.trace, and no progress; errors are printed."`
	Debugger  bool   `help:"Stop at errors and at builtins.break, at the prompt of firn repl."`
	ShowTrace bool   `negatable:"" help:"Print the whole trace of an error."`

	Pure         bool     `xor:"pure" help:"Evaluate without files, NIX_PATH, the environment and the time of this machine."`
	Impure       bool     `xor:"pure" help:"The opposite of --pure, and the default, since most programs are files."`
	MaxCallDepth count    `placeholder:"N" help:"How deep calls may nest (default: 10000)."`
	MaxMemory    byteSize `placeholder:"SIZE" help:"How much memory values may take, such as 500M or 2G (default: three quarters of the machine's)."`
	MaxTime      duration `placeholder:"TIME" help:"How long the evaluation may take, such as 10s or 5m (default: without limit)."`
	Feature      []string `name:"extra-experimental-features" sep:"none" placeholder:"NAMES" help:"Enable experimental features."`
	Option       []option `sep:"none" placeholder:"NAME=VALUE" help:"Change a setting of Nix. Also: --option NAME VALUE, and --NAME VALUE, as in --system aarch64-linux."`
	Setting      []string `hidden:"" sep:"none"` // NAME or NAME=VALUE: a flag that is a setting; see arrange

	ReadWriteMode bool   `help:"Let the expression read files that it put into the store, which is kept in memory."`
	Store         string `placeholder:"URL" help:"Build what the expression imports from derivations, in this store: auto for that of this machine, a folder, and others. Default: dummy://, which is in memory, and builds nothing."`
	Strict        bool   `hidden:""` // implied, as what follows: flags of nix-instantiate --eval
	Eval          bool   `hidden:""`
	ReadonlyMode  bool   `hidden:""`
	NoLocation    bool   `hidden:""` // of XML

	measureFlags
}

// An argument is NAME=VALUE.
type argument struct{ name, value string }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *argument) UnmarshalText(text []byte) error {
	var ok bool
	if a.name, a.value, ok = strings.Cut(string(text), "="); !ok {
		return fmt.Errorf("%q is not of the form NAME=VALUE", text)
	}
	return nil
}

type option = argument

// A formFlag is a form of output on the command line.
type formFlag struct{ form format.Form }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *formFlag) UnmarshalText(text []byte) (err error) {
	f.form, err = format.ParseForm(string(text))
	return err
}

// A count is a number on the command line: 1 or more; 0 if there is none.
type count int

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *count) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return fmt.Errorf("'%s' is not a number of 1 or more", text)
	}
	*c = count(n)
	return nil
}

// A duration is a time on the command line: 10s, 5m, 500ms; 0 if there is none.
type duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *duration) UnmarshalText(text []byte) error {
	t, err := time.ParseDuration(string(text))
	if err != nil || t <= 0 {
		return fmt.Errorf("'%s' is not a time with a unit, such as 10s, 5m or 500ms", text)
	}
	*d = duration(t)
	return nil
}

// A byteSize is a number of bytes on the command line: 1000000, 500M, 2GiB.
type byteSize uint64

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *byteSize) UnmarshalText(text []byte) error {
	s := strings.ToUpper(string(text))
	s = strings.TrimSuffix(strings.TrimSuffix(s, "B"), "I")
	shift := 0
	if s != "" {
		if i := strings.IndexByte("KMGT", s[len(s)-1]); i >= 0 {
			shift, s = 10*(i+1), s[:len(s)-1]
		}
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 || n > 1<<63>>shift {
		return fmt.Errorf("'%s' is not a size, such as 500M or 2G", text)
	}
	*b = byteSize(n << shift)
	return nil
}

// Help shows examples.
func (evalCmd) Help() string {
	return `All of the value is evaluated, and each part is printed as soon as it is known. The first
error ends that, with status 1. A function in a file is called if it needs no arguments or
--arg and the like give them; a function of -E is called only with these.

Examples:
  firn eval -E '1 + 2'                        3
  firn eval --json config.nix                 a configuration as JSON
  firn eval --to yaml --arg n 3 service.nix   a function, called, as YAML
  firn eval -A hello.drvPath '<nixpkgs>'      the path of a derivation
  firn eval -f '<nixpkgs>' hello.drvPath      the same
  firn eval .#hello.version                   an output of the flake here, purely
  firn eval --to yaml settings.toml           data in another form
  firn eval '<nixpkgs>' --shallow             the names of all packages
  firn eval -A lib.version --raw '<nixpkgs>'  a string as it is
  firn eval --keep-going --json-lines all.nix what works and what does not
  firn eval --watch config.nix                what changes while you edit`
}

// Validate checks the command line.
func (c *evalCmd) Validate() error {
	if len(c.File) > 0 {
		// As for nix eval -f, the operands are what to select.
		for _, attr := range c.Files {
			if strings.Contains(attr, "/") || strings.HasSuffix(attr, ".nix") {
				return fmt.Errorf("with --file, arguments are attribute paths, but '%s' looks like a file; for the values of several files leave out --file", attr)
			}
		}
		c.Attr = append(c.Attr, c.Files...)
		c.Files, c.File = c.File, nil
	}
	if len(c.Files)+len(c.Expr) == 0 {
		if _, err := os.Stat("default.nix"); err != nil {
			return errors.New("nothing to evaluate: name a file, - for standard input, or use -E")
		}
		c.Files = []string{"./default.nix"}
	}
	return c.validateOutput()
}

// validateOutput checks what is to be printed.
func (c *evalCmd) validateOutput() error {
	stdin := len(c.ArgFromStdin)
	for i, f := range c.Files {
		if f == "/dev/stdin" { // a link to a pipe, which has no path that could be read
			c.Files[i] = "-"
		}
		if c.Files[i] == "-" {
			stdin++
		}
	}
	values := (len(c.Files) + len(c.Expr)) * max(1, len(c.Attr))
	switch {
	case stdin > 1:
		return errors.New("standard input can be read only once, by - or by --arg-from-stdin")
	case stdin > 0 && c.Debugger:
		return errors.New("the prompt of --debugger reads standard input, so the program cannot be there")
	case values > 1 && c.form() == format.TOML:
		return fmt.Errorf("a TOML document is one value, but %d are asked for: put them into a set, as in -E '{ a = import ./a.nix; }'", values)
	case values > 1 && c.WriteTo != "":
		return fmt.Errorf("--write-to writes one value, but %d are asked for", values)
	case values > 1 && c.Watch:
		return fmt.Errorf("--watch shows what changes in one value, but %d are asked for: put them into a set, as in -E '{ a = import ./a.nix; }'", values)
	case c.Force && c.WriteTo == "":
		return errors.New("--force is for --write-to")
	case c.Watch && c.JSONLines:
		return errors.New("--watch prints what changes, so it cannot be used with --json-lines")
	case c.Watch && stdin > 0:
		return errors.New("--watch evaluates again and again, but standard input can be read only once")
	case c.Watch && c.Debugger:
		return errors.New("--watch evaluates again and again, so it cannot be used with --debugger")
	case c.JSONLines && c.WriteTo != "":
		return errors.New("--json-lines prints lines as they are known; to have them in a file, redirect the output")
	case c.Pretty && c.JSONLines:
		return errors.New("--json-lines prints a line for each value, so it cannot be used with --pretty")
	case c.Pretty && c.form() != format.Nix && c.form() != format.JSON:
		return fmt.Errorf("--pretty is for the forms nix and json, not for %s", c.form())
	case (c.Shallow || c.Depth > 0) && c.form() == format.Env:
		return errors.New("environment variables have no levels: --depth and --shallow are for other forms")
	}
	return nil
}

// form returns how values are printed.
func (c *evalCmd) form() format.Form {
	switch {
	case c.To.form != "":
		return c.To.form
	case c.JSON:
		return format.JSON
	case c.Raw:
		return format.Raw
	case c.XML:
		return format.XML
	}
	return format.Nix
}

// settings returns the settings of the machine and the user, as the command line
// changes them.
func (c *evalCmd) settings(s *setup.Streams) (*settings.Settings, error) {
	set := s.Settings(func(text string) {
		if !c.Quiet {
			fmt.Fprintf(s.Err, "warning: %s\n", text)
		}
	})
	if err := set.Load(); err != nil {
		return nil, err
	}
	flags := c.Option
	if slices.ContainsFunc(c.Files, func(file string) bool { return namesFlake(s, file) }) {
		flags = append([]option{{"extra-experimental-features", "flakes fetch-tree"}}, flags...)
		c.Pure = !c.Impure // a flake is evaluated purely, unless --impure says otherwise
		c.ReadWriteMode = true
	}
	if c.Refresh {
		flags = append(flags, option{"tarball-ttl", "0"})
	}
	for _, names := range c.Feature {
		flags = append(flags, option{"extra-experimental-features", names})
	}
	if c.Pure || c.Impure {
		flags = append(flags, option{"pure-eval", strconv.FormatBool(c.Pure)})
	}
	if c.ShowTrace {
		flags = append(flags, option{"show-trace", "true"})
	}
	if c.MaxCallDepth > 0 {
		flags = append(flags, option{"max-call-depth", strconv.Itoa(int(c.MaxCallDepth))})
	}
	for _, o := range flags {
		if err := set.Set(o.name, o.value); err != nil {
			return nil, err
		}
	}
	for _, text := range c.Setting {
		name, value, _ := strings.Cut(text, "=")
		flag, ok := set.Flag(name)
		if !ok {
			return nil, fmt.Errorf("there is no setting %s", name)
		}
		if err := flag.Apply(value); err != nil {
			return nil, err
		}
	}
	return set, set.Finish()
}

// flags returns what evaluators are made for, beside settings.
func (c *evalCmd) flags() *setup.Flags {
	f := &setup.Flags{Include: c.Include, ReadWrite: c.ReadWriteMode}
	for _, a := range c.Arg {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value})
	}
	for _, a := range c.ArgStr {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value, From: setup.FromText})
	}
	for _, a := range c.ArgFromFile {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value, From: setup.FromFile})
	}
	for _, a := range c.ArgFromJSON {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value, From: setup.FromData})
	}
	for _, name := range c.ArgFromStdin {
		f.Args = append(f.Args, setup.Arg{Name: name, From: setup.FromStdin})
	}
	return f
}

// options returns what the evaluator is made with.
func (c *evalCmd) options(world *setup.Streams, set *settings.Settings) eval.Options {
	opt := setup.Options(world, set, c.flags())
	if c.Quiet {
		opt.Messages = io.Discard
	}
	opt.Limits.Time = time.Duration(c.MaxTime)
	if c.MaxMemory > 0 {
		opt.Limits.Memory = uint64(c.MaxMemory)
	}
	return opt
}
