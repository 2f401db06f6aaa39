package instantiate

// This file defines the command line: the flags.

import (
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval"
)

// form returns what sets the form in which values are printed.
func (p *program) form(f eval.Form) func([]string) error {
	return func([]string) error { p.print.Form = f; return nil }
}

// own are the flags of the program itself: they are found behind -- too.
func (p *program) own() []dropin.Flag {
	switch {
	case p.Name == "nix-shell":
		return append(p.buildFlags(), p.shell.flags()...)
	case p.build != nil:
		return p.buildFlags()
	}
	return []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: func([]string) error { return errHelp }},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return p.PrintVersion() }},
		{Name: "expr", Short: 'E', Help: "The operands are expressions, not files.", Apply: dropin.On(&p.exprs)},
		{Name: "eval", Alias: "eval-only", Help: "Print the values, do not instantiate them.", Apply: dropin.On(&p.evalOnly)},
		{Name: "read-write-mode", Help: "With --eval: write to the store what the expression puts there.", Apply: dropin.On(&p.readWrite)},
		{Name: "parse", Alias: "parse-only", Help: "Print the expressions, do not evaluate them.", Apply: func([]string) error {
			p.parseOnly, p.evalOnly = true, true
			return nil
		}},
		{Name: "find-file", Help: "The operands are names in the search path: print where they are.", Apply: dropin.On(&p.findFile)},
		{Name: "attr", Short: 'A', Args: "path", Help: "Select this attribute, as in a.b.0; may be given several times.", Apply: func(args []string) error {
			p.attrs = append(p.attrs, args[0])
			return nil
		}},
		{Name: "add-root", Args: "path", Help: "Make a link to each derivation, which keeps it from being collected: path, path-2, ...", Apply: func(args []string) error {
			p.root = args[0]
			return nil
		}},
		{Name: "indirect", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "raw", Help: "With --eval: print a string without quotes.", Apply: p.form(eval.FormRaw)},
		{Name: "xml", Help: "With --eval: print XML.", Apply: p.form(eval.FormXML)},
		{Name: "json", Help: "With --eval: print JSON.", Apply: p.form(eval.FormJSON)},
		{Name: "no-location", Help: "With --xml: leave out where things are defined.", Apply: func([]string) error {
			p.print.Locations = false
			return nil
		}},
		{Name: "strict", Help: "With --eval: evaluate all of the value.", Apply: dropin.On(&p.print.Strict)},
		{Name: "dry-run", Help: "Write nothing to the store: print paths.", Apply: dropin.On(&p.ReadOnly)},
	}
}

// evaluation are the flags of programs that evaluate.
func (p *program) evaluation() []dropin.Flag { return p.EvalFlags(&p.Flags, &p.evalStore) }

// parse reads the command line.
func (p *program) parse(args []string) error {
	own, others := p.own(), [][]dropin.Flag{p.evaluation(), p.BuildFlags(), p.CommonFlags()}
	// operand takes what the program itself knows: its own flags, -, and files.
	operand := func(args []string) (rest []string, ok bool, err error) {
		if rest, ok, err = dropin.TakeOwn(args, own); ok {
			return rest, ok, err
		}
		word, rest := args[0], args[1:]
		switch {
		case word == "-":
			p.stdin = true
		case strings.HasPrefix(word, "-"):
			return nil, false, nil
		default:
			p.files = append(p.files, word)
		}
		return rest, true, nil
	}
	return dropin.Parse(args, func(args []string) (rest []string, ok bool, err error) {
		if rest, ok, err = p.Take(args, others...); ok {
			return rest, ok, err
		}
		return operand(args)
	}, operand)
}
