package repl

// This file defines the commands that build: what they do with derivations is the caller's part.

import (
	"context"
	"errors"
	"fmt"

	"github.com/firn-lang/firn/eval"
)

// Derivations does with derivations, which an evaluation has made, what the commands ask for.
type Derivations interface {
	// Build builds all outputs, and returns them in the order of their names.
	Build(ctx context.Context, drvPath string) ([]Output, error)
	// Link makes a link to a path, which keeps it from being collected.
	Link(ctx context.Context, link, path string) error
	// Install installs a derivation in the profile of the user.
	Install(ctx context.Context, drvPath string) error
	// Shell starts a shell with what a derivation is built with, and waits for its end.
	Shell(ctx context.Context, drvPath string) error
	// Log prints the log of a build.
	Log(ctx context.Context, drvPath string) error
}

// An Output is a result of a derivation.
type Output struct{ Name, Path string }

// derivations returns what works with derivations.
func (s *Session) derivations() (Derivations, error) {
	if s.opt.Derivations == nil {
		return nil, errors.New("this prompt builds nothing")
	}
	return s.opt.Derivations, nil
}

// derivation evaluates an expression so far that the derivation that it is has a path.
func (s *Session) derivation(ctx context.Context, arg string) (string, error) {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return "", err
	}
	return instantiated(ctx, v)
}

// instantiated returns the path of the derivation that v is.
func instantiated(ctx context.Context, v eval.Value) (string, error) {
	kind, ok := "", false
	if v.Kind() == eval.KindAttrs {
		if t, has := v.Attr("type"); has {
			t, err := t.Force(ctx)
			if err != nil {
				return "", err
			}
			kind, ok = t.Text()
		}
	}
	if !ok || kind != "derivation" {
		return "", errors.New("expression does not evaluate to a derivation, so I can't build it")
	}
	drvPath, _, err := v.Instantiate(ctx)
	return drvPath, err
}

// build builds a derivation, and shows its outputs. :b.
func (s *Session) build(ctx context.Context, arg string) error {
	return s.outputs(ctx, arg, func(_ Derivations, o Output) error {
		fmt.Fprintf(s.opt.Out, "  %s -> %s\n", o.Name, o.Path)
		return nil
	})
}

// buildLinked builds a derivation, and links to its outputs. :bl.
func (s *Session) buildLinked(ctx context.Context, arg string) error {
	return s.outputs(ctx, arg, func(d Derivations, o Output) error {
		link := "repl-result-" + o.Name
		if err := d.Link(ctx, s.absolute(link), o.Path); err != nil {
			return err
		}
		fmt.Fprintf(s.opt.Out, "  ./%s -> %s\n", link, o.Path)
		return nil
	})
}

// outputs builds a derivation, and calls fn for each output.
func (s *Session) outputs(ctx context.Context, arg string, fn func(Derivations, Output) error) error {
	return s.with(ctx, arg, func(d Derivations, drvPath string) error {
		built, err := d.Build(ctx, drvPath)
		if err != nil {
			return err
		}
		fmt.Fprint(s.opt.Out, "\nThis derivation produced the following outputs:\n")
		for _, o := range built {
			if err := fn(d, o); err != nil {
				return err
			}
		}
		return nil
	})
}

// with calls fn with the path of a derivation.
func (s *Session) with(ctx context.Context, arg string, fn func(d Derivations, drvPath string) error) error {
	d, err := s.derivations()
	if err != nil {
		return err
	}
	drvPath, err := s.derivation(ctx, arg)
	if err != nil {
		return err
	}
	return fn(d, drvPath)
}

// install installs a derivation. :i.
func (s *Session) install(ctx context.Context, arg string) error {
	return s.with(ctx, arg, func(d Derivations, drvPath string) error { return d.Install(ctx, drvPath) })
}

// shell starts a shell with what a derivation is built with. :sh.
func (s *Session) shell(ctx context.Context, arg string) error {
	return s.with(ctx, arg, func(d Derivations, drvPath string) error { return d.Shell(ctx, drvPath) })
}

// log shows the log of a build. :log.
func (s *Session) log(ctx context.Context, arg string) error {
	return s.with(ctx, arg, func(d Derivations, drvPath string) error { return d.Log(ctx, drvPath) })
}

// use starts a shell in which the programs of a derivation are found. :u.
func (s *Session) use(ctx context.Context, arg string) error {
	d, err := s.derivations()
	if err != nil {
		return err
	}
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	make, err := s.ev.Eval(ctx, eval.Text{Source: `drv: (import <nixpkgs> {}).runCommand "shell" { buildInputs = [ drv ]; } ""`, Dir: s.opt.Dir})
	if err != nil {
		return err
	}
	if v, err = make.Call(ctx, v); err != nil {
		return err
	}
	drvPath, err := instantiated(ctx, v)
	if err != nil {
		return err
	}
	return d.Shell(ctx, drvPath)
}
