package flakecmd

// This file defines nix eval of the outputs of flakes.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// Eval evaluates an output of a flake, or an attribute of an expression.
type Eval struct {
	Installable string `arg:"" optional:"" help:"A flake and an attribute, as in .#packages.x86_64-linux.hello. Default: the flake here. With --file or --expr: an attribute."`

	File   string `short:"f" placeholder:"FILE" help:"Evaluate the expression in this file."`
	Expr   string `short:"E" placeholder:"TEXT" help:"Evaluate this expression."`
	JSON   bool   `name:"json" help:"Print the value as JSON."`
	Raw    bool   `help:"Print the value, a string, as it is."`
	Apply  string `placeholder:"EXPR" help:"Apply this function to the value, and print what it returns."`
	Impure bool   `help:"Let the expression see files, the environment and the time of this machine."`
	lockFlags
}

// Run evaluates and prints.
func (c *Eval) Run(ctx context.Context, e *storecmd.Env) error {
	if c.JSON && c.Raw {
		return dropin.Usage("--raw and --json are mutually exclusive")
	}
	s, err := newSession(e, c.Impure || c.File != "")
	if err != nil {
		return err
	}
	return s.ev.Run(ctx, func(ctx context.Context) error {
		v, err := c.value(ctx, s)
		if err == nil && c.Apply != "" {
			var fn eval.Value
			if fn, err = s.ev.Eval(ctx, eval.Text{Name: "«string»", Source: c.Apply, Dir: s.Dir}); err == nil {
				v, err = fn.Call(ctx, v)
			}
		}
		if err != nil {
			return err
		}
		return c.print(ctx, s, v)
	})
}

// value returns what is asked for.
func (c *Eval) value(ctx context.Context, s *session) (v eval.Value, err error) {
	switch {
	case c.File == "" && c.Expr == "":
		// Overrides and updates are for once here.
		flags := c.lockFlags
		flags.NoWriteLockFile = flags.NoWriteLockFile || len(flags.OverrideInput) > 0
		return s.installable(ctx, c.Installable, &flags, outputSets, "default", "defaultPackage")
	case c.File == "-":
		var text []byte
		if text, err = io.ReadAll(s.In); err == nil {
			v, err = s.ev.Eval(ctx, eval.Text{Name: "«stdin»", Source: string(text), Dir: s.Dir})
		}
	case c.File != "":
		v, err = s.ev.EvalMain(ctx, s.Absolute(c.File))
	default:
		v, err = s.ev.Eval(ctx, eval.Text{Name: "«string»", Source: c.Expr, Dir: s.Dir})
	}
	if err != nil {
		return v, err
	}
	return v.SelectWith(ctx, c.Installable, nil)
}

// print writes a value.
func (c *Eval) print(ctx context.Context, s *session, v eval.Value) error {
	form := eval.FormNix
	switch {
	case c.JSON:
		form = eval.FormJSON
	case c.Raw:
		form = eval.FormRaw
	}
	err := v.Format(ctx, s.Text, eval.FormatOptions{Form: form, KeepPaths: form == eval.FormJSON})
	var e *eval.FormatError
	if errors.As(err, &e) && e.Err != nil {
		err = e.Err
	}
	if err == nil && form != eval.FormRaw {
		s.Lines("")
	}
	return err
}

// Output returns the output of a flake that a word of a command line means, as in .#hello,
// evaluated by ev. The lock file is written if it lacks something.
func Output(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, word string) (eval.Value, error) {
	s := &session{e, ev}
	return s.installable(ctx, word, &lockFlags{}, outputSets, "default", "defaultPackage")
}

// outputSets are the sets of outputs in which eval looks first.
var outputSets = []string{"packages", "legacyPackages"}

// installable returns the output of a flake that REF#ATTR means. Below each of sets, the
// attribute is looked for under the name of the system first; without one, name is, and
// the set called old.
func (s *session) installable(ctx context.Context, text string, f *lockFlags, sets []string, name, old string) (v eval.Value, err error) {
	if text == "" {
		text = "."
	}
	ref, fragment, err := parseRef(ctx, s.Env, text)
	if err != nil {
		return v, err
	}
	flake, err := s.open(ctx, ref, f)
	if err != nil {
		return v, err
	}
	root, err := flake.Value(ctx)
	if err == nil {
		root, err = root.Select(ctx, "outputs")
	}
	if err != nil {
		return v, err
	}
	system := s.Set.Text("system")
	var tries []string
	switch {
	case fragment == "":
		tries = []string{sets[0] + "." + system + "." + name, old + "." + system}
	case fragment[0] == '.':
		tries = []string{fragment[1:]}
	default:
		for _, set := range sets {
			tries = append(tries, set+"."+system+"."+fragment)
		}
		tries = append(tries, fragment)
	}
	var near []string
	for _, path := range tries {
		x, similar, err := follow(ctx, root, path)
		if err != nil || similar == nil {
			return x, err
		}
		near = append(near, similar...)
	}
	return v, notProvided(ref, tries, near, parserOf(s.Env))
}

// follow returns the attribute of v at a path. If there is none, similar is not nil: the names
// that are near to the one that is missing.
func follow(ctx context.Context, v eval.Value, path string) (out eval.Value, similar []string, err error) {
	for _, name := range splitPath(path) {
		if v, err = v.Force(ctx); err != nil {
			return v, nil, err
		}
		if v.Kind() != eval.KindAttrs {
			return v, []string{}, nil
		}
		next, ok := v.Attr(name)
		if !ok {
			var names []string
			for other := range v.Attrs() {
				names = append(names, other)
			}
			return v, append([]string{}, lang.Near(name, names)...), nil
		}
		v = next
	}
	v, err = v.Force(ctx)
	return v, nil, err
}

// splitPath splits an attribute path at its dots, but for those in quotes.
func splitPath(path string) []string {
	if path == "" {
		return nil
	}
	var parts []string
	var part strings.Builder
	quoted := false
	for _, c := range path {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteRune(c)
		}
	}
	return append(parts, part.String())
}

// notProvided returns the error for a flake that has none of some attributes.
func notProvided(ref *flakeref.Ref, tries, near []string, p *flakeref.Parser) error {
	quoted := make([]string, len(tries))
	for i, t := range tries {
		quoted[i] = "'" + t + "'"
	}
	list := quoted[len(quoted)-1]
	if n := len(quoted) - 1; n > 0 {
		list = strings.Join(quoted[:n], ", ") + " or " + list
	}
	msg := fmt.Sprintf("flake '%s' does not provide attribute %s", lock.URL(p, ref), list)
	slices.Sort(near)
	near = slices.Compact(near)
	switch n := len(near); {
	case n == 1:
		msg += "\nDid you mean " + near[0] + "?"
	case n > 1:
		msg += "\nDid you mean one of " + strings.Join(near[:n-1], ", ") + " or " + near[n-1] + "?"
	}
	return dropin.Failure("%s", msg)
}
