package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/lang"
)

// parseCmd is firn parse.
type parseCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to parse; - is standard input, a folder is its default.nix."`

	Expr    []string `short:"E" sep:"none" placeholder:"EXPR" help:"Parse this text, too."`
	JSON    bool     `xor:"form" help:"Print the tree with positions, as JSON."`
	Source  bool     `xor:"form" help:"Print source text that parses to the same tree, rather than what nix-instantiate --parse prints."`
	Check   bool     `xor:"form" help:"Parse every .nix file below the given folders, and list what fails, one line for each error."`
	Errors  string   `enum:"text,short,nix" default:"text" help:"How errors are printed: text (with an excerpt and hints), short (one line each), or nix (as by nix-instantiate)."`
	Jobs    count    `short:"j" help:"With --check: how many files at once (default: one for each processor)."`
	Feature []string `name:"extra-experimental-features" sep:" " placeholder:"NAME" help:"Enable a feature of the language; the one there is: pipe-operators."`
}

// Help shows examples.
func (parseCmd) Help() string {
	return `Examples:
  firn parse default.nix          the expression as nix-instantiate --parse prints it
  firn parse -E 'x: x.a or 1'     the same, of a text
  firn parse --json default.nix   the tree with positions
  firn parse --check ~/nixpkgs    does every file parse?`
}

// Validate checks the command line.
func (c *parseCmd) Validate() error {
	switch {
	case len(c.Files)+len(c.Expr) == 0:
		return errors.New("nothing to parse: name a file, - for standard input, or use -E")
	case c.Check && len(c.Files) == 0:
		return errors.New("--check needs a folder")
	case c.Check && (len(c.Expr) > 0 || slices.Contains(c.Files, "-")):
		return errors.New("--check takes folders only")
	}
	return nil
}

// Run parses what the command line names.
func (c *parseCmd) Run(s *streams) error {
	cfg := lang.NewConfig()
	for _, name := range c.Feature {
		if name != "pipe-operators" {
			fmt.Fprintf(s.err, "warning: unknown experimental feature '%s'\n", name)
			continue
		}
		cfg.Pipes = true
	}
	globals := lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)
	if c.Check {
		return check(s, cfg, globals, c.Files, int(c.Jobs))
	}
	out := bufio.NewWriter(s.out)
	defer out.Flush()
	failed := false
	one := func(name, dir, src string) {
		tree, err := parse(cfg, globals, name, src)
		if err != nil {
			failed = true
			out.Flush()
			c.printErrors(s, err)
			return
		}
		for _, w := range tree.Warnings {
			out.Flush()
			fmt.Fprintf(s.err, "warning: %s\n", w)
		}
		c.print(out, tree, dir)
	}
	for _, arg := range c.Files {
		name, dir, src, err := read(s, arg)
		if err != nil {
			failed = true
			out.Flush()
			c.printErrors(s, err)
			continue
		}
		one(name, dir, src)
	}
	for _, text := range c.Expr {
		dir, err := os.Getwd()
		if err != nil {
			return err
		}
		one("«string»", dir, text)
	}
	if failed {
		return errFailed
	}
	return out.Flush()
}

func (c *parseCmd) print(w io.Writer, tree *lang.Tree, dir string) {
	switch {
	case c.JSON:
		fmt.Fprintf(w, "%s\n", tree.JSON())
	case c.Source:
		fmt.Fprintln(w, tree.Print(lang.PrintOptions{}))
	default:
		home, _ := os.UserHomeDir()
		fmt.Fprintln(w, tree.Print(lang.PrintOptions{Desugar: true, Dir: dir, Home: home}))
	}
}

// printErrors prints every error of a text: one line each, as a report, or as the reference
// does.
func (c *parseCmd) printErrors(s *streams, err error) {
	var list lang.ErrorList
	switch {
	case !errors.As(err, &list):
		fmt.Fprintf(s.err, "error: %s\n", plainError(err))
	case c.Errors == "short":
		for _, e := range list {
			fmt.Fprintln(s.err, e)
		}
	case c.Errors == errorsNix:
		for _, e := range list.Sorted() {
			fmt.Fprintf(s.err, "error: %s\n       at %s:\n%s", e.Msg, e.Position(), e.Excerpt())
		}
	default:
		p := &errorPrinter{streams: s, form: errorsText, main: c.Files}
		p.print(list.Sorted(), "")
	}
}

// parse parses and resolves.
func parse(cfg *lang.Config, globals *lang.Scope, name, src string) (*lang.Tree, error) {
	tree, err := cfg.Parse(name, src)
	if err != nil {
		return nil, err
	}
	return tree, tree.Resolve(globals)
}

// read returns the text that arg names, what messages call it, and the folder
// that relative paths in it start from.
func read(s *streams, arg string) (name, dir, src string, err error) {
	if arg == "-" {
		text, err := io.ReadAll(s.in)
		if err != nil {
			return "", "", "", err
		}
		dir, err := os.Getwd()
		return "«stdin»", dir, string(text), err
	}
	name, err = filepath.Abs(arg)
	if err != nil {
		return "", "", "", err
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "default.nix")
	}
	text, err := s.setup().ReadNamed(context.Background(), filepath.ToSlash(name))
	if err != nil {
		return "", "", "", err
	}
	return name, filepath.Dir(name), string(text), nil
}

// nixFiles returns the .nix files below the folders, sorted; a file stands for itself.
func nixFiles(roots []string) ([]string, error) {
	var files []string
	for _, arg := range roots {
		root, err := filepath.EvalSymlinks(arg)
		if err != nil {
			return nil, err
		}
		found := len(files)
		err = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Type().IsRegular() && (path == root || filepath.Ext(path) == ".nix") {
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(files) == found {
			return nil, fmt.Errorf("no .nix file below %s", arg)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}
