package flakecmd

// This file defines nix eval of the outputs of flakes.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// Eval evaluates an output of a flake, or an attribute of an expression.
type Eval struct {
	Installable string `arg:"" optional:"" help:"A flake and an attribute, as in .#packages.x86_64-linux.hello. Default: the flake here. With --file or --expr: an attribute."`

	File     string `short:"f" placeholder:"FILE" help:"Evaluate the expression in this file; - is standard input."`
	Expr     string `short:"E" placeholder:"TEXT" help:"Evaluate this expression."`
	JSON     bool   `name:"json" help:"Print the value as JSON."`
	Raw      bool   `help:"Print the value, a string, as it is."`
	Pretty   bool   `help:"With --json: print it on several lines. Default: on a terminal."`
	NoPretty bool   `help:"With --json: print it on one line. Default, but for a terminal."`
	Apply    string `placeholder:"EXPR" help:"Apply this function to the value, and print what it returns."`
	WriteTo  string `placeholder:"PATH" help:"Write a string to this file, or a set of strings to a folder."`
	ReadOnly bool   `help:"Write no derivations to the store."`
	evalFlags
	lockFlags
}

// Run evaluates and prints.
func (c *Eval) Run(ctx context.Context, e *storecmd.Env) error {
	switch {
	case c.JSON && c.Raw:
		return dropin.Usage("--raw and --json are mutually exclusive")
	case c.File != "" && c.Expr != "":
		return dropin.Usage("'--file' and '--expr' are exclusive")
	case c.File == "" && c.Expr == "" && len(c.Arguments()) > 0:
		return dropin.Usage("'--arg' and '--argstr' are incompatible with flakes")
	}
	c.Impure = c.Impure || c.File != ""
	c.store, c.config = !c.ReadOnly, true
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	return s.ev.Run(ctx, func(ctx context.Context) (err error) {
		defer func() {
			if err != nil && s.written != nil {
				_ = s.written.SaveFetched(ctx) // the evaluation's error matters more
			}
		}()
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
		if c.WriteTo != "" {
			if err := c.writeTo(ctx, s, v); err != nil {
				return err
			}
			return s.save(ctx)
		}
		if s.written == nil {
			return c.print(ctx, s, s.Text, v)
		}
		printed := s.written.Mentions(s.Text)
		if err := c.print(ctx, s, printed, v); err != nil {
			return err
		}
		return s.written.SaveMentioned(ctx, printed)
	})
}

// value returns what is asked for.
func (c *Eval) value(ctx context.Context, s *session) (v eval.Value, err error) {
	word, _, _, err := storecmd.SplitOutputs(c.Installable)
	if err != nil {
		return v, err
	}
	switch {
	case c.File == "" && c.Expr == "":
		found, err := s.packageOutput(ctx, word, &c.lockFlags)
		return found.Value, err
	case c.File == "-":
		var text []byte
		if text, err = io.ReadAll(s.In); err == nil {
			v, err = s.ev.Eval(ctx, eval.Text{Name: "«stdin»", Source: string(text), Dir: s.Dir})
		}
	case c.File != "":
		v, err = s.file(ctx, c.File)
	default:
		v, err = s.ev.Eval(ctx, eval.Text{Name: "«string»", Source: c.Expr, Dir: s.Dir})
	}
	if err != nil {
		return v, err
	}
	args, err := setup.Arguments(ctx, s.ev, s.Streams, s.args)
	if err != nil {
		return v, err
	}
	if word == "." {
		word = ""
	}
	return v.SelectWith(ctx, word, args)
}

// file evaluates a file of the command line: a path, <NAME>, or an archive at a URL.
func (s *session) file(ctx context.Context, name string) (v eval.Value, err error) {
	file := path.Clean(s.Absolute(name))
	switch {
	case len(name) > 2 && name[0] == '<' && name[len(name)-1] == '>':
		file, err = s.ev.FindFile(ctx, name[1:len(name)-1])
	case settings.IsPseudoURL(name):
		file, err = s.ev.Unpacked(ctx, name)
	}
	if err != nil {
		return v, err
	}
	return s.ev.EvalMain(ctx, file)
}

