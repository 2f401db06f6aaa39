package flakecmd

// This file defines nix run: a program of a package.

import (
	"context"
	"os"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// RunProgram runs a program of a package. The operands behind the first are arguments of the program.
type RunProgram struct {
	storecmd.Packages
	storecmd.EnvironmentFlags
}

// A runnable is a program, and what has to be valid for it.
type runnable struct {
	program string
	needs   []store.Target
}

// Run builds the package, and makes the process its program.
func (c *RunProgram) Run(ctx context.Context, e *storecmd.Env) error {
	word, args := ".", []string(nil)
	if len(c.Installables) > 0 {
		word, args = c.Installables[0], c.Installables[1:]
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	a, err := c.app(ctx, e, s, word)
	if err != nil {
		return err
	}
	if err := e.Ensure(ctx, s, a.needs); err != nil {
		return err
	}
	if a.program, err = e.WithBuilt(ctx, s, a.needs, a.program); err != nil {
		return err
	}
	if !s.Dir().Contains(a.program) {
		return dropin.Failure("app program '%s' is not in the Nix store", a.program)
	}
	env, err := c.Environment(os.Environ())
	if err != nil {
		return err
	}
	return e.Execute(s, a.program, append([]string{a.program}, args...), storecmd.EnvironmentList(env))
}

// app returns the program that an operand means.
func (c *RunProgram) app(ctx context.Context, e *storecmd.Env, s store.Store, word string) (a *runnable, err error) {
	prefix, _, _, err := storecmd.SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	if c.IsExpression() {
		err = c.Within(ctx, e, s, prefix, func(ctx context.Context, v eval.Value) error {
			a, err = appOf(ctx, v, "")
			return err
		})
		return a, err
	}
	if _, ok, err := e.PathResult(s, word); err != nil {
		return nil, err
	} else if ok {
		return nil, dropin.Failure("installable '%s' does not correspond to a Nix language value", word)
	}
	lf := &lockFlags{LockFlags: c.LockFlags, config: true}
	session, err := newSession(ctx, e, &evalFlags{EvalFlags: c.EvalFlags, store: true, build: true}, lf)
	if err != nil {
		return nil, err
	}
	system := e.Set.Text("system")
	err = session.ev.Run(ctx, func(ctx context.Context) error {
		out, err := session.output(ctx, prefix, lf,
			[]string{"apps." + system + ".", "packages." + system + ".", "legacyPackages." + system + "."},
			[]string{"apps." + system + ".default", "defaultApp." + system, "packages." + system + ".default", "defaultPackage." + system})
		if err != nil {
			return err
		}
		if a, err = appOf(ctx, out.Value, out.attr); err != nil {
			return err
		}
		var paths []string
		for _, t := range a.needs {
			paths = append(paths, t.Path)
		}
		return session.save(ctx, paths...)
	})
	return a, err
}

// appOf returns the program that a value means, which is an attribute of a flake; "" if it is of none.
func appOf(ctx context.Context, v eval.Value, attr string) (*runnable, error) {
	kind, err := textOf(ctx, v, attr, "type")
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(attr, ".")
	want := "derivation"
	if first == "apps" || first == "defaultApp" {
		want = "app"
	}
	if kind != want {
		return nil, dropin.Failure("attribute '%s' should have type '%s'", attr, want)
	}
	if kind == "derivation" {
		return programOf(ctx, v, attr)
	}
	x, err := v.Select(ctx, "program")
	if err != nil {
		return nil, err
	}
	if x, err = x.Force(ctx); err != nil {
		return nil, err
	}
	program, ok := x.Text()
	if !ok || x.Kind() != eval.KindString {
		return nil, dropin.Failure("'%s.program' is not a string but %s", attr, x.Describe())
	}
	a := &runnable{program: program}
	for _, c := range x.Context() {
		t := store.Target{Path: c.Path}
		switch c.Kind {
		case eval.ContextOutput:
			t.Built, t.Outputs = true, []string{c.Output}
		case eval.ContextDeep:
			t.Built = true
		}
		a.needs = append(a.needs, t)
	}
	return a, nil
}

// programOf returns the main program of a derivation.
func programOf(ctx context.Context, v eval.Value, attr string) (*runnable, error) {
	drvPath, output, err := v.Instantiate(ctx)
	if err != nil {
		return nil, err
	}
	out, err := textOf(ctx, v, attr, "outPath")
	if err != nil {
		return nil, err
	}
	name, err := mainProgram(ctx, v, attr)
	if err != nil {
		return nil, err
	}
	return &runnable{program: out + "/bin/" + name, needs: []store.Target{{Path: drvPath, Built: true, Outputs: []string{output}}}}, nil
}

// mainProgram returns the name of the main program of a derivation: what its meta data say, or its
// name without the version.
func mainProgram(ctx context.Context, v eval.Value, attr string) (string, error) {
	if meta, ok := v.Attr("meta"); ok {
		meta, err := meta.Force(ctx)
		if err != nil {
			return "", err
		}
		if _, ok := meta.Attr("mainProgram"); ok {
			return textOf(ctx, meta, attr+".meta", "mainProgram")
		}
	}
	if _, ok := v.Attr("pname"); ok {
		return textOf(ctx, v, attr, "pname")
	}
	name, err := textOf(ctx, v, attr, "name")
	if err != nil {
		return "", err
	}
	for i := 0; i+1 < len(name); i++ {
		if c := name[i+1] | 0x20; name[i] == '-' && (c < 'a' || c > 'z') {
			return name[:i], nil
		}
	}
	return name, nil
}

// textOf returns an attribute that is a string.
func textOf(ctx context.Context, v eval.Value, attr, name string) (string, error) {
	v, err := v.Force(ctx)
	if err != nil {
		return "", err
	}
	x, ok := v.Attr(name)
	if attr != "" {
		name = attr + "." + name
	}
	if !ok {
		return "", dropin.Failure("attribute '%s' does not exist", name)
	}
	if x, err = x.Force(ctx); err != nil {
		return "", err
	}
	text, ok := x.Text()
	if !ok || x.Kind() != eval.KindString {
		return "", dropin.Failure("'%s' is not a string but %s", name, x.Describe())
	}
	return text, nil
}
