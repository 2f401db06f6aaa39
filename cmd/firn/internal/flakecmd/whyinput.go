package flakecmd

// This file defines flake why-input: which flakes bring an input in.

import (
	"context"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/lang"
)

// WhyInput is flake why-input.
type WhyInput struct {
	Input string `arg:"" help:"The input: its path, as in home-manager/nixpkgs, or its name, wherever flakes have one of that name."`
	Flake string `placeholder:"FLAKE" help:"The flake. Default: the one here."`
	JSON  bool   `name:"json" help:"Print JSON."`
	evalFlags
	lockFlags
}

// Help shows an example.
func (*WhyInput) Help() string {
	return `Example:
  firn flake why-input nixpkgs

prints each tree that an input called nixpkgs is, and below it the inputs that are this tree: their
paths name the flakes that ask for it. An input that follows another one says so. With --json, each
tree is an object with locked, url and inputs; of those that follow another, follows is its path.`
}

// Run prints the trees that the input is, and the inputs that lead to each.
func (c *WhyInput) Run(ctx context.Context, e *storecmd.Env) error {
	c.config = true
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	flake, err := s.openText(ctx, c.Flake, &c.lockFlags)
	if err != nil {
		return err
	}
	paths, err := c.find(flake.Lock)
	if err != nil {
		return err
	}
	list := []any{}
	done := map[*lock.Node]bool{}
	for _, p := range paths {
		n, err := flake.Lock.Find(p)
		if err != nil {
			return err
		}
		if n == nil || n == flake.Lock.Root || done[n] {
			continue
		}
		done[n] = true
		uses, err := flake.Lock.Uses(p)
		if err != nil {
			return err
		}
		if c.JSON {
			list = append(list, useJSON(s, n, uses))
			continue
		}
		if len(done) > 1 {
			s.Lines("")
		}
		s.printUses(n, uses)
	}
	if !c.JSON {
		return nil
	}
	out, err := datatext.AppendJSONValue(nil, list, false)
	s.Lines(string(out))
	return err
}

// find returns the paths of the inputs that are meant.
func (c *WhyInput) find(g *lock.Graph) ([]lock.Path, error) {
	p, err := lock.ParsePath(c.Input)
	if err != nil {
		return nil, err
	}
	if n, err := g.Find(p); len(p) > 1 || err != nil {
		if n == nil && err == nil {
			err = dropin.Failure("the flake has no input '%s'", p)
		}
		return []lock.Path{p}, err
	}
	var out []lock.Path
	var names []string
	for _, in := range g.Places() {
		name := in.Path[len(in.Path)-1]
		names = append(names, name)
		if len(p) == 1 && name == p[0] {
			out = append(out, in.Path)
		}
	}
	if out == nil {
		return nil, &failure{code: "missing-input", msg: "no input is called '" + c.Input + "'", near: lang.Near(c.Input, names)}
	}
	return out, nil
}

// printUses prints a node, and the inputs that lead to it.
func (s *session) printUses(n *lock.Node, uses []lock.Use) {
	s.Lines(s.style(ansi.Bold, lock.URL(parserOf(s.Env), n.Locked)) + s.when(n.Locked))
	for i, u := range uses {
		head, _ := branch("", i == len(uses)-1)
		line := head + strings.Join(u.Path, " → ")
		if u.Follows != nil {
			line += " follows " + u.Follows.String()
		}
		s.Lines(line)
	}
}

// useJSON returns a node, and the inputs that lead to it, as JSON is made of it.
func useJSON(s *session, n *lock.Node, uses []lock.Use) map[string]any {
	inputs := []any{}
	for _, u := range uses {
		in := map[string]any{"path": []string(u.Path)}
		if u.Follows != nil {
			in["follows"] = []string(u.Follows)
		}
		inputs = append(inputs, in)
	}
	return map[string]any{"locked": map[string]any(n.Locked.All()), "url": lock.URL(parserOf(s.Env), n.Locked), "inputs": inputs}
}