// print writes a value.
func (c *Eval) print(ctx context.Context, s *session, out io.Writer, v eval.Value) error {
	opt := eval.FormatOptions{}
	switch {
	case c.JSON:
		opt.Form, opt.KeepPaths = eval.FormJSON, true
		opt.Pretty = c.Pretty || !c.NoPretty && terminal.Of(s.Out, s.Getenv).Is
	case c.Raw:
		opt.Form = eval.FormRaw
	}
	err := v.Format(ctx, out, opt)
	var e *eval.FormatError
	if errors.As(err, &e) && e.Err != nil {
		err = e.Err
		if c.Raw {
			err = &dropin.Traced{Frame: "while generating the eval command output", Err: err}
		}
	}
	if err == nil && opt.Form != eval.FormRaw {
		s.Lines("")
	}
	return err
}

// writeTo writes a value of strings to a file or folder that is not there yet. What was
// written stays if a part of it fails.
func (c *Eval) writeTo(ctx context.Context, s *session, v eval.Value) error {
	target := filepath.FromSlash(path.Clean(s.Absolute(c.WriteTo)))
	if _, err := os.Lstat(target); err == nil {
		return dropin.Failure("path '%s' already exists", c.WriteTo)
	}
	return s.writeTree(ctx, v, target, "")
}

// writeTree writes a value to a file or folder. place is where the value is in a file, for
// messages.
func (s *session) writeTree(ctx context.Context, v eval.Value, target, place string) error {
	v, err := v.Force(ctx)
	if err != nil {
		return err
	}
	if text, ok := v.Text(); ok && v.Kind() == eval.KindString {
		return storecmd.FileError(os.WriteFile(target, []byte(text), 0o666))
	}
	if v.Kind() != eval.KindAttrs {
		return dropin.Failure("value at '%s' is not a string or an attribute set", place)
	}
	if err := os.Mkdir(target, 0o777); err != nil {
		return storecmd.FileError(err)
	}
	for name, x := range v.Attrs() {
		at := "«none»"
		if pos, ok := v.Position(name); ok {
			at = pos.String()
		}
		if name == "." || name == ".." || strings.ContainsAny(name, "/\x00") || name == "" {
			err = dropin.Failure("invalid file name '%s'", name)
		} else {
			err = s.writeTree(ctx, x, filepath.Join(target, name), at)
		}
		if err != nil {
			return &dropin.Traced{Frame: fmt.Sprintf("while evaluating the attribute '%s'", name), Err: err}
		}
	}
	return nil
}

// Output returns the output of a flake that a word of a command line means, as in .#hello,
// evaluated by ev. The lock file is written if it lacks something. With config, settings that the
// flake asks for are applied as far as they are trusted, and the error is ErrConfigured if ev is
// not one with these settings.
func Output(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, lf *storecmd.LockFlags, word string, config bool) (eval.Value, error) {
	s := &session{Env: e, ev: ev, make: func() error { return ErrConfigured }}
	found, err := s.packageOutput(ctx, word, &lockFlags{LockFlags: *lf, config: config})
	return found.Value, err
}

// ErrConfigured says that a flake has changed settings of evaluators, so that another one is
// needed.
var ErrConfigured = errors.New("a flake has changed the settings of the evaluation")

// Configure applies the settings that flakes of a command line ask for.
func Configure(ctx context.Context, e *storecmd.Env, lf *storecmd.LockFlags, words ...string) error {
	flags := &lockFlags{LockFlags: *lf, config: true}
	s, err := newSession(ctx, e, &evalFlags{EvalFlags: storecmd.EvalFlags{Impure: true}}, flags)
	if err != nil {
		return err
	}
	for _, word := range words {
		ref, _, err := parseRef(ctx, e, word)
		if err == nil {
			_, err = s.open(ctx, ref, flags)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Load returns the value of a flake, as :load-flake of a prompt has it, evaluated by ev.
func Load(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, ref string) (eval.Value, error) {
	s := &session{Env: e, ev: ev}
	flake, err := s.openText(ctx, ref, &lockFlags{})
	if err != nil {
		return eval.Value{}, err
	}
	return flake.Value(ctx)
}

// Loaded returns what a prompt has of an operand such as nixpkgs or .#lib: all outputs, or one.
func Loaded(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, lf *storecmd.LockFlags, word string) (eval.Value, error) {
	s := &session{Env: e, ev: ev}
	system := s.Set.Text("system")
	found, err := s.output(ctx, word, &lockFlags{LockFlags: *lf}, []string{"packages." + system + ".", "legacyPackages." + system + "."}, []string{""})
	return found.Value, err
}

// An output is a value that a flake has.
type output struct {
	eval.Value
	flake *eval.Flake
	attr  string // the attribute path that leads there
}

// packageOutput returns the output of a flake that REF#ATTR means to commands about packages.
func (s *session) packageOutput(ctx context.Context, text string, f *lockFlags) (output, error) {
	system := s.Set.Text("system")
	return s.output(ctx, text, f, []string{"packages." + system + ".", "legacyPackages." + system + "."},
		[]string{"packages." + system + ".default", "defaultPackage." + system})
}

// output returns the output of a flake that REF#ATTR means: the attribute is looked for behind
// each of prefixes first. Without one, it is the first of defaults that there is.
func (s *session) output(ctx context.Context, text string, f *lockFlags, prefixes, defaults []string) (found output, err error) {
	if text == "" {
		text = "."
	}
	ref, fragment, err := parseRef(ctx, s.Env, text)
	if err != nil {
		return found, err
	}
	return s.outputAt(ctx, ref, fragment, f, prefixes, defaults)
}

// outputAt is output of a reference and a fragment.
func (s *session) outputAt(ctx context.Context, ref *flakeref.Ref, fragment string, f *lockFlags, prefixes, defaults []string) (found output, err error) {
	lazy := *f
	lazy.lazy = true
	flake, err := s.open(ctx, ref, &lazy)
	if err != nil {
		return found, err
	}
	root, err := outputsOf(ctx, flake)
	if err != nil {
		return found, err
	}
	var tries []string
	switch {
	case fragment == "":
		tries = defaults
	case fragment[0] == '.':
		tries = []string{fragment[1:]}
	default:
		for _, prefix := range prefixes {
			tries = append(tries, prefix+fragment)
		}
		tries = append(tries, fragment)
	}
	var near []string
	var wrong error
	for _, path := range tries {
		x, similar, err := follow(ctx, root, path)
		var noSet *noSetError
		switch {
		case errors.As(err, &noSet):
			wrong = err // perhaps the next one is there
		case err != nil || similar == nil:
			return output{x, flake, path}, err
		}
		near = append(near, similar...)
	}
	if wrong != nil {
		return found, wrong
	}
	return found, notProvided(ref, tries, near, parserOf(s.Env))
}

// outputsOf returns the outputs of a flake.
func outputsOf(ctx context.Context, flake *eval.Flake) (eval.Value, error) {
	root, err := flake.Value(ctx)
	if err != nil {
		return root, err
	}
	return root.Select(ctx, "outputs")
}

// A noSetError is the error that an attribute path leads through something that has no attributes.
type noSetError struct{ error }

// Unwrap returns the message.
func (e *noSetError) Unwrap() error { return e.error }

// follow returns the attribute of v at a path. If there is none, similar is not nil: the names
// that are near to the one that is missing.
func follow(ctx context.Context, v eval.Value, path string) (out eval.Value, similar []string, err error) {
	names := splitPath(path)
	for i, name := range names {
		if v, err = v.Force(ctx); err != nil {
			return v, nil, err
		}
		if v.Kind() != eval.KindAttrs {
			return v, nil, &noSetError{failf("missing-output", "'%s' is not an attribute set", strings.Join(names[:i], "."))}
		}
		next, ok := v.Attr(name)
		if !ok {
			var others []string
			for other := range v.Attrs() {
				others = append(others, other)
			}
			return v, append([]string{}, lang.Near(name, others)...), nil
		}
		v = next
	}
	v, err = v.Force(ctx)
	return v, nil, err
}

// splitPath splits an attribute path at its dots, but for those in quotes. A dot at the end
// does not count.
func splitPath(path string) []string {
	path = strings.TrimSuffix(path, ".")
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
	return &failure{code: "missing-output", msg: msg, near: slices.Compact(near)}
}
